/** A small bank for the reports of the law: five models, people, and denials with stated reasons; and how reports are asked for. */
import type { Declaration } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';
import { TestServer } from './server.js';
import { storyline } from './storyline.js';

export const SCORES = id('Model', 'scores');
export const SECRET = 'she moved in March';
export const day = (number: number): string => `2026-02-${String(number).padStart(2, '0')}T00:00:00.000Z`;

/** A decision about a person; by its contributions `debt` spoke most against her, `income` for her. */
function denial(name: string, at: number, reasons?: readonly string[]) {
  return prediction(
    name,
    'scores',
    [edge('SCORED', id('Dataset', 'applicants'), { props: { role: 'INPUT' }, row: [at] })],
    {
      occurredAt: day(at),
      subjects: ['anna', 'ben'],
      fields: {
        outcome: 'DENY',
        score: 0.8,
        endpoint: '/score',
        explanation: SECRET,
        ...(reasons ? { reasons } : {}),
      },
      features: {
        debt: { value: 0.9, contribution: 1.5 },
        loan: { value: 0.95, contribution: 0.5 },
        income: { value: 100, contribution: -0.75, subject: 'ben' },
        unweighed: { value: 'x' },
      },
    },
  );
}

/** A server on which the artifacts were declared an hour before the decisions. */
export async function startBank(): Promise<TestServer> {
  const server = await TestServer.start();
  await server.declareAll([
    ...storyline(),
    artifact('Dataset', 'applicants', [edge('PRODUCED_BY', id('Transform', 'load'))], {
      fields: {
        classification: 'PERSONAL',
        location: 's3://people.csv',
        schema: [{ name: 'race', type: 'string', classification: 'SPECIAL' }],
      },
    }),
    artifact('Transform', 'load'),
    artifact('Dataset', 'weather', [], { fields: { classification: 'PUBLIC' } }),
    artifact('Model', 'scores', [edge('TRAINED_ON', id('Dataset', 'applicants'))], {
      fields: { intendedUse: 'decides loans', owner: 'credit risk' },
    }),
    artifact('Model', 'prices', [
      edge('TRAINED_ON', id('Dataset', 'applicants')),
      edge('TRAINED_ON', id('Dataset', 'weather')),
    ]),
    artifact('Model', 'idle', [edge('TRAINED_ON', id('Dataset', 'weather'))]),
    artifact('Model', 'tuned', [edge('TUNED_FROM', SCORES)]),
    attestation('live', 'DEPLOYED', [SCORES], { occurredAt: day(2), fields: { endpoint: '/score' } }),
    attestation('gone', 'RETIRED', [id('Model', 'idle')], { fields: { reason: 'replaced' } }),
    attestation('yes', 'APPROVED', [SCORES], { fields: { approver: 'board', decision: 'APPROVED' } }),
  ] as Declaration[]);
  server.clock.now += 3_600_000;
  await server.declareAll([
    denial('before', 1),
    denial('first', 10, ['debt', 'loan']),
    denial('second', 11, ['income', 'debt']),
    denial('after', 20, ['colour']),
    prediction('of-tuned', 'tuned', [], { occurredAt: day(10) }),
  ]);
  return server;
}

export const REPORT_FIELDS = `kind of asOf title asks markdown html checkpoint { origin treeSize root }
  sections { title statements { label text references { id digest leafIndex } } }
  gaps { question reason references { id } }`;

export interface ShownReport {
  readonly of: string;
  readonly sections: readonly {
    readonly title: string;
    readonly statements: readonly {
      readonly label: string;
      readonly text: string;
      readonly references: readonly { id: string; digest: string | null; leafIndex: string | null }[];
    }[];
  }[];
  readonly gaps: readonly { readonly question: string; readonly reason: string }[];
  readonly markdown: string;
  readonly html: string;
}
interface RecordedRead {
  readonly state: string;
  readonly artifacts: readonly string[];
}

/** Recorded reads, newest first, once each has its outcome: that follows its answer, which has come here already. */
export async function endedReads(server: TestServer): Promise<readonly RecordedRead[]> {
  for (let tries = 0; tries < 500; tries++) {
    const { accessLog } = (await server.ask(
      '{ accessLog { items { state artifacts operationDigest arguments } } }',
      {},
      'auditor',
    )) as { accessLog: { items: readonly RecordedRead[] } };
    if (accessLog.items.every(({ state }) => state !== 'OPEN')) return accessLog.items;
  }
  throw new Error('a read stayed open although its answer has come');
}

/** The statements of the sections with such a title. */
export const said = ({ sections }: ShownReport, title: RegExp): string[] =>
  sections
    .filter((section) => title.test(section.title))
    .flatMap(({ statements }) => statements.map(({ label, text }) => `${label}: ${text}`));
export const questions = ({ gaps }: ShownReport): string[] => gaps.map(({ question }) => question);

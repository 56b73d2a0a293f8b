/** The reports of the law that ask about windows, reasons, people, and all models together: what they say and to whom. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { verifyConsistency } from '../../../src/ledger/verify-proof.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';
import { storyline, SUBJECT } from '../../support/storyline.js';

const MODEL = id('Model', 'scores');
const FIELDS = `kind of asOf title asks markdown html checkpoint { origin treeSize root }
  sections { title statements { label text references { id digest leafIndex } } }
  gaps { question reason references { id } }`;
const REPORT = `query ($kind: ReportKind!, $of: ID, $asOf: AsOf, $since: AsOf, $from: Timestamp, $to: Timestamp,
  $reasons: [String!], $adverse: AdverseDirection) {
  report(kind: $kind, of: $of, asOf: $asOf, since: $since, from: $from, to: $to, reasons: $reasons, adverse: $adverse) { ${FIELDS} }
}`;
const BY_PERSON = `query ($subject: String!) { subjectReport(subject: $subject) { ${FIELDS} } }`;
const day = (number: number): string => `2026-02-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const SECRET = 'she moved in March';

let server: TestServer;

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

beforeAll(async () => {
  server = await TestServer.start();
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
    artifact('Model', 'tuned', [edge('TUNED_FROM', MODEL)]),
    attestation('live', 'DEPLOYED', [MODEL], { occurredAt: day(2), fields: { endpoint: '/score' } }),
    attestation('gone', 'RETIRED', [id('Model', 'idle')], { fields: { reason: 'replaced' } }),
    attestation('yes', 'APPROVED', [MODEL], { fields: { approver: 'board', decision: 'APPROVED' } }),
  ] as never);
  server.clock.now += 3_600_000;
  await server.declareAll([
    denial('before', 1),
    denial('first', 10, ['debt', 'loan']),
    denial('second', 11, ['income', 'debt']),
    denial('after', 20, ['colour']),
    prediction('of-tuned', 'tuned', [], { occurredAt: day(10) }),
  ] as never);
}, 60_000);

afterAll(() => server.stop());

interface Shown {
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
type Role = 'reader' | 'auditor' | 'governance' | 'admin';

async function report(variables: object, role: Role = 'reader'): Promise<Shown> {
  return (await server.ask(REPORT, variables, role)).report;
}

/** Recorded reads, newest first, once each has its outcome: that follows its answer, which has come here already. */
async function endedReads(): Promise<
  readonly { readonly state: string; readonly artifacts: readonly string[] }[]
> {
  for (let tries = 0; tries < 500; tries++) {
    const { accessLog } = await server.ask(
      '{ accessLog { items { state artifacts operationDigest arguments } } }',
      {},
      'auditor',
    );
    if (accessLog.items.every(({ state }: { state: string }) => state !== 'OPEN')) return accessLog.items;
  }
  throw new Error('a read stayed open although its answer has come');
}

const said = ({ sections }: Shown, title: RegExp): string[] =>
  sections
    .filter((section) => title.test(section.title))
    .flatMap(({ statements }) => statements.map(({ label, text }) => `${label}: ${text}`));
const questions = ({ gaps }: Shown): string[] => gaps.map(({ question }) => question);

describe('the event log of a model', () => {
  const window = { kind: 'EVENT_LOG', of: MODEL, from: day(2), to: day(12) };

  test('has the decisions of the window, in order, of this model alone, each with its entry', async () => {
    const log = await report(window);
    const decisions = log.sections.find(({ title }) => title.startsWith('Decisions'))!.statements;
    expect(decisions.map(({ label }) => label)).toEqual([day(10), day(11)]);
    expect(decisions[0]!.text).toMatch(
      /first@1, outcome DENY, score 0.8, endpoint \/score, recorded 2026-03-01T10:00:00.000Z by test-writer/,
    );
    for (const { references } of decisions) {
      const [{ id: of, leafIndex, digest }] = references as [
        Shown['sections'][0]['statements'][0]['references'][0],
      ];
      const { inclusionProof } = await server.ask(
        'query ($of: ID!) { inclusionProof(of: $of) { leafIndex } }',
        { of },
      );
      expect(leafIndex).toBe(inclusionProof.leafIndex);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(said(log, /^Attested/)).toEqual([expect.stringContaining('/score')]);
    expect(said(log, /^The window/)).toContain('Decisions of this model in the window: 2 decisions');
    expect(questions(log)).toContain('Was everything declared that happened?');
    expect(questions(log)).toContain('How did this run end?');
    expect(JSON.stringify(log)).not.toContain(SECRET);
  });

  test('proves that the log at the end of the window extends the log at its beginning', async () => {
    const { log } = await server.ask('{ log { treeSize } }');
    const told = await report({ kind: 'EVENT_LOG', of: MODEL, from: '2026-03-01T09:30:00Z' });
    const [recorded, begin, end, proof] = said(told, /^The log/);
    const size = Number(log.treeSize);
    expect(recorded).toBe(
      `Recorded: 5 entries of all systems, with the positions ${String(size - 5)} to ${String(size - 1)}, each once`,
    );
    const root = (text: string): Buffer => Buffer.from(/: (\S+) over/.exec(text)![1]!, 'base64');
    const hashes = proof!
      .split(': ')
      .at(-1)!
      .split(' ')
      .map((hash) => Buffer.from(hash, 'base64'));
    const [from, to] = [
      { size: size - 5, root: root(begin!) },
      { size, root: root(end!) },
    ];
    expect(() => {
      verifyConsistency(from!, to!, hashes);
    }).not.toThrow();
    const { checkpoint } = await server.ask('{ checkpoint { root treeSize } }');
    expect([checkpoint.treeSize, checkpoint.root]).toEqual([String(size), root(end!).toString('base64')]);
  });

  test('of a window in which nothing happened says so', async () => {
    const told = await report({
      kind: 'EVENT_LOG',
      of: MODEL,
      from: '2031-01-01T00:00:00Z',
      to: '2031-01-02T00:00:00Z',
    });
    expect(said(told, /^The log/)).toEqual(['Recorded: No entry of any kind was recorded in the window.']);
    expect(questions(told)).toContain('What did it decide?');
  });
});

describe('stated reasons and scored factors', () => {
  const ask = (name: string, more: object = {}, role: Role = 'auditor'): Promise<Shown> =>
    report({ kind: 'ADVERSE_ACTION', of: id('Prediction', name), adverse: 'HIGHER', ...more }, role);

  test.each([
    ['first', {}, ['Finding: They match: the stated reasons are the 2 factors that counted most.']],
    [
      'second',
      {},
      [
        'Finding: Stated, and did not count against the person: income.',
        'Finding: Counted more than a stated reason, and was not stated: loan.',
      ],
    ],
    [
      'after',
      {},
      [
        'Finding: Stated, and did not count against the person: colour.',
        'Finding: Counted more than a stated reason, and was not stated: debt.',
      ],
    ],
    [
      'before',
      { reasons: ['debt'] },
      ['Finding: They match: the stated reasons are the 1 factors that counted most.'],
    ],
    [
      'first',
      { adverse: 'LOWER' },
      [
        'Finding: Stated, and did not count against the person: debt, loan.',
        'Finding: Counted more than a stated reason, and was not stated: income.',
      ],
    ],
  ])('%s %p', async (name, more, findings) => {
    expect(said(await ask(name, more), /match/)).toEqual(findings);
  });

  test('each stated reason is told apart: scored, not scored, not against the person, of unknown weight', async () => {
    const told = await ask('first', { reasons: ['debt', 'colour', 'income', 'unweighed'] });
    const lines = said(told, /^Stated/);
    expect(lines[0]).toMatch(
      /^1\. debt: was scored; number 1 of those that counted: was 0\.9; moved .* up by 1\.5$/,
    );
    expect(lines[1]).toBe('2. colour: was not scored in this decision: it cannot be a reason for it');
    expect(lines[2]).toMatch(/^3\. income: was scored, and did not count against the person/);
    expect(lines[3]).toMatch(/^4\. unweighed: .*not known/);
    expect(questions(told)).toContain('How much did unweighed count?');
  });

  test('what was not said, and what may not be read, is a gap and no guess', async () => {
    expect(questions(await ask('before'))).toContain('Which reasons was the person told?');
    expect(questions(await ask('first', { adverse: null }))).toContain(
      'Which factors counted against the person?',
    );
    const withheld = await ask('first', {}, 'reader');
    expect(said(withheld, /match|^Stated|^Factors/)).toEqual([]);
    expect(withheld.gaps).toContainEqual(
      expect.objectContaining({
        question: 'Which reasons was the person told?',
        reason: 'They are withheld.',
      }),
    );
    expect(JSON.stringify(withheld)).not.toMatch(/0\.95/);
  });
});

describe('the model inventory', () => {
  test('has the state of every model and what several depend on', async () => {
    const told = await report({ kind: 'MODEL_INVENTORY', of: 'test' });
    expect(said(told, /^In all/)).toEqual(['Models: 5 versions, 1 deployed', 'Live decisions: 6 decisions']);
    const models = said(told, /^Models/);
    expect(models.find((line) => line.startsWith(MODEL))).toMatch(
      /owner credit risk; use: decides loans; deployed; last at \/score; last word on its use: APPROVED; 4 live decisions$/,
    );
    expect(models.find((line) => line.startsWith(id('Model', 'idle')))).toMatch(
      /retired; no approval; 0 live/,
    );
    expect(said(told, /concentration/)).toEqual([
      'Dataset test/applicants: 3 of 5 models (60.0 %), which made 83.3 % of the live decisions; 1 version',
      'Dataset test/weather: 2 of 5 models (40.0 %), which made 0.0 % of the live decisions; 1 version',
    ]);
    expect(questions(told)).toEqual(expect.arrayContaining(['Who is responsible?', 'What are they for?']));
  });

  test('of everything, of nothing, and as of an earlier point', async () => {
    const { checkpoint } = await server.ask('{ checkpoint { origin } }');
    const all = await report({ kind: 'MODEL_INVENTORY' });
    expect([all.of, said(all, /^Models/).length]).toEqual([checkpoint.origin, 5]);
    expect(questions(await report({ kind: 'MODEL_INVENTORY', of: 'nobody' }))).toContain(
      'Which models are there?',
    );
    const early = await report({ kind: 'MODEL_INVENTORY', asOf: { treeSize: 0 } });
    expect(said(early, /^Models/)).toEqual([]);
  });
});

describe('the register of processing', () => {
  test('has purposes, categories, and for those who may know them recipients', async () => {
    await issueGrant(server, { roots: [MODEL], holder: 'supervisory authority', purpose: 'audit 7' });
    const told = await report({ kind: 'PROCESSING_REGISTER', of: 'test' }, 'governance');
    const purposes = said(told, /^Purposes/);
    expect(purposes.find((line) => line.startsWith(MODEL))).toBe(
      `${MODEL}: decides loans; owner credit risk; 4 live decisions; personal data: test/applicants`,
    );
    expect(purposes.some((line) => line.startsWith(id('Model', 'idle')))).toBe(false);
    expect(said(told, /^Categories/)).toEqual([
      'Dataset test/applicants: classified PERSONAL; columns race (SPECIAL); location s3://people.csv; used by 3 models',
    ]);
    expect(said(told, /^Recipients/)).toEqual([
      expect.stringMatching(/^supervisory authority: for: audit 7; without personal values;/),
    ]);
    expect(questions(told)).toContain('Who is the controller, and who the data protection officer?');
    const reader = await report({ kind: 'PROCESSING_REGISTER', of: 'test' });
    expect(said(reader, /^Recipients/)).toEqual([]);
    expect(questions(reader)).toContain('Who receives it?');
  });
});

describe('what is kept about a person', () => {
  const ask = async (subject: string, role: Role): Promise<Shown> =>
    (await server.ask(BY_PERSON, { subject }, role)).subjectReport;

  test('has the values of this person and of nobody else, and is recorded without the name', async () => {
    const told = await ask('anna', 'auditor');
    const kept = said(told, /^What is kept/);
    expect(kept).toContain(`explanation: ${SECRET}`);
    expect(kept).toContain('name: anna');
    expect(kept).toContain('feature debt: {"contribution":1.5,"value":0.9}');
    expect(kept.join()).not.toMatch(/feature income|name: ben/);
    expect(said(told, /^In all/)).toEqual(['Kept: 4 entries, 4 decisions among them']);
    expect(said(told, /^Purposes/)).toEqual([`${MODEL}: decides loans`]);
    expect(said(told, /^Data that/)).toEqual([`${id('Dataset', 'applicants')}: location s3://people.csv`]);
    const ben = said(await ask('ben', 'auditor'), /^What is kept/);
    expect(ben).toContain('feature income: {"contribution":-0.75,"value":100}');
    expect(ben.join()).not.toContain(SECRET);
    const items = await endedReads();
    expect(items[0]?.artifacts).toContain(id('Prediction', 'first'));
    expect(JSON.stringify(items)).not.toMatch(/anna|ben/);
  });

  test('has who has read it, once the read has ended', async () => {
    await endedReads();
    const told = await ask('anna', 'auditor');
    expect(said(told, /^Who/).join()).toMatch(/test-auditor.*prediction:test\/first@1.*access:read\//);
  });

  test('has no value for those who may read none, and nothing for a person of whom nothing was kept', async () => {
    const told = await ask('anna', 'governance');
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(said(told, /^What is kept/)).toContain('explanation: withheld');
    expect(questions(told)).toContain('What are these values?');
    expect(said(await ask('nobody', 'auditor'), /^In all/)).toEqual([
      'Kept: Nothing was ever kept under this name.',
    ]);
  });

  test('after an erasure there is the place and no value; the certificate says what remains', async () => {
    const { eraseSubject } = await server.ask(
      'mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "a request") { id } }',
      { subject: SUBJECT },
      'governance',
    );
    const told = await ask(SUBJECT, 'auditor');
    expect(said(told, /^In all/)).toContain('Erased: 1 key destroyed, with every value that they had sealed');
    expect(said(told, /^What is kept/)).toContain('explanation: erased');
    const { erasureReport } = await server.ask(
      `query ($id: ID!) { erasureReport(id: $id) { ${FIELDS} } }`,
      { id: eraseSubject.id },
      'governance',
    );
    expect(said(erasureReport, /^The erasure/)).toEqual(expect.arrayContaining(['Basis: a request']));
    expect(said(erasureReport, /where it stood/)).toContain('value/explanation: 1 value');
    expect(said(erasureReport, /^Data sets/)).toContain(`${id('Dataset', 'part-a')}: s3://raw/part-a.csv`);
    expect(said(erasureReport, /^Models/)).toContain(`Model: ${id('Model', 'credit')}`);
    expect(erasureReport.of).toBe(eraseSubject.id);
    expect(JSON.stringify(erasureReport)).not.toContain(SUBJECT);
  });
});

test.each([
  [{ kind: 'EVENT_LOG' }, 'BAD_INPUT', 'a EVENT_LOG report needs "of": it is about a Model'],
  [
    { kind: 'EVENT_LOG', of: MODEL, from: day(2), to: day(1) },
    'BAD_INPUT',
    '"from" must be earlier than "to"',
  ],
  [{ kind: 'EVENT_LOG', of: id('Model', 'none') }, 'NOT_FOUND', 'there is no artifact'],
  [
    { kind: 'EVENT_LOG', of: MODEL, since: { treeSize: 1 } },
    'BAD_INPUT',
    '"since" is for CHANGE_IMPACT reports only',
  ],
  [{ kind: 'TECHNICAL_FILE', of: MODEL, from: day(1) }, 'BAD_INPUT', '"from" is for EVENT_LOG reports only'],
  [
    { kind: 'TECHNICAL_FILE', of: MODEL, adverse: 'LOWER' },
    'BAD_INPUT',
    '"adverse" is for ADVERSE_ACTION reports only',
  ],
  [{ kind: 'ADVERSE_ACTION', of: MODEL }, 'URN_KIND_MISMATCH', 'is about a Prediction, but got:'],
  [
    { kind: 'MODEL_INVENTORY', of: MODEL },
    'BAD_INPUT',
    'of must be a namespace, or be left out for everything',
  ],
  [{ kind: 'PROCESSING_REGISTER', of: '' }, 'BAD_INPUT', 'of must be a namespace'],
  [{ kind: 'SUBJECT_ACCESS', of: 'anna' }, 'BAD_INPUT', 'is asked for by the field subjectReport'],
  [{ kind: 'ERASURE_CERTIFICATE', of: 'x' }, 'BAD_INPUT', 'is asked for by the field erasureReport'],
])('%p is refused', async (variables, code, message) => {
  const { errors } = await server.graphql(REPORT, variables, 'reader');
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toContain(message);
});

test('a person without a name, and an erasure that there is not, are refused', async () => {
  const nameless = await server.graphql(BY_PERSON, { subject: ' ' }, 'auditor');
  expect(nameless.errors[0]?.message).toBe('the subject must have a name');
  const unknown = await server.graphql('{ erasureReport(id: "x") { of } }', {}, 'governance');
  expect(unknown.errors[0]?.extensions.code).toBe('NOT_FOUND');
});

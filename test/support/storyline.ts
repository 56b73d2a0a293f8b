/**
 * One decision with every way in which rows come from rows: three deliveries united, filtered, joined with another
 * table, looked up, aggregated, and one step that does not say.
 */
import type { Declaration, RowLineage } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';

const CODE = { repository: 'https://example.org/loans.git', commit: '0123456789abcdef' };
const data = (name: string): string => id('Dataset', name);

/** A data set, the run that wrote it from others, and that the run ended. */
function step(name: string, rows: readonly RowLineage[], more: readonly string[] = []): Declaration[] {
  const run = id('Transform', `make-${name}`);
  const reads = [...rows.map(({ from }) => from), ...more];
  return [
    artifact('Dataset', name, [
      edge('PRODUCED_BY', run, rows.length === 0 ? {} : { props: { rows } as never }),
    ]),
    artifact(
      'Transform',
      `make-${name}`,
      reads.map((from) => edge('READ', from)),
      { fields: { code: CODE } },
    ),
    attestation(`end-${name}`, 'SUPPLEMENTS', [run], {
      fields: { state: 'COMPLETED', startedAt: 1, endedAt: 2 },
    }),
  ];
}

function delivery(name: string, from: number, to: number): Declaration {
  return artifact('Dataset', name, [], {
    fields: { keys: { columns: ['no'], from: [from], to: [to] }, location: `s3://raw/${name}.csv` },
  });
}

export const SUBJECT = 'applicant-42';
export const SECRET_EXPLANATION = 'the debt ratio was 0.9871';

/** The storyline's declarations; its decision is `prediction:test/loan@1`. */
export function storyline(): Declaration[] {
  return [
    delivery('part-a', 1, 40),
    delivery('part-b', 41, 80),
    delivery('part-c', 81, 120),
    ...step(
      'united',
      ['part-a', 'part-b', 'part-c'].map((name) => ({ from: data(name), mode: 'UNION' as const })),
    ),
    ...step('clean', [{ from: data('united'), mode: 'FILTER' }]),
    artifact('Dataset', 'branches'),
    artifact('Dataset', 'rates'),
    ...step('regions', [{ from: data('rates'), mode: 'AGGREGATE' }]),
    ...step('joined', [
      { from: data('clean'), mode: 'JOIN', keyMap: [1] },
      { from: data('branches'), mode: 'LOOKUP', keyMap: [0] },
      { from: data('regions'), mode: 'SAME_KEYS' },
    ]),
    ...step('scores', [], [data('part-a')]),
    artifact('FeatureDef', 'dir', [], { fields: { code: CODE, rationale: 'affordability' } }),
    artifact('FeatureDef', 'lvr', [], { fields: { code: CODE } }),
    artifact(
      'Model',
      'credit',
      [
        edge('TRAINED_ON', data('clean')),
        edge('TRAINED_BY', id('Transform', 'train')),
        edge('USES', id('FeatureDef', 'dir')),
        edge('USES', id('FeatureDef', 'lvr'), { props: { input: 'loan_to_value' } }),
      ],
      { fields: { weightsDigest: `sha256:${'0'.repeat(64)}` } },
    ),
    artifact('Transform', 'train', [edge('READ', data('clean'))], { fields: { code: CODE } }),
    attestation('end-train', 'SUPPLEMENTS', [id('Transform', 'train')], { fields: { state: 'COMPLETED' } }),
    attestation('approved', 'APPROVED', [id('Model', 'credit')], {
      fields: { approver: 'risk', decision: 'APPROVED' },
    }),
    decision('loan'),
  ];
}

/** A decision of the storyline's model. */
export function decision(name: string, features = ['dir', 'loan_to_value']): Declaration {
  return prediction(
    name,
    'credit',
    [
      edge('SCORED', data('joined'), { props: { role: 'INPUT' }, row: ['boston', 42] }),
      edge('SCORED', data('scores'), { props: { role: 'CONTEXT' }, row: [42] }),
    ],
    {
      subjects: [SUBJECT],
      fields: { outcome: 'DENIED', score: 0.75, explanation: SECRET_EXPLANATION, preprocessing: CODE },
      features: Object.fromEntries(
        features.map((feature, i) => [feature, { value: 0.9871, contribution: 1 - i * 2.5 }]),
      ),
    },
  );
}

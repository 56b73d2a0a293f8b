/** What the load generator sends, as bytes that are made before the clock starts. */

/** Whether the decisions concern somebody: then their values are sealed and their salts come from the person's key. */
export type Privacy = 'plain' | 'personal';

export const MODEL = 'model:lending/risk@7';
export const DATASET = 'dataset:lending/applications@2026-01-05';
const DECIDED_FROM = Date.UTC(2026, 0, 5);

/** The model and the data set that every decision names, as NDJSON. */
export const PARENTS = [
  { id: DATASET, kind: 'Dataset', occurredAt: DECIDED_FROM },
  {
    id: MODEL,
    kind: 'Model',
    occurredAt: DECIDED_FROM,
    edges: [{ type: 'TRAINED_ON', to: DATASET }],
  },
]
  .map((item) => `${JSON.stringify(item)}\n`)
  .join('');

/** NDJSON lines of decisions: ten feature values, a score, an outcome, the model, the scored row. */
export function predictionLines(privacy: Privacy, name: string, first: number, count: number): Buffer {
  const lines: string[] = [];
  for (let i = first; i < first + count; i++) lines.push(predictionLine(privacy, name, i));
  return Buffer.from(lines.join(''));
}

function predictionLine(privacy: Privacy, name: string, i: number): string {
  const features = Object.fromEntries(
    FEATURES.map((feature, k) => [feature, { value: (i % 1_000) / (k + 7) }]),
  );
  return `${JSON.stringify({
    id: `prediction:lending/${name}@${String(i)}`,
    kind: 'Prediction',
    occurredAt: DECIDED_FROM + i * 10,
    subjects: privacy === 'plain' ? [] : [`applicant-${name}-${String(i)}`],
    fields: { score: (i % 997) / 997, outcome: i % 3 === 0 ? 'DENY' : 'APPROVE' },
    features,
    edges: [
      { type: 'MADE_BY', to: MODEL },
      { type: 'SCORED', to: DATASET, props: { role: 'INPUT' }, row: [i] },
    ],
  })}\n`;
}

const FEATURES = [
  'debt_to_income',
  'housing_ratio',
  'loan_to_value',
  'consumer_score',
  'mortgage_score',
  'bad_record',
  'self_employed',
  'single',
  'unemployment',
  'condominium',
];

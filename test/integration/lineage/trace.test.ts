/** `trace`: a decision's storyline, row by row, and what each role gets to see of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { TestServer, type Answer } from '../../support/server.js';
import { decision, SECRET_EXPLANATION, storyline, SUBJECT } from '../../support/storyline.js';

const LOAN = id('Prediction', 'loan');
const TRACE = `query ($id: ID!, $asOf: AsOf) { trace(prediction: $id, asOf: $asOf) {
  asOf
  prediction { id outcome score mode subjects explanation preprocessing { commit } }
  model { id artifact { declared } trainedOn { id } }
  features { name state value contribution definition { id fields } }
  rows { dataset key depth from exact ends location }
  steps { id depth job state reads code { commit } }
  attestations { about attestation { id type fields } }
  completeness { complete checked missing { code artifact message } }
} }`;
/** What everybody may ask. */
const STRUCTURE = TRACE.replace(/ subjects explanation| value contribution|\n {2}rows .*/g, '').replace(
  'asOf\n',
  'asOf rowState\n',
);

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(storyline());
});

afterAll(() => server.stop());

describe('rows', () => {
  test('lead through joins, lookups, filters and the one part of a union that holds the key', async () => {
    const { trace } = await server.ask(TRACE, { id: LOAN });
    const rows = trace.rows.map(({ dataset, key, depth, from, exact, ends }: Record<string, unknown>) =>
      [dataset, JSON.stringify(key), depth, from, exact, ends]
        .map(String)
        .join(' | ')
        .replaceAll('dataset:test/', ''),
    );
    expect(rows.toSorted()).toEqual([
      'branches@1 | ["boston"] | 2 | joined@1 | true | SOURCE',
      'clean@1 | [42] | 2 | joined@1 | true | null',
      'joined@1 | ["boston",42] | 1 | null | true | null',
      'part-b@1 | [42] | 4 | united@1 | true | SOURCE',
      'regions@1 | ["boston",42] | 2 | joined@1 | true | AGGREGATED',
      'scores@1 | [42] | 1 | null | true | NOT_DECLARED',
      'united@1 | [42] | 3 | clean@1 | true | null',
    ]);
    const raw = trace.rows.find(({ dataset }: { dataset: string }) => dataset === id('Dataset', 'part-b'));
    expect(raw.location).toBe('s3://raw/part-b.csv');
  });

  test('nearest first', async () => {
    const { trace } = await server.ask(TRACE, { id: LOAN });
    const depths = trace.rows.map(({ depth }: { depth: number }) => depth);
    expect(depths).toEqual(depths.toSorted());
  });
});

describe('the storyline', () => {
  test('has the model, its data, the features with their definitions, the runs and what was attested', async () => {
    const { trace } = await server.ask(TRACE, { id: LOAN });
    expect(trace.prediction).toMatchObject({
      outcome: 'DENIED',
      score: 0.75,
      mode: 'LIVE',
      subjects: [SUBJECT],
      explanation: SECRET_EXPLANATION,
    });
    expect(trace.model).toMatchObject({
      id: id('Model', 'credit'),
      trainedOn: [{ id: id('Dataset', 'clean') }],
    });
    expect(
      trace.features.map(({ name, definition }: { name: string; definition: { id: string } }) => [
        name,
        definition.id,
      ]),
    ).toEqual([
      ['loan_to_value', id('FeatureDef', 'lvr')],
      ['dir', id('FeatureDef', 'dir')],
    ]);
    expect(
      trace.steps.map(({ job, state, code }: { job: string; state: string; code: { commit: string } }) => [
        job,
        state,
        code.commit.length,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['make-joined', 'COMPLETED', 16],
        ['train', 'COMPLETED', 16],
        ['make-united', 'COMPLETED', 16],
      ]),
    );
    expect(
      trace.attestations.map(({ attestation }: { attestation: { type: string } }) => attestation.type),
    ).toContain('APPROVED');
  });

  test('names each missing link and nothing else', async () => {
    const { trace } = await server.ask(TRACE, { id: LOAN });
    expect(
      trace.completeness.missing.map(({ code, artifact }: Record<string, string>) => `${code!} ${artifact!}`),
    ).toEqual([`ROWS_NOT_DECLARED ${id('Dataset', 'scores')}`]);
    expect(trace.completeness.complete).toBe(false);
  });

  test('of a decision with gaps', async () => {
    await server.declareAll([prediction('bare', 'nobody'), decision('fewer', ['dir', 'age'])]);
    const gaps = async (name: string) => {
      const { trace } = await server.ask(TRACE, { id: id('Prediction', name) });
      return trace.completeness.missing.map(({ code }: { code: string }) => code).toSorted();
    };
    expect(await gaps('bare')).toEqual(['NOT_DECLARED', 'NO_INPUT_DATA', 'NO_PREPROCESSING_VERSION']);
    expect(await gaps('fewer')).toEqual(['NO_FEATURE_DEFINITION', 'NO_FEATURE_VALUE', 'ROWS_NOT_DECLARED']);
  });

  test('is null for what does not exist, or did not as of then', async () => {
    expect((await server.ask(TRACE, { id: id('Prediction', 'none') })).trace).toBeNull();
    expect((await server.ask(TRACE, { id: LOAN, asOf: { treeSize: 3 } })).trace).toBeNull();
  });

  test('refuses what is no prediction', async () => {
    const { errors } = await server.graphql(TRACE, { id: id('Model', 'credit') });
    expect(errors[0]?.extensions.code).toBe('URN_KIND_MISMATCH');
  });
});

describe('personal values', () => {
  /** Everything in an answer, as text: no secret may be anywhere in it. */
  function expectNoSecret(answer: Answer): void {
    const text = JSON.stringify(answer);
    for (const secret of [SUBJECT, '0.9871', '42', 'boston']) expect(text).not.toContain(secret);
  }

  test.each(['reader', 'writer', 'governance'] as const)(
    'a %s gets the structure and no personal value',
    async (role) => {
      const answer = await server.graphql(STRUCTURE, { id: LOAN }, role);
      expectNoSecret(answer);
      expect(answer.errors).toEqual([]);
      const { trace } = answer.data;
      expect(trace.prediction).toMatchObject({ outcome: 'DENIED', score: 0.75 });
      expect(trace.features.map(({ state }: { state: string }) => state)).toEqual(['WITHHELD', 'WITHHELD']);
      expect([trace.rowState, trace.completeness.missing]).toEqual(['WITHHELD', []]);
      const personal = await server.graphql(TRACE, { id: LOAN }, role);
      expect([personal.status, personal.data]).toEqual([400, null]);
      expect(personal.errors.map(({ message }) => message)).toEqual(
        [
          ['subjects', 'TracedDecision'],
          ['explanation', 'TracedDecision'],
          ['value', 'TracedFeature'],
          ['contribution', 'TracedFeature'],
          ['rows', 'Trace'],
        ].map(([field, type]) =>
          expect.stringContaining(`Cannot query field "${field!}" on type "${type!}".`),
        ),
      );
    },
  );

  test('an alias does not help', async () => {
    const answer = await server.graphql(
      'query ($id: ID!) { trace(prediction: $id) { prediction { id: explanation outcome: subjects } features { state: value name: contribution } } }',
      { id: LOAN },
      'reader',
    );
    expectNoSecret(answer);
    expect(answer.data).toBeNull();
  });

  test.each(['auditor', 'admin'] as const)('an %s gets them', async (role) => {
    const { trace } = await server.ask(TRACE, { id: LOAN }, role);
    expect(trace.features[0]).toMatchObject({
      name: 'loan_to_value',
      state: 'OPEN',
      value: 0.9871,
      contribution: -1.5,
    });
  });

  test('what a reader may read elsewhere holds no personal value either', async () => {
    const answer = await server.graphql(
      `query ($id: ID!) {
        artifact(id: $id) { fields causes { items { props to } } }
        predictions(where: { id: { eq: $id } }) { outcome score scored { id } scoredConnection { edges { properties { role } node { id } } } }
      }`,
      { id: LOAN },
      'reader',
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data.predictions[0].scored).toHaveLength(2);
    expectNoSecret(answer);
  });
});

test('a model with more training sets than a storyline holds: those beyond it are told in full, and that there are more', async () => {
  const names = Array.from({ length: 2_001 }, (_, i) => `wide-${String(i)}`);
  const edges = names.map((name) => edge('TRAINED_ON', id('Dataset', name)));
  await server.declareAll([
    ...names.map((name) => artifact('Dataset', name)),
    artifact('Model', 'wide', edges),
    prediction('wide', 'wide'),
  ]);
  const { trace } = await server.ask(
    `query ($id: ID!) { trace(prediction: $id) {
      model { artifact { name } trainedOn { id kind namespace name version declared fields } }
      completeness { complete missing { code } } } }`,
    { id: id('Prediction', 'wide') },
    'reader',
  );
  const told = trace.model.trainedOn as Record<string, unknown>[];
  expect(told).toHaveLength(2_000);
  const declared = { kind: 'Dataset', namespace: 'test', version: '1', declared: true, fields: {} };
  for (const { id: of, name, ...rest } of told) {
    expect(rest).toEqual(declared);
    expect(of).toBe(id('Dataset', name as string));
  }
  expect(trace.completeness).toMatchObject({
    complete: false,
    missing: expect.arrayContaining([{ code: 'TOO_LARGE' }]) as unknown,
  });
});

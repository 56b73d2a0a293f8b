/** Drift through the public door: profiles declared by the SDK, compared by the server, and decisions watched to their cause. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  PedigreeClient,
  PredictionLog,
  Profiler,
  profileStatement,
  watchDrift,
  type Profile,
} from '../../../src/sdk/index.js';
import { artifact, attestation, id } from '../../support/declarations.js';
import { decisionOf, deliveryStory, FAULTY_RUN, FEATURES } from '../../support/delivery-story.js';
import { TestServer } from '../../support/server.js';

const MODEL = 'model:bank/risk@1';
const [BEFORE, AFTER] = ['dataset:test/loans@1', 'dataset:test/loans@2'];
const AT = '2026-06-15T12:00:00Z';

/** Loan to value, spread evenly over 0.2 to 1.2. */
const lvr = (i: number): number => 0.2 + ((i * 7919) % 1000) / 1000;

function profileOf(count: number, value: (i: number) => number): Profile {
  const profiler = new Profiler();
  for (let i = 0; i < count; i += 1) profiler.add({ lvr: value(i), dir: lvr(3 * i) });
  return profiler.profile();
}

const TRAINING = profileOf(1_000, lvr);

let server: TestServer;
let client: PedigreeClient;

beforeAll(async () => {
  server = await TestServer.start();
  client = new PedigreeClient({ url: server.url, token: await server.token('admin') });
  await server.declareAll([
    ...deliveryStory({ north: 'aaaaaaa', south: 'aaaaaaa', west: 'bbbbbbb' }),
    ...[BEFORE, AFTER].map((version) => ({ ...artifact('Dataset', 'loans'), id: version })),
    artifact('Dataset', 'unseen'),
    artifact('Dataset', 'foreign'),
    attestation('foreign', 'DATA_PROFILE', [id('Dataset', 'foreign')], { fields: { profile: { rows: 3 } } }),
  ]);
  for (const [about, profile] of [
    [BEFORE, TRAINING],
    [AFTER, profileOf(900, (i) => (i % 3 === 0 ? 100 : 1) * lvr(i))],
  ] as const) {
    await client.declare(profileStatement(profile, { about: about, occurredAt: AT }));
  }
}, 60_000);

afterAll(async () => {
  await client.close();
  await server.stop();
});

describe('two profiles', () => {
  const DRIFT = `query ($of: ID!, $baseline: ID!, $alpha: Float! = 0.001, $stability: Float! = 0.1) {
    dataDrift(of: $of, baseline: $baseline, alpha: $alpha, stability: $stability) {
      drifted baseline { type about { items } } sample { about { items } }
      measures { feature of value threshold test statistic pValue adjustedPValue jensenShannon baselineCount sampleCount drifted }
    }
  }`;

  test('are compared feature by feature', async () => {
    const { dataDrift } = await server.ask(DRIFT, { of: AFTER, baseline: BEFORE }, 'reader');
    expect(dataDrift).toMatchObject({
      drifted: 1,
      baseline: { type: 'DATA_PROFILE', about: { items: [BEFORE] } },
      sample: { about: { items: [AFTER] } },
      measures: [
        { feature: 'dir', of: 'VALUES', test: 'KOLMOGOROV_SMIRNOV', drifted: false, threshold: 0.1 },
        { feature: 'lvr', baselineCount: '1000', sampleCount: '900', drifted: true },
      ],
    });
    const [, measure] = dataDrift.measures;
    expect(measure.statistic).toBeCloseTo(1 / 3, 1);
    expect(measure.value).toBeGreaterThan(0.25);
    expect(measure.adjustedPValue).toBeLessThan(1e-9);
  });

  test('of which one is the other have not drifted, and the limits are the reader’s', async () => {
    const same = await server.ask(DRIFT, { of: BEFORE, baseline: BEFORE }, 'reader');
    expect(same.dataDrift).toMatchObject({ drifted: 0 });
    const generous = await server.ask(DRIFT, { of: AFTER, baseline: BEFORE, stability: 50 }, 'reader');
    expect(generous.dataDrift).toMatchObject({ drifted: 0 });
  });

  test.each([
    [
      'nobody declared',
      id('Dataset', 'unseen'),
      {},
      'NOT_FOUND',
      /nobody declared a profile of dataset:test\/unseen@1/,
    ],
    ['of another form', id('Dataset', 'foreign'), {}, 'BAD_INPUT', /must have the form pedigree\/1/],
    ['beyond a limit', AFTER, { alpha: 2 }, 'BAD_INPUT', /alpha must be a number from 0 to 1, but got: 2/],
  ])('are refused: %s', async (_, of, limits, code, message) => {
    const { errors } = await server.graphql(DRIFT, { of, baseline: BEFORE, ...limits }, 'reader');
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
  });
});

describe('the decisions of a prediction log', () => {
  const DAY = 86_400_000;
  const scored = 'model:test/windows@1';
  const DRIFT = `query ($of: ID!, $baseline: ID!) { dataDrift(of: $of, baseline: $baseline) {
    drifted baseline { id } sample { id } measures { feature of drifted baselineCount sampleCount } } }`;
  let windows: {
    readonly id: string;
    readonly fields: { readonly extra: object; readonly profile: Profile };
  }[];

  beforeAll(async () => {
    await server.declareAll([{ ...artifact('Model', 'windows'), id: scored }]);
    const log = new PredictionLog({
      ...{ url: server.url, token: await server.token('writer', { namespaces: ['test'] }) },
      ...{ namespace: 'test', name: 'windowed', model: scored, profile: { everyMs: DAY } },
    });
    const start = Date.parse('2026-06-01T00:00:00Z');
    for (let i = 0; i < 1_800; i += 1) {
      const window = Math.floor(i / 600);
      log.logPrediction({
        ...{ version: String(i), occurredAt: start + window * DAY + (i % 600), subjects: [`p-${String(i)}`] },
        features: {
          lvr: { value: window === 2 && i % 3 === 0 ? 100 * lvr(i) : lvr(i) },
          dir: { value: lvr(3 * i + 1) },
        },
      });
    }
    await log.close();
    expect(log.stats).toMatchObject({ logged: 1_803, delivered: 1_803, profiles: 3, unprofiled: 0 });
    const { attestations } = await server.ask(
      'query ($of: ID!) { attestations(of: $of, types: ["DATA_PROFILE"]) { items { id fields } } }',
      { of: scored },
      'reader',
    );
    windows = (attestations.items as typeof windows).toReversed();
  }, 60_000);

  test('have a profile for each window, which a reader of no personal values has, and no bin of a few', () => {
    expect(windows.map(({ fields: { extra, profile } }) => [profile.rows, extra])).toEqual(
      [1, 2, 3].map((day) => [
        600,
        {
          decisions: {
            ...{ from: Date.UTC(2026, 5, day), to: Date.UTC(2026, 5, day + 1) },
            least: 10,
          },
        },
      ]),
    );
    for (const { fields } of windows)
      for (const { numbers } of Object.values(fields.profile.columns))
        for (const count of numbers!.positive.counts) expect(count === 0 || count >= 10).toBe(true);
  });

  test('have not drifted from one window to the next, and have when every third ratio comes in percent', async () => {
    const [first, second, third] = windows.map(({ id: of }) => of) as [string, string, string];
    const steady = await server.ask(DRIFT, { of: second, baseline: first }, 'reader');
    expect(steady.dataDrift).toMatchObject({
      ...{ drifted: 0, baseline: { id: first }, sample: { id: second } },
      measures: [
        { feature: 'dir', of: 'VALUES', baselineCount: '600', sampleCount: '600' },
        { feature: 'lvr', of: 'VALUES' },
      ],
    });
    const { dataDrift } = await server.ask(DRIFT, { of: third, baseline: first }, 'reader');
    expect(dataDrift.measures).toMatchObject([
      { feature: 'dir', drifted: false },
      { feature: 'lvr', drifted: true },
    ]);
    // The newest one is the model's; its training data is a baseline as well.
    const trained = await server.ask(DRIFT, { of: scored, baseline: BEFORE }, 'reader');
    expect(trained.dataDrift).toMatchObject({ drifted: 1, sample: { id: third } });
  });

  test('another attestation than a profile, and one that came later, is refused', async () => {
    const other = 'attestation:test/no-profile@1';
    await server.declareAll([
      {
        ...attestation('no-profile', 'INCIDENT', [scored], {
          fields: { title: 't', severity: 'LOW', status: 'OPEN' },
        }),
        id: other,
      },
    ]);
    const { errors } = await server.graphql(DRIFT, { of: other, baseline: BEFORE }, 'reader');
    expect(errors[0]).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    const early = `query ($of: ID!) { dataDrift(of: $of, baseline: $of, asOf: { treeSize: "3" }) { drifted } }`;
    const before = await server.graphql(early, { of: windows[0]!.id }, 'reader');
    expect(before.errors[0]).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });
});

test('drift of decisions is declared with the run behind it, as a finding about the model', async () => {
  const decisions = Array.from({ length: 120 }, (_, row) => ({
    id: decisionOf(row),
    features: { lvr: { value: (row >= 80 ? 100 : 1) * lvr(row) }, dir: { value: lvr(3 * row) } },
  }));
  const about = [FEATURES, MODEL];
  const { drifts, causes } = await watchDrift(client, TRAINING, decisions, {
    about,
    baseline: BEFORE,
    occurredAt: AT,
  });
  expect(drifts.map(({ feature, drifted }) => [feature, drifted])).toEqual([
    ['dir', false],
    ['lvr', true],
  ]);
  expect(causes.lvr?.[0]).toMatchObject({ artifact: FAULTY_RUN, suspects: 40 });
  const { attestations } = await server.ask(
    'query ($of: ID!) { attestations(of: $of, findingsOnly: true) { items { type fields about { items } } } }',
    { of: MODEL },
    'reader',
  );
  expect(attestations.items).toMatchObject([
    {
      type: 'DRIFT',
      about: { items: expect.arrayContaining(about) },
      fields: {
        ...{ feature: 'lvr', statistic: 'population stability index', drifted: true, baseline: BEFORE },
        sample: { alpha: 0.001, correction: 'Benjamini–Hochberg', baselineCount: 1_000, sampleCount: 120 },
        causes: expect.arrayContaining([expect.objectContaining({ artifact: FAULTY_RUN })]),
      },
    },
  ]);
});

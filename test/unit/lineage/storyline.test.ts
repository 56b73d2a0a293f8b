/** What a storyline is put together from, as far as it needs no database. */
import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../src/domain/json.js';
import type { EdgeType } from '../../../src/domain/kinds.js';
import type { Ancestry, AttestedFact } from '../../../src/lineage/ancestry.js';
import { judgeCompleteness, type GapCode } from '../../../src/lineage/completeness.js';
import { isFinished, runState } from '../../../src/lineage/run-state.js';
import { featureValues, type ReadValue } from '../../../src/lineage/traced-features.js';
import type { StoredEdge } from '../../../src/store/lineage-reader.js';
import type { StoredProps } from '../../../src/store/stored-values.js';

const DECISION = 'prediction:lending/decision@1';
const MODEL = 'model:lending/scorer@1';
const RUN = 'transform:lending/train@1';
const DATA = 'dataset:lending/loans@1';

function edge(from: string, type: EdgeType, to: string, props: JsonObject = {}): StoredEdge {
  return { type, from, to, since: 0, props };
}

function event(occurredAt: number, fields: JsonObject, about = [RUN]): AttestedFact {
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`value/${name}`, value]));
  return { about, props: { type: 'SUPPLEMENTS', occurredAt, values: JSON.stringify(values) } };
}

describe('runState', () => {
  test.each<[string, AttestedFact[], unknown]>([
    ['nobody said anything', [], {}],
    [
      'the latest event counts',
      [event(2, { state: 'RUNNING' }), event(1, { state: 'STARTED' })],
      { state: 'RUNNING' },
    ],
    [
      'an end stays, whatever arrives after it',
      [event(2, { state: 'FAILED' }), event(3, { state: 'RUNNING' })],
      { state: 'FAILED' },
    ],
    [
      'times are the first that are known',
      [event(2, { startedAt: 5, endedAt: 9 }), event(1, { startedAt: 4 })],
      { startedAt: 4, endedAt: 9 },
    ],
    ['other runs do not count', [event(1, { state: 'COMPLETED' }, ['transform:lending/other@1'])], {}],
    [
      'other attestations do not count',
      [{ about: [RUN], props: { type: 'INCIDENT', occurredAt: 1, values: '{"value/state":"COMPLETED"}' } }],
      {},
    ],
  ])('%s', (_what, attestations, expected) => {
    expect(runState(RUN, attestations)).toEqual(expected);
    expect(runState(RUN, attestations.toReversed())).toEqual(expected);
  });

  test.each([
    ['COMPLETED', true],
    ['FAILED', true],
    ['ABORTED', true],
    ['RUNNING', false],
    [undefined, false],
  ])('a run that is %p is finished: %p', (state, expected) => {
    expect(isFinished(state === undefined ? {} : { state })).toBe(expected);
  });
});

test('features are joined with the definitions that the model names, weightiest first', () => {
  const values = new Map<string, ReadValue>([
    ['value/outcome', { state: 'OPEN', value: 'denied' }],
    ['value/features/dir', { state: 'OPEN', value: { value: 0.2, contribution: 0.1 } }],
    ['value/features/lvr', { state: 'OPEN', value: { value: 0.8, contribution: -0.5 } }],
    ['value/features/extra', { state: 'WITHHELD' }],
    ['value/features/gone', { state: 'ERASED' }],
  ]);
  const [dir, ltv, never] = ['dir', 'loan-to-value', 'never'].map((name) => `featuredef:lending/${name}@1`);
  const uses = [
    edge(MODEL, 'USES', dir!),
    edge(MODEL, 'USES', ltv!, { input: 'lvr' }),
    edge(MODEL, 'USES', never!),
  ];
  expect(featureValues(values, uses)).toEqual([
    { name: 'lvr', state: 'OPEN', feature: { value: 0.8, contribution: -0.5 }, definition: ltv },
    { name: 'dir', state: 'OPEN', feature: { value: 0.2, contribution: 0.1 }, definition: dir },
    { name: 'extra', state: 'WITHHELD' },
    { name: 'gone', state: 'ERASED' },
    { name: 'never', state: 'MISSING', definition: never },
  ]);
});

describe('completeness', () => {
  const NODES: Record<string, StoredProps> = {
    [DECISION]: { declared: true, codeCommit: 'abcdef0' },
    [MODEL]: { declared: true, weightsDigest: 'sha256:00' },
    [RUN]: { declared: true, codeCommit: 'abcdef0' },
    [DATA]: { declared: true },
  };
  const EDGES = [
    edge(DECISION, 'MADE_BY', MODEL),
    edge(DECISION, 'SCORED', DATA),
    edge(MODEL, 'TRAINED_BY', RUN),
    edge(MODEL, 'TRAINED_ON', DATA),
  ];
  const ENDED = [event(1, { state: 'COMPLETED' })];

  function ancestryOf(
    change: {
      nodes?: Record<string, StoredProps>;
      edges?: StoredEdge[];
      ended?: AttestedFact[];
      truncated?: boolean;
    } = {},
  ): Ancestry {
    const { nodes = {}, edges = EDGES, ended = ENDED, truncated = false } = change;
    const stored = { ...NODES, ...nodes };
    return {
      id: DECISION,
      root: stored[DECISION]!,
      asOf: 9,
      ancestors: [MODEL, RUN, DATA].map((id, seq) => ({ id, depth: 1, seq })),
      truncated,
      nodes: new Map(Object.entries(stored)),
      attestations: ended,
      edges: new Map(),
      edgesOf: (from, ...types) => edges.filter((each) => each.from === from && types.includes(each.type)),
    };
  }

  test('a storyline with nothing missing is complete', () => {
    const feature = { name: 'dir', state: 'WITHHELD', definition: 'featuredef:lending/dir@1' } as const;
    const row = { dataset: DATA, key: [1], depth: 1, exact: true, ends: 'SOURCE' } as const;
    expect(judgeCompleteness(ancestryOf(), [feature], [row])).toEqual({
      complete: true,
      missing: [],
      checked: 4,
    });
  });

  test('a commit that an event names is as good as one in the declaration', () => {
    const code = { repository: 'https://example.org/jobs', commit: 'abcdef0' };
    const ended = [event(1, { state: 'COMPLETED', code })];
    const ancestry = ancestryOf({ nodes: { [RUN]: { declared: true } }, ended });
    expect(judgeCompleteness(ancestry, [], []).missing).toEqual([]);
  });

  test.each([
    ['NO_FEATURE_VALUE', {}],
    [
      'NOT_SAMPLED',
      { values: JSON.stringify({ 'value/extra': { sampling: { policy: 'skeleton', omitted: 1 } } }) },
    ],
  ])('a missing value is %s by what the decision says of its sampling', (code, values) => {
    const ancestry = ancestryOf({
      nodes: { [DECISION]: { declared: true, codeCommit: 'abcdef0', ...values } },
    });
    const feature = { name: 'dir', state: 'MISSING', definition: 'featuredef:lending/dir@1' } as const;
    expect(judgeCompleteness(ancestry, [feature], []).missing.map((found) => found.code)).toEqual([code]);
  });

  const without = (type: EdgeType): StoredEdge[] => EDGES.filter((each) => each.type !== type);
  test.each<[GapCode, string, Ancestry]>([
    ['NOT_DECLARED', DATA, ancestryOf({ nodes: { [DATA]: { declared: false } } })],
    ['NO_CODE_VERSION', RUN, ancestryOf({ nodes: { [RUN]: { declared: true } } })],
    ['RUN_UNFINISHED', RUN, ancestryOf({ ended: [] })],
    ['NO_TRAINING_DATA', MODEL, ancestryOf({ edges: without('TRAINED_ON') })],
    ['NO_TRAINING_RUN', MODEL, ancestryOf({ edges: without('TRAINED_BY') })],
    ['NO_WEIGHTS_DIGEST', MODEL, ancestryOf({ nodes: { [MODEL]: { declared: true } } })],
    ['NO_INPUT_DATA', DECISION, ancestryOf({ edges: without('SCORED') })],
    ['NO_PREPROCESSING_VERSION', DECISION, ancestryOf({ nodes: { [DECISION]: { declared: true } } })],
    ['TOO_LARGE', DECISION, ancestryOf({ truncated: true })],
  ])('%s at %s', (code, artifact, ancestry) => {
    expect(judgeCompleteness(ancestry, [], [])).toMatchObject({
      complete: false,
      missing: [{ code, artifact }],
    });
  });

  test('features and rows have gaps of their own', () => {
    const features = [
      { name: 'dir', state: 'MISSING', definition: 'featuredef:lending/dir@1' },
      { name: 'lvr', state: 'ERASED', definition: 'featuredef:lending/lvr@1' },
      { name: 'ccs', state: 'OPEN' },
    ] as const;
    const rows = [
      { dataset: DATA, key: [1], depth: 1, exact: true, ends: 'NOT_DECLARED' },
      { dataset: DATA, key: [2], depth: 1, exact: true, ends: 'AGGREGATED' },
    ] as const;
    const { missing } = judgeCompleteness(ancestryOf(), features, rows);
    expect(missing.map(({ code, artifact, message }) => `${code} ${artifact} ${message}`)).toEqual([
      `NO_FEATURE_VALUE ${DECISION} the model uses "dir", but the decision has no value of it`,
      `VALUE_ERASED ${DECISION} the value of "lvr" was erased`,
      `NO_FEATURE_DEFINITION ${DECISION} the model names no definition of "ccs"`,
      `ROWS_NOT_DECLARED ${DATA} its producer did not say how its rows come from its inputs: exact to the data set from here on`,
    ]);
  });
});

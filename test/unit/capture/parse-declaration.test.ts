/** Bad input: each its own code, and a message that names the member and says what was required. */
import { describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { DATASET, ID, MODEL, TRANSFORM, refuses, without, type Refusal } from './refusals.js';

const KINDS = 'Dataset, Transform, FeatureDef, Model, Prediction, Attestation';
const TIME =
  '"occurredAt" must be a time since 1970: ISO 8601 with a zone, or a whole number of milliseconds';

describe('the declaration itself', () => {
  test.each<Refusal>([
    ['no object', ['x'], 'BAD_INPUT', 'a declaration must be a JSON object, but got: ["x"]'],
    ['no kind', { id: DATASET.id }, 'UNKNOWN_KIND', `"kind" must be one of ${KINDS}, but got: undefined`],
    [
      'an unknown kind',
      { ...DATASET, kind: 'Table' },
      'UNKNOWN_KIND',
      `"kind" must be one of ${KINDS}, but got: "Table"`,
    ],
    ['no id', { kind: 'Dataset' }, 'BAD_URN', `${ID}, but got: undefined`],
    ['a bad id', { ...DATASET, id: 'dataset:lending' }, 'BAD_URN', `${ID}, but got: "dataset:lending"`],
    [
      'an id of another kind',
      { ...DATASET, id: MODEL.id },
      'URN_KIND_MISMATCH',
      'the id of a Dataset must begin with "dataset:", but got: "model:lending/scorer@1"',
    ],
    [
      'an unknown member',
      { ...DATASET, name: 'x' },
      'UNKNOWN_FIELD',
      'a Dataset declaration may have the members id, kind, occurredAt, fields, edges, personal, subjects, but got: "name"',
    ],
    [
      'features of a data set',
      { ...DATASET, features: {} },
      'UNKNOWN_FIELD',
      'a Dataset declaration may have the members id, kind, occurredAt, fields, edges, personal, subjects, but got: "features"',
    ],
    [
      'a number above 2^53',
      { ...DATASET, fields: { rowCount: 2 ** 53 } },
      'UNSAFE_NUMBER',
      'a number must be within ±(2^53 − 1), so that every reader sees the same value; send a larger one as text, at /fields/rowCount, but got: "9007199254740992"',
    ],
    [
      'a lone surrogate',
      { ...DATASET, fields: { owner: 'x\ud800' } },
      'LONE_SURROGATE',
      'text must be well-formed Unicode, but a surrogate stands alone, at /fields/owner',
    ],
    [
      'null',
      { ...DATASET, fields: { owner: null } },
      'NULL_VALUE',
      'null is not a value: leave the member out, at /fields/owner',
    ],
    [
      'something that JSON has not',
      { ...DATASET, fields: { owner: undefined } },
      'BAD_INPUT',
      'a JSON value is required, at /fields/owner, but got: "undefined"',
    ],
  ])('%s', refuses);
});

describe('times', () => {
  test.each<[unknown, number]>([
    [0, 0],
    [8_640_000_000_000_000, 8_640_000_000_000_000],
    ['1970-01-01T00:00Z', 0],
    ['2024-02-29T23:59:59.999Z', 1_709_251_199_999],
    ['2026-01-01T01:30:00+01:30', 1_767_225_600_000],
    ['2026-01-01T00:00:00.123456789Z', 1_767_225_600_123],
  ])('%p is %i', (occurredAt, ms) => {
    expect(parseDeclaration({ ...DATASET, occurredAt }).occurredAt).toBe(ms);
  });

  test.each([
    [undefined],
    [-1],
    [1.5],
    [8_640_000_000_000_001],
    ['1'],
    [''],
    ['2026-01-01'],
    ['2026-01-01T00:00:00'],
    ['2026-02-29T00:00:00Z'],
    ['2026-04-31T00:00:00Z'],
    ['2026-13-01T00:00:00Z'],
    ['2026-01-01T24:00:00Z'],
    ['2026-01-01T23:59:60Z'],
    ['1969-12-31T23:59:59Z'],
    ['Thu, 01 Jan 2026 00:00:00 GMT'],
    [true],
  ])('%p is none', (occurredAt) => {
    const input = occurredAt === undefined ? without(DATASET, 'occurredAt') : { ...DATASET, occurredAt };
    refuses('', input, 'BAD_INPUT', `${TIME}, but got: ${JSON.stringify(occurredAt) as string | undefined}`);
  });
});

test('a checked declaration has every member, and edges that say where they come from', () => {
  expect(parseDeclaration({ ...TRANSFORM, edges: [{ type: 'READ', to: DATASET.id }] })).toEqual({
    id: TRANSFORM.id,
    kind: 'Transform',
    namespace: 'lending',
    name: 'clean',
    version: '1',
    occurredAt: 1,
    fields: {},
    features: {},
    subjects: [],
    personal: [],
    edges: [{ type: 'READ', from: TRANSFORM.id, to: DATASET.id, props: {} }],
    about: [],
    withdraws: [],
  });
});

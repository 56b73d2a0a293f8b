/** Bad edges: each message names the edge and says what was required. */
import { describe, test } from '@jest/globals';

import {
  ATTESTATION,
  DATASET,
  ID,
  MADE_BY,
  MODEL,
  PREDICTION,
  SCORED,
  TRANSFORM,
  refuses,
  type Refusal,
} from './refusals.js';

const EDGES =
  'PRODUCED_BY, READ, APPLIED, DERIVED_FROM, TRAINED_ON, EVALUATED_ON, TRAINED_BY, USES, TUNED_FROM, MEMBER, MADE_BY, SCORED, USED_OUTPUT_OF, RESOLVED_TO';

describe('edges', () => {
  const withEdge = (edge: unknown): unknown => ({ ...TRANSFORM, edges: [edge] });
  const READ = { type: 'READ', to: DATASET.id };
  test.each<Refusal>([
    [
      'no list',
      { ...TRANSFORM, edges: READ },
      'BAD_INPUT',
      '"edges" must be a list of at most 10000 edges, but got: {"type":"READ","to":"dataset:lending/loans@1"}',
    ],
    [
      'too many',
      { ...TRANSFORM, edges: Array(10_001).fill(0) },
      'BAD_INPUT',
      `"edges" must be a list of at most 10000 edges, but got: [${'0,'.repeat(38)}…`,
    ],
    ['no object', withEdge('x'), 'BAD_INPUT', 'edges/0 must be an object, but got: "x"'],
    [
      'an unknown type',
      withEdge({ ...READ, type: 'USED' }),
      'UNKNOWN_EDGE_TYPE',
      `edges/0/type must be one of ${EDGES}, but got: "USED"`,
    ],
    [
      'no type',
      withEdge({ to: DATASET.id }),
      'UNKNOWN_EDGE_TYPE',
      `edges/0/type must be one of ${EDGES}, but got: undefined`,
    ],
    [
      'no target',
      withEdge({ type: 'READ' }),
      'EDGE_WITHOUT_TARGET',
      "edges/0/to: the id of the READ edge's target is required",
    ],
    [
      'an empty target',
      withEdge({ type: 'READ', to: '' }),
      'EDGE_WITHOUT_TARGET',
      "edges/0/to: the id of the READ edge's target is required",
    ],
    ['a target that is no id', withEdge({ type: 'READ', to: 'loans' }), 'BAD_URN', `${ID}, but got: "loans"`],
    ['a target that is no text', withEdge({ type: 'READ', to: 7 }), 'BAD_URN', `${ID}, but got: 7`],
    [
      'a type that these kinds do not have',
      withEdge({ type: 'READ', to: MODEL.id }),
      'EDGE_NOT_ALLOWED',
      'edges/0: READ goes from Transform to Dataset, but got: "Transform to Model"',
    ],
    [
      'an attestation as target',
      withEdge({ type: 'READ', to: ATTESTATION.id }),
      'EDGE_NOT_ALLOWED',
      'edges/0: READ goes from Transform to Dataset, but got: "Transform to Attestation"',
    ],
    [
      'of another artifact',
      withEdge({ ...READ, from: 'transform:lending/other@1' }),
      'EDGE_NOT_ALLOWED',
      'edges/0/from: an artifact declares only its own edges, but got: "transform:lending/other@1"',
    ],
    [
      'twice',
      { ...TRANSFORM, edges: [READ, { ...READ, props: { columns: ['a'] } }] },
      'DUPLICATE_EDGE',
      'edges/1: READ to dataset:lending/loans@1 is there twice; say it once',
    ],
    [
      'an unknown member',
      withEdge({ ...READ, rows: [] }),
      'UNKNOWN_FIELD',
      'edges/0 may have the members type, from, to, props, toDigest, row, but got: "rows"',
    ],
    [
      'an unknown property',
      withEdge({ ...READ, props: { rows: 1 } }),
      'UNKNOWN_FIELD',
      'edges/0/props may have the members columns, but got: "rows"',
    ],
    [
      'a property where none is',
      { ...MODEL, edges: [{ type: 'TUNED_FROM', to: 'model:a/b@1', props: { x: 1 } }] },
      'UNKNOWN_FIELD',
      'edges/0/props may have the members none, but got: "x"',
    ],
    [
      'no role',
      { ...PREDICTION, edges: [MADE_BY, { type: 'SCORED', to: DATASET.id }] },
      'BAD_INPUT',
      'edges/1/props/role must be one of INPUT, CONTEXT, PROMPT, but got: undefined',
    ],
    [
      'rows from what is no data set',
      {
        ...DATASET,
        edges: [
          { type: 'PRODUCED_BY', to: TRANSFORM.id, props: { rows: [{ from: 'raw', mode: 'FILTER' }] } },
        ],
      },
      'BAD_INPUT',
      'edges/0/props/rows/0/from must be the id of a data set, but got: "raw"',
    ],
    [
      'a position beyond any key',
      {
        ...DATASET,
        edges: [
          {
            type: 'PRODUCED_BY',
            to: TRANSFORM.id,
            props: { rows: [{ from: DATASET.id, mode: 'FILTER', keyMap: [16] }] },
          },
        ],
      },
      'BAD_INPUT',
      'edges/0/props/rows/0/keyMap/0 must be at most 15, but got: 16',
    ],
    [
      'a digest that is none',
      withEdge({ ...READ, toDigest: 'AB' }),
      'BAD_INPUT',
      'edges/0/toDigest must be 64 lower-case hex digits, but got: "AB"',
    ],
    [
      'a row of what was not scored',
      withEdge({ ...READ, row: [1] }),
      'BAD_INPUT',
      'edges/0/row must be left out: only a SCORED edge names a row, but got: [1]',
    ],
    [
      'a row without a key',
      { ...PREDICTION, edges: [MADE_BY, { ...SCORED, row: [] }] },
      'BAD_INPUT',
      'edges/1/row must be a list of 1 to 16 strings, numbers or booleans, but got: []',
    ],
    [
      'a row with an object for a key',
      { ...PREDICTION, edges: [MADE_BY, { ...SCORED, row: [{}] }] },
      'BAD_INPUT',
      'edges/1/row must be a list of 1 to 16 strings, numbers or booleans, but got: [{}]',
    ],
    [
      'a decision of no model',
      { ...PREDICTION, edges: [] },
      'REQUIRED_EDGE_MISSING',
      'a Prediction must have exactly one MADE_BY edge, but got: 0',
    ],
    [
      'a decision of two models',
      { ...PREDICTION, edges: [MADE_BY, { ...MADE_BY, to: 'model:a/b@1' }] },
      'REQUIRED_EDGE_MISSING',
      'a Prediction must have exactly one MADE_BY edge, but got: 2',
    ],
  ])('%s', refuses);
});

/** The short cuts never accept what the schemas refuse, and do accept what decisions usually look like. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { EDGE_PROPS, FEATURE_VALUE, FIELD_SCHEMAS } from '../../../src/capture/field-schemas.js';
import {
  isUsualEdgeProps,
  isUsualFeature,
  isUsualPredictionFields,
} from '../../../src/capture/usual-forms.js';
import { EDGE_TYPES } from '../../../src/domain/kinds.js';

const odd = fc.oneof(
  fc.constantFrom<unknown>('', 'x', 'x'.repeat(512), 'x'.repeat(513), 0, -0, 1.5, Number.NaN, Infinity),
  fc.constantFrom<unknown>(
    true,
    null,
    undefined,
    [],
    {},
    [1],
    { a: 1 },
    'LIVE',
    'SHADOW',
    'INPUT',
    'PROMPT',
    'live',
  ),
);
const someOf = (names: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(fc.dictionary(fc.constantFrom(...names, 'other'), odd, { maxKeys: 4 }), odd);

const PROPERTY = { numRuns: 3_000, seed: 4 };

describe('what the short cut accepts, the schema accepts', () => {
  test('a feature value', () => {
    fc.assert(
      fc.property(someOf(['value', 'contribution', 'source', 'subject']), (feature) => {
        if (isUsualFeature(feature)) expect(FEATURE_VALUE.safeParse(feature).success).toBe(true);
      }),
      PROPERTY,
    );
  });

  test('the fields of a decision', () => {
    fc.assert(
      fc.property(someOf(['outcome', 'score', 'mode', 'endpoint', 'notes']), (fields) => {
        if (isUsualPredictionFields(fields))
          expect(FIELD_SCHEMAS.Prediction.safeParse(fields).success).toBe(true);
      }),
      PROPERTY,
    );
  });

  test('the properties of an edge', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDGE_TYPES), someOf(['role', 'split', 'columns']), (type, props) => {
        if (isUsualEdgeProps(type, props)) expect(EDGE_PROPS[type].safeParse(props).success).toBe(true);
      }),
      PROPERTY,
    );
  });
});

test('the short cut takes what a decision usually says', () => {
  expect(isUsualFeature({ value: 0.25, contribution: -1 })).toBe(true);
  expect(isUsualPredictionFields({ outcome: 'DENY', score: 0, mode: 'LIVE', endpoint: '/v1' })).toBe(true);
  expect(isUsualEdgeProps('SCORED', { role: 'INPUT' })).toBe(true);
  expect(isUsualEdgeProps('MADE_BY', {})).toBe(true);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { elementsOf } from '../../../src/capture/openlineage/json-array.js';

describe('the elements of a JSON array', () => {
  test('are its texts exactly as they were sent, whatever they hold', () => {
    const texts = fc.array(
      fc
        .tuple(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 1, '\t'))
        .map(([value, indent]) => JSON.stringify(value, null, indent)),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(',', ' ,\n', ', '), (elements, comma) => {
        expect(elementsOf(`[${elements.join(comma)}]`)).toEqual(elements);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test.each([
    ['a quote that is escaped', ['"a\\",b"', '1']],
    ['a backslash at the end of a string', ['"a\\\\"', '{"b":"\\\\\\""}']],
    ['brackets in strings', ['"[{"', '{"]":"}"}']],
  ])('%s', (_what, elements) => {
    expect(elementsOf(`[${elements.join(',')}]`)).toEqual(elements);
  });
});

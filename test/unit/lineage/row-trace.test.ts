/** Which part of a union holds a row's key; following rows through data sets is tested on a real database. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { HeldKeys, RowKey } from '../../../src/domain/declaration.js';
import { compareKeys, holdsKey } from '../../../src/lineage/row-trace.js';

const part = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', '1', 'a', 'B', 'é'), fc.boolean());
const key = fc.array(part, { minLength: 1, maxLength: 3 });

describe('compareKeys', () => {
  test('is a total order, in which only equal keys are equal', () => {
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        expect(compareKeys(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(Math.sign(compareKeys(a, b)) + Math.sign(compareKeys(b, a))).toBe(0);
        if (compareKeys(a, b) <= 0 && compareKeys(b, c) <= 0)
          expect(compareKeys(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each<[RowKey, RowKey]>([
    [[9], [10]],
    [['10'], ['9']],
    [['Z'], ['a']],
    [
      ['a', 2],
      ['b', 1],
    ],
    [
      ['a', 1],
      ['a', 2],
    ],
    [['a'], ['a', 0]],
    [[false], [true]],
    [[10], ['9']],
  ])('%j comes before %j', (a, b) => {
    expect(compareKeys(a, b)).toBeLessThan(0);
  });
});

describe('holdsKey', () => {
  const range: HeldKeys = { columns: ['branch', 'row'], from: ['north', 1], to: ['north', 500] };
  const list: HeldKeys = { columns: ['day'], in: [['2026-01-01'], ['2026-01-02']] };
  test.each<[string, HeldKeys | undefined, RowKey, boolean | undefined]>([
    ['a data set that does not say', undefined, [1], undefined],
    ['one that names columns only', { columns: ['id'] }, [1], undefined],
    ['the first key of a range', range, ['north', 1], true],
    ['the last one', range, ['north', 500], true],
    ['one after it', range, ['north', 501], false],
    ['one of another partition', range, ['south', 1], false],
    ['one before all', range, ['east', 7], false],
    ['a key in a list', list, ['2026-01-02'], true],
    ['a key beside it', list, ['2026-01-03'], false],
    ['no key at all', { columns: ['day'], in: [] }, ['2026-01-01'], false],
    ['a key in the list or the range', { ...list, from: ['2027'], to: ['2028'] }, ['2027-06-01'], true],
    ['a key in neither', { ...list, from: ['2027'], to: ['2028'] }, ['2029'], false],
    ['a key of another length', range, ['north'], undefined],
    ['a number in the place of text', list, [20260101], false],
  ])('%s', (_what, held, rowKey, expected) => {
    expect(holdsKey(held, rowKey)).toBe(expected);
  });
});

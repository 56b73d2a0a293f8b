/** When a model was approved, by what was said about it, in whatever order. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { approvalPeriods, periodAt } from '../../../src/governance/accountability/approval-periods.js';
import type { StoredProps } from '../../../src/store/stored-values.js';

let leaf = 0;

function ruling(at: number, type: 'yes' | 'no' | 'retired', until?: number): StoredProps {
  const values =
    type === 'retired'
      ? {}
      : { 'value/decision': type === 'yes' ? 'APPROVED' : 'REJECTED', 'value/until': until };
  return {
    ...{ occurredAt: at, leafIndex: leaf++, type: type === 'retired' ? 'RETIRED' : 'APPROVED' },
    values: JSON.stringify(values),
  };
}

const shown = (rulings: readonly StoredProps[]): unknown[] =>
  approvalPeriods(rulings).map(({ from, until, approved }) => [from, until, approved]);

describe('periods', () => {
  test.each<[string, StoredProps[], unknown[]]>([
    ['nothing was said', [], [[undefined, undefined, false]]],
    [
      'an approval',
      [ruling(5, 'yes')],
      [
        [undefined, 5, false],
        [5, undefined, true],
      ],
    ],
    [
      'revoked',
      [ruling(9, 'no'), ruling(5, 'yes')],
      [
        [undefined, 5, false],
        [5, 9, true],
        [9, undefined, false],
      ],
    ],
    [
      'retired',
      [ruling(5, 'yes'), ruling(9, 'retired')],
      [
        [undefined, 5, false],
        [5, 9, true],
        [9, undefined, false],
      ],
    ],
    [
      'expired',
      [ruling(5, 'yes', 7)],
      [
        [undefined, 5, false],
        [5, 7, true],
        [7, undefined, false],
      ],
    ],
    [
      'revoked before it expired',
      [ruling(5, 'yes', 20), ruling(9, 'no')],
      [
        [undefined, 5, false],
        [5, 9, true],
        [9, undefined, false],
      ],
    ],
    [
      'renewed before it expired',
      [ruling(5, 'yes', 20), ruling(9, 'yes')],
      [
        [undefined, 5, false],
        [5, 9, true],
        [9, undefined, true],
      ],
    ],
    [
      'two at one moment: the log decides',
      [ruling(5, 'yes'), ruling(5, 'no')],
      [
        [undefined, 5, false],
        [5, undefined, false],
      ],
    ],
    [
      'it had expired when it was given',
      [ruling(5, 'yes', 3)],
      [
        [undefined, 5, false],
        [5, undefined, false],
      ],
    ],
  ])('%s', (_, rulings, expected) => {
    expect(shown(rulings)).toEqual(expected);
  });

  test('are in order, without gaps, and say at each moment what the last ruling before it says', () => {
    const rulings = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 20 }),
        type: fc.constantFrom('yes' as const, 'no' as const, 'retired' as const),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(rulings, fc.integer({ min: -1, max: 22 }), (said, time) => {
        const given = said.map(({ at, type }) => ruling(at, type));
        const periods = approvalPeriods(given);
        expect(periods[0]!.from).toBeUndefined();
        expect(periods.at(-1)!.until).toBeUndefined();
        for (const [i, { until }] of periods.slice(0, -1).entries()) {
          expect(periods[i + 1]!.from).toBe(until);
          expect(until! > (periods[i]!.from ?? -Infinity)).toBe(true);
        }
        const last = said
          .filter(({ at }) => at <= time)
          .sort((a, b) => a.at - b.at)
          .at(-1);
        expect(periodAt(periods, time).approved).toBe(last?.type === 'yes');
      }),
      { seed: 20_260_301 },
    );
  });
});

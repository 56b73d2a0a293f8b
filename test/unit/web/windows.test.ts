import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { windowsOf } from '../../../web/app/pages/impact/time-windows.js';
import { fits, partOdd, readOdd } from '../../../web/app/pages/root-cause/odd.js';

const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true });

test('windows hold the whole span, follow each other, and are at most twelve', () => {
  fc.assert(
    fc.property(moments, moments, (a, b) => {
      const [oldest, newest] = a < b ? [a, b] : [b, a];
      const windows = windowsOf(oldest.toISOString(), newest.toISOString());
      expect(windows.length).toBeLessThanOrEqual(12);
      expect(windows[0]!.from <= oldest.toISOString()).toBe(true);
      expect(windows.at(-1)!.to > newest.toISOString()).toBe(true);
      windows.slice(1).forEach(({ from }, i) => expect(from).toBe(windows[i]!.to));
    }),
  );
});

describe('odd decisions', () => {
  const points = [
    { id: 'a', time: Date.parse('2026-06-15T09:00:00Z'), outcome: 'DENY', score: 0.9 },
    { id: 'b', time: Date.parse('2026-06-15T10:00:00Z'), outcome: 'APPROVE', score: 0.2 },
    { id: 'c', time: Date.parse('2026-03-15T09:00:00Z'), outcome: 'DENY', score: undefined },
  ];

  test.each([
    ['', []],
    ['outcome=DENY', ['a', 'c']],
    ['lowest=0.2', ['a', 'b']],
    ['lowest=0.3&highest=1', ['a']],
    ['outcome=DENY&to=2026-04-01T00:00:00Z', ['c']],
    ['lowest=nonsense', []],
  ])('by %p are %p, and the rest is what they are compared with', (search, odd) => {
    const { suspects, controls } = partOdd(points, readOdd(new URLSearchParams(search)));
    expect(suspects).toEqual(odd);
    expect([...suspects, ...controls].sort()).toEqual(['a', 'b', 'c']);
  });

  test('a decision without a score lies in no range of scores', () => {
    expect(fits(points[2]!, readOdd(new URLSearchParams('lowest=-1')))).toBe(false);
  });
});

import { describe, expect, test } from '@jest/globals';

import { compare, median } from '../../../bench/measure.js';
import { toReport, toTable } from '../../../bench/report.js';

/** A side of a comparison that measures what it is told, the warm-up first. */
function side(...values: number[]): () => Promise<number> {
  return () => Promise.resolve(values.shift()!);
}

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

describe('compare', () => {
  test.each([
    [{ atMost: 2 }, '<= 2', true],
    [{ atMost: 1.9 }, '<= 1.9', false],
    [{ atLeast: 2 }, '>= 2', true],
    [{ atLeast: 2.1 }, '>= 2.1', false],
  ])('judges the ratio of the medians by %j', async (bar, text, holds) => {
    const figure = await compare({
      name: 'x, ms',
      ours: side(99, 2, 4, 6),
      reference: side(99, 1, 2, 3),
      runs: 3,
      bar,
    });
    expect(figure).toEqual({
      name: 'x, ms',
      ours: 4,
      reference: 2,
      ratio: 2,
      bar: text,
      holds,
      runs: 3,
      spread: 0,
    });
  });

  test('says how far the runs lie apart, and holds without a bar', async () => {
    const figure = await compare({
      name: 'x',
      ours: side(99, 1, 2, 3),
      reference: side(99, 1, 1, 1),
      runs: 3,
    });
    expect(figure).toMatchObject({ bar: null, holds: true, spread: 1 });
  });

  test('lets each side go first in turn', async () => {
    const order: string[] = [];
    const record = (name: string) => () => {
      order.push(name);
      return Promise.resolve(1);
    };
    await compare({ name: 'x', ours: record('o'), reference: record('r'), runs: 2 });
    expect(order.join('')).toBe('roorro');
  });
});

test('the table shows each figure with its verdict', async () => {
  const bar = { atMost: 1 };
  const figure = await compare({
    name: 'trace, ms',
    ours: side(1, 250),
    reference: side(1, 100),
    runs: 1,
    bar,
  });
  expect(
    toTable(toReport('foundation', [figure]))
      .split('\n')
      .slice(1),
  ).toEqual([
    'figure     ours  reference  ratio   bar         runs  spread',
    'trace, ms   250        100   2.50  <= 1  FAILS     1     0 %',
  ]);
});

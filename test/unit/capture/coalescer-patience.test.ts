import { expect, test } from '@jest/globals';

import { held, turn } from './held-coalescer.js';

test('with those that wait, those that were just answered and come back at once, if there is patience', async () => {
  const { coalescer, writes } = held({ patience: () => 60_000 });
  const first = [coalescer.add([1]), coalescer.add([2])];
  await turn();
  const later = [coalescer.add([3])];
  writes[0]!.commit();
  await Promise.all(first);
  await turn();
  later.push(coalescer.add([4]));
  await turn();
  expect(writes).toHaveLength(1);
  later.push(coalescer.add([5]));
  await turn();
  expect(writes.map(({ items }) => items)).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  writes[1]!.commit();
  expect(await Promise.all(later)).toEqual([[30], [40], [50]]);
});

test('nobody waits for company where nobody waits', async () => {
  const { coalescer, writes } = held({ patience: () => 60_000 });
  for (const item of [1, 2]) {
    const answer = coalescer.add([item]);
    await turn();
    writes[item - 1]!.commit();
    expect(await answer).toEqual([item * 10]);
  }
});

test('patience ends', async () => {
  const { coalescer, writes } = held({ patience: () => 1 });
  const first = coalescer.add([1]);
  await turn();
  const second = coalescer.add([2]);
  writes[0]!.commit();
  await first;
  while (writes.length < 2) await turn();
  writes[1]!.commit();
  expect(await second).toEqual([20]);
});

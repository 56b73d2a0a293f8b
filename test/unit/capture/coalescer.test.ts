import { expect, test } from '@jest/globals';

import { Coalescer } from '../../../src/capture/coalescer.js';

test('writes what is added right after an outcome, however soon', async () => {
  const coalescer = new Coalescer<number, number>((items) => Promise.resolve(items), {
    maxBatch: 10,
    maxQueue: 100,
  });
  for (let ticks = 0; ticks < 12; ticks++) {
    await coalescer.add([ticks]);
    for (let i = 0; i < ticks; i++) await Promise.resolve();
    expect(await coalescer.add([-ticks])).toEqual([-ticks]);
  }
});

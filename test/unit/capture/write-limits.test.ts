import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';

import { WriteLimits } from '../../../src/capture/write-limits.js';

const RATES = { itemsPerSecond: 100, bytesPerSecond: 1_000 };

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('a token', () => {
  test('may write while anything is left, and then hears the limit, what it used, and when to come back', async () => {
    const limits = new WriteLimits(RATES);
    await limits.take('t', { items: 60, bytes: 10 });
    await limits.take('t', { items: 190, bytes: 10 });
    await expect(limits.take('t', { items: 1, bytes: 1 })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: 'a token may write at most 100 items a second, but this one sent: 250; come back in 3 s',
      details: { unit: 'items', limit: 100, used: 250, retryAfterSeconds: 3 },
    });
    await limits.take('other', { items: 1, bytes: 1 });
    await jest.advanceTimersByTimeAsync(2_501);
    await limits.take('t', { items: 1, bytes: 1 });
  });

  test('is held to its bytes in the same way', async () => {
    const limits = new WriteLimits(RATES);
    await limits.take('t', { items: 1, bytes: 1_000 });
    await expect(limits.take('t', { items: 1, bytes: 1 })).rejects.toMatchObject({
      details: { unit: 'bytes', limit: 1_000, used: 1_000, retryAfterSeconds: 1 },
    });
  });

  test('pays for nothing that was refused', async () => {
    const limits = new WriteLimits(RATES);
    await limits.take('t', { items: 100, bytes: 1 });
    for (let i = 0; i < 50; i++) {
      await expect(limits.take('t', { items: 100, bytes: 100 })).rejects.toMatchObject({
        code: 'RATE_LIMITED',
      });
    }
    await jest.advanceTimersByTimeAsync(1_001);
    await limits.take('t', { items: 1, bytes: 1 });
  });

  test('has no limit where it is 0', async () => {
    const limits = new WriteLimits({ itemsPerSecond: 0, bytesPerSecond: 0 });
    for (let i = 0; i < 10; i++) await limits.take('t', { items: 1e9, bytes: 1e9 });
  });
});

test('over any time, nobody writes more than the limit says, and one request', async () => {
  const requests = fc.array(
    fc.record({ items: fc.integer({ min: 1, max: 400 }), wait: fc.integer({ min: 0, max: 900 }) }),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(requests, async (plan) => {
      const limits = new WriteLimits(RATES);
      const began = Date.now();
      let written = 0;
      for (const { items, wait } of plan) {
        const taken = await limits.take('t', { items, bytes: 1 }).then(
          () => true,
          () => false,
        );
        if (taken) {
          // Before this request: the seconds that have passed, the one that has begun, and none of them more than once.
          expect(written).toBeLessThanOrEqual(100 * ((Date.now() - began) / 1_000 + 1));
          written += items;
        }
        await jest.advanceTimersByTimeAsync(wait);
      }
    }),
    { numRuns: 30 },
  );
});

describe('what cannot be refused', () => {
  test('waits until its turn, however long', async () => {
    const limits = new WriteLimits(RATES);
    await limits.take('t', { items: 500, bytes: 1 });
    const waited = limits.takeSlowly('t', { items: 100, bytes: 1 }).then(() => 'taken');
    await jest.advanceTimersByTimeAsync(4_900);
    expect(await Promise.race([waited, Promise.resolve('waits')])).toBe('waits');
    await jest.advanceTimersByTimeAsync(200);
    expect(await waited).toBe('taken');
  });

  test('stops waiting when nobody waits for it', async () => {
    const limits = new WriteLimits(RATES);
    await limits.take('t', { items: 500, bytes: 1 });
    const gone = new AbortController();
    const waited = limits.takeSlowly('t', { items: 1, bytes: 1 }, gone.signal);
    gone.abort();
    await expect(waited).rejects.toMatchObject({ name: 'AbortError' });
  });
});

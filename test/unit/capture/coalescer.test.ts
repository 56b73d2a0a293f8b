import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { Coalescer } from '../../../src/capture/coalescer.js';

/** A write that waits until the test lets it end. */
interface PendingWrite {
  readonly items: readonly number[];
  readonly commit: () => void;
  readonly fail: (error: Error) => void;
}

/** A coalescer whose outcomes are the items ten times over, and its writes that have not ended. */
function held(limits: { maxBatch?: number; maxQueue?: number } = {}) {
  const writes: PendingWrite[] = [];
  const coalescer = new Coalescer<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        writes.push({ items, commit: () => resolve(items.map((item) => item * 10)), fail: reject });
      }),
    { maxBatch: 5, maxQueue: 20, ...limits },
  );
  return { coalescer, writes };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what travels together', () => {
  test('requests that arrive together, and after them those that arrive while these are written', async () => {
    const { coalescer, writes } = held();
    const first = [coalescer.add([1]), coalescer.add([2, 3])];
    await turn();
    const later = [coalescer.add([4]), coalescer.add([5])];
    await turn();
    expect(writes.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    writes[0]!.commit();
    expect(await Promise.all(first)).toEqual([[10], [20, 30]]);
    await turn();
    expect(writes.map(({ items }) => items)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    writes[1]!.commit();
    expect(await Promise.all(later)).toEqual([[40], [50]]);
  });

  test('whole requests up to the limit; a request over it goes alone, in one piece', async () => {
    const { coalescer, writes } = held({ maxBatch: 3 });
    const requests = [[1, 2], [3], [4, 5], [6, 7, 8, 9], [10]].map((items) => coalescer.add(items));
    for (let i = 0; i < 4; i++) {
      await turn();
      writes[i]!.commit();
    }
    expect(writes.map(({ items }) => items)).toEqual([[1, 2, 3], [4, 5], [6, 7, 8, 9], [10]]);
    expect(await Promise.all(requests)).toEqual([[10, 20], [30], [40, 50], [60, 70, 80, 90], [100]]);
  });

  test('a request of nothing is done at once', async () => {
    const { coalescer, writes } = held();
    expect(await coalescer.add([])).toEqual([]);
    await turn();
    expect(writes).toEqual([]);
  });

  test('everybody gets the outcomes of their own items, in the order of arrival, however they arrive', async () => {
    const requests = fc.array(fc.record({ size: fc.integer({ min: 1, max: 7 }), turns: fc.nat(4) }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(requests, async (plan) => {
        const written: number[][] = [];
        const coalescer = new Coalescer<number, number>(
          async (items) => {
            written.push([...items]);
            await turn();
            return items.map((item) => item * 10);
          },
          { maxBatch: 5, maxQueue: 1_000 },
        );
        let next = 0;
        const answers = [];
        for (const { size, turns } of plan) {
          const items = Array.from({ length: size }, () => next++);
          answers.push(coalescer.add(items).then((outcomes) => ({ items, outcomes })));
          for (let i = 0; i < turns; i++) await turn();
        }
        for (const { items, outcomes } of await Promise.all(answers)) {
          expect(outcomes).toEqual(items.map((item) => item * 10));
        }
        expect(written.flat()).toEqual(Array.from({ length: next }, (_, i) => i));
        const sizes = plan.map(({ size }) => size);
        expect(written.every((batch) => batch.length <= 5 || sizes.includes(batch.length))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('turns', () => {
  test('a producer with much to write lets the others in: its requests after the first one wait', async () => {
    const { coalescer, writes } = held({ maxBatch: 3, maxQueue: 1_000 });
    const big = [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ].map((items) => coalescer.add(items, { producer: 'big' }));
    const small = coalescer.add([9], { producer: 'small' });
    await turn();
    expect(writes[0]!.items).toEqual([1, 2, 9]);
    for (let i = 0; i < 4; i++) {
      writes[i]!.commit();
      await turn();
    }
    expect(await small).toEqual([90]);
    expect((await Promise.all(big)).flat()).toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
  });

  test('nobody waits for more batches than there are others with a turn, and own requests before', async () => {
    const request = fc.record({
      producer: fc.constantFrom('a', 'b', 'c', 'd'),
      size: fc.integer({ min: 1, max: 9 }),
      turns: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 60 }), async (plan) => {
        const batches: string[][] = [];
        const coalescer = new Coalescer<string, string>(
          async (items) => {
            batches.push([...items]);
            await turn();
            return items;
          },
          { maxBatch: 5, maxQueue: 10_000 },
        );
        const waits: { readonly waited: number; readonly bound: number }[] = [];
        const ahead = new Map<string, number>();
        const answers: Promise<unknown>[] = [];
        const order = new Map<string, string[]>();
        for (const [n, { producer, size, turns }] of plan.entries()) {
          const others = [...ahead].filter(([name, count]) => name !== producer && count > 0).length;
          const own = ahead.get(producer) ?? 0;
          const [begun, name] = [batches.length, `${producer}${String(n)}`];
          order.set(producer, [...(order.get(producer) ?? []), name]);
          ahead.set(producer, own + 1);
          const items = Array.from({ length: size }, () => name);
          answers.push(
            coalescer.add(items, { producer }).then(() => {
              ahead.set(producer, (ahead.get(producer) ?? 0) - 1);
              const waited = batches.findIndex((batch) => batch.includes(name)) - begun;
              // Four producers: between two turns of one's own are three others at most.
              waits.push({ waited, bound: others + own * 4 });
            }),
          );
          for (let i = 0; i < turns; i++) await turn();
        }
        await Promise.all(answers);
        for (const { waited, bound } of waits) expect(waited).toBeLessThanOrEqual(bound);
        for (const [producer, names] of order) {
          const written = batches.flat().filter((name) => name.startsWith(producer));
          expect([...new Set(written)]).toEqual(names);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('limits', () => {
  test('one producer alone cannot fill the queue: there is room for another, and for who is patient', async () => {
    const { coalescer, writes } = held({ maxBatch: 1_000, maxQueue: 100 });
    const taken: Promise<unknown>[] = [];
    const one = (producer: string): Promise<readonly number[]> => coalescer.add([1], { producer });
    for (let i = 0; i < 80; i++) taken.push(one('hog'));
    await expect(one('hog')).rejects.toMatchObject({ code: 'OVERLOADED' });
    for (let i = 0; i < 16; i++) taken.push(one('other'));
    await expect(one('other')).rejects.toMatchObject({ code: 'OVERLOADED' });
    taken.push(one('third'), coalescer.add([1, 2, 3, 4, 5, 6], { producer: 'hog', patient: true }));
    await turn();
    writes[0]!.commit();
    expect((await Promise.all(taken)).flat()).toHaveLength(80 + 16 + 1 + 6);
    const again = one('hog');
    await turn();
    writes[1]!.commit();
    expect(await again).toEqual([10]);
  });

  test('a full queue refuses with OVERLOADED and says when to come back; what waits is not lost', async () => {
    const { coalescer, writes } = held({ maxQueue: 4 });
    const first = coalescer.add([1, 2, 3]);
    await expect(coalescer.add([4, 5])).rejects.toMatchObject({
      code: 'OVERLOADED',
      message:
        'at most 4 items may wait to be written, and a token may take no more than its share: try again in a second',
      details: { retryAfterSeconds: 1 },
    });
    const second = coalescer.add([6]);
    await turn();
    writes[0]!.commit();
    expect(await Promise.all([first, second])).toEqual([[10, 20, 30], [60]]);
  });

  test('what is being written no longer waits', async () => {
    const { coalescer, writes } = held({ maxQueue: 3 });
    const first = coalescer.add([1, 2, 3]);
    await turn();
    const second = coalescer.add([4, 5, 6]);
    await expect(coalescer.add([7])).rejects.toMatchObject({ code: 'OVERLOADED' });
    writes[0]!.commit();
    await first;
    await turn();
    writes[1]!.commit();
    expect(await second).toEqual([40, 50, 60]);
  });
});

test('a batch that fails is the failure of its callers only', async () => {
  const { coalescer, writes } = held({ maxBatch: 2 });
  const requests = [[1], [2], [3, 4], [5]].map((items) => coalescer.add(items));
  const settled = Promise.allSettled(requests);
  await turn();
  writes[0]!.fail(new Error('no database'));
  await turn();
  writes[1]!.commit();
  await turn();
  writes[2]!.commit();
  expect(await settled).toMatchObject([
    { status: 'rejected', reason: { message: 'no database' } },
    { status: 'rejected', reason: { message: 'no database' } },
    { status: 'fulfilled', value: [30, 40] },
    { status: 'fulfilled', value: [50] },
  ]);
});

test('a write that throws at once is a failure like any other', async () => {
  const coalescer = new Coalescer<number, number>(
    () => {
      throw new Error('at once');
    },
    { maxBatch: 5, maxQueue: 5 },
  );
  await expect(coalescer.add([1])).rejects.toThrow('at once');
  await expect(coalescer.add([2])).rejects.toThrow('at once');
});

test.each([0, 1, 2, 3, 4, 5])(
  'a request that comes %i turns of the microtask queue after an answer is not forgotten',
  async (turns) => {
    const coalescer = new Coalescer<number, number>((items) => Promise.resolve(items), {
      maxBatch: 5,
      maxQueue: 5,
    });
    await coalescer.add([1]);
    for (let i = 0; i < turns; i++) await Promise.resolve();
    expect(await coalescer.add([2])).toEqual([2]);
  },
);

describe('idle', () => {
  test('waits for everything that waits', async () => {
    const { coalescer, writes } = held({ maxBatch: 1 });
    const requests = Promise.all([coalescer.add([1]), coalescer.add([2])]);
    let idle = false;
    const whenIdle = coalescer.idle().then(() => (idle = true));
    await turn();
    writes[0]!.commit();
    await turn();
    expect(idle).toBe(false);
    writes[1]!.commit();
    await whenIdle;
    expect(await requests).toEqual([[10], [20]]);
  });

  test('is at once where nothing waits, before and after work', async () => {
    const { coalescer, writes } = held();
    await coalescer.idle();
    const request = coalescer.add([1]);
    await turn();
    writes[0]!.commit();
    await request;
    await coalescer.idle();
    expect(writes).toHaveLength(1);
  });
});

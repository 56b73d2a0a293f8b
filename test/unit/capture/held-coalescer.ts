/** A coalescer for tests, whose writes end when the test lets them. */
import { Coalescer, type CoalescerOptions } from '../../../src/capture/coalescer.js';

/** A write that waits until the test lets it end. */
interface PendingWrite {
  readonly items: readonly number[];
  readonly commit: () => void;
  readonly fail: (error: Error) => void;
}

/** A coalescer whose outcomes are the items ten times over, and its writes that have not ended. */
export function held(limits: Partial<CoalescerOptions> = {}) {
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

/** A turn of the event loop: what was added together has begun by then. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

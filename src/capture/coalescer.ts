/**
 * Many small requests become few transactions: while one batch is being written, the items that arrive wait and go
 * together in the next. The queue is bounded; beyond that a caller is told to come back.
 */
import { PedigreeError } from '../domain/errors.js';

export interface CoalescerOptions {
  /** Most items in one transaction. */
  readonly maxBatch: number;
  /** Most items that may wait. */
  readonly maxQueue: number;
}

interface Waiting<T, R> {
  readonly items: readonly T[];
  readonly resolve: (outcomes: readonly R[]) => void;
  readonly reject: (error: unknown) => void;
}

export class Coalescer<T, R> {
  private readonly queue: Waiting<T, R>[] = [];
  private queued = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly write: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly options: CoalescerOptions,
  ) {}

  /** Writes items together with those of other callers; resolves with their outcomes, in order, once committed. */
  add(items: readonly T[]): Promise<readonly R[]> {
    if (items.length === 0) return Promise.resolve([]);
    if (this.queued + items.length > this.options.maxQueue) {
      return Promise.reject(
        new PedigreeError(
          'OVERLOADED',
          `at most ${String(this.options.maxQueue)} items may wait to be written: try again in a second`,
          {
            retryAfterSeconds: 1,
          },
        ),
      );
    }
    this.queued += items.length;
    return new Promise((resolve, reject) => {
      this.queue.push({ items, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    // A turn of the event loop lets everything that arrived together travel together.
    await new Promise(setImmediate);
    while (this.queue.length > 0) await this.writeBatch(this.takeBatch());
    // In the same turn as the look at the empty queue: an item added in between would wait for ever.
    this.running = undefined;
  }

  /** Whole requests up to the limit; a request is never split, so its items share one fate. */
  private takeBatch(): Waiting<T, R>[] {
    const batch: Waiting<T, R>[] = [];
    let size = 0;
    for (
      let next = this.queue[0];
      next && (size === 0 || size + next.items.length <= this.options.maxBatch);
      next = this.queue[0]
    ) {
      batch.push(next);
      size += next.items.length;
      this.queue.shift();
    }
    this.queued -= size;
    return batch;
  }

  private async writeBatch(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const outcomes = await this.write(batch.flatMap(({ items }) => items));
      let offset = 0;
      for (const { items, resolve } of batch) resolve(outcomes.slice(offset, (offset += items.length)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

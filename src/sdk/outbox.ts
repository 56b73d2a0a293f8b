/**
 * Declarations on their way out: a bounded queue, sent in batches by size and time, one batch after the other, so that
 * what is declared first is recorded first.
 */
import type { Receipt } from '../domain/declaration.js';
import { batchSize } from './batch-size.js';
import type { ClientClock } from './client-clock.js';
import type { PendingItem } from './delivery.js';
import { Slots } from './slots.js';

export interface OutboxOptions {
  /** Most declarations in one request. */
  readonly maxBatch: number;
  /** Longest time that a declaration waits for others to travel with, in milliseconds. */
  readonly maxDelayMs: number;
  /** Most declarations held, those on their way included. */
  readonly maxQueue: number;
}

interface QueuedItem extends PendingItem {
  readonly since: number;
}

export class Outbox {
  private waiting: QueuedItem[] = [];
  private draining: Promise<void> | undefined;
  private wake = new AbortController();
  private hurried = false;
  private readonly slots: Slots;

  constructor(
    private readonly deliver: (items: readonly PendingItem[]) => Promise<void>,
    private readonly clock: ClientClock,
    private readonly options: OutboxOptions,
  ) {
    this.slots = new Slots(options.maxQueue);
  }

  /** Takes room for one item: at once (undefined), or when the returned promise resolves. */
  reserve(): Promise<void> | undefined {
    return this.slots.take();
  }

  /** Gives room back that was reserved and not used. */
  release(): void {
    this.slots.give();
  }

  /** Queues an item for which room was reserved; resolves with its receipt, rejects if it cannot be sent. */
  push(line: string): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      const leave = (item: PendingItem): void => {
        item.settled = true;
        this.slots.give();
      };
      this.waiting.push({
        line,
        since: this.clock.now(),
        settled: false,
        settle(receipt) {
          if (this.settled) return;
          leave(this);
          resolve(receipt);
        },
        fail(error) {
          leave(this);
          reject(error);
        },
      });
      if (this.waiting.length >= this.options.maxBatch) this.wake.abort();
      this.draining ??= this.drain();
    });
  }

  /** Sends what waits without delay; resolves when nothing is on its way any more. */
  async flush(): Promise<void> {
    while (this.draining !== undefined) {
      this.hurried = true;
      this.wake.abort();
      await this.draining;
    }
  }

  private async drain(): Promise<void> {
    const flush = (): void => void this.flush();
    // Waiting for company keeps no process alive; when there is nothing else left to do, send.
    process.once('beforeExit', flush);
    // A turn of the event loop lets everything that is declared together travel together.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      await this.waitForMore();
      await this.deliver(this.takeBatch());
    }
    process.off('beforeExit', flush);
    this.hurried = false;
    this.draining = undefined;
  }

  private async waitForMore(): Promise<void> {
    const { maxBatch, maxDelayMs } = this.options;
    const ms = (this.waiting[0]?.since ?? 0) + maxDelayMs - this.clock.now();
    if (this.hurried || this.waiting.length >= maxBatch || ms <= 0) return;
    this.wake = new AbortController();
    await this.clock.sleep(ms, { signal: this.wake.signal, ref: false });
  }

  private takeBatch(): QueuedItem[] {
    const lines = this.waiting.slice(0, this.options.maxBatch).map(({ line }) => line);
    return this.waiting.splice(0, batchSize(lines, this.options.maxBatch));
  }
}

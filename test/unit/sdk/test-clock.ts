import type { ClientClock } from '../../../src/sdk/index.js';

/** A clock that stands still until it is told otherwise. */
export class TestClock implements ClientClock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  private time = 1_000_000;
  private readonly sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  /** With `skips`, every wait is over at once, and the time has passed. */
  constructor(private readonly skips = false) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, { signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.waits.push(ms);
    if (this.skips) {
      this.time += ms;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const sleeper = { until: this.time + ms, wake: resolve };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.sleepers.delete(sleeper);
        resolve();
      });
    });
  }

  advance(ms: number): void {
    this.time += ms;
    for (const sleeper of this.sleepers) {
      if (sleeper.until > this.time) continue;
      this.sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

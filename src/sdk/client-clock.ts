import { setTimeout } from 'node:timers/promises';

/** How the client tells time and waits; a test sets its own. Milliseconds. */
export interface ClientClock {
  now(): number;
  /** Resolves after `ms`, or as soon as `signal` aborts. With `ref: false` the wait alone keeps no process alive. */
  sleep(ms: number, options?: { readonly signal?: AbortSignal; readonly ref?: boolean }): Promise<void>;
}

export const systemClientClock: ClientClock = {
  now: () => Date.now(),
  async sleep(ms, options = {}) {
    try {
      await setTimeout(ms, undefined, options);
    } catch (error) {
      if (options.signal?.aborted !== true) throw error;
    }
  },
};

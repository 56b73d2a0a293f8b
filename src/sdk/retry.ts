/** When to try again: exponential backoff with full jitter, and never before the server's `Retry-After`. */
import type { ClientClock } from './client-clock.js';
import { RequestFailed } from './errors.js';

export interface RetryOptions {
  /** How often a request is sent again without getting any further, before its items fail. */
  readonly attempts: number;
  /** Upper bound of the first wait, in milliseconds; it doubles with every further one. */
  readonly baseMs: number;
  /** Upper bound of any wait, in milliseconds. */
  readonly capMs: number;
}

export const DEFAULT_RETRIES: RetryOptions = { attempts: 8, baseMs: 200, capMs: 20_000 };

export class Retry {
  constructor(
    private readonly options: RetryOptions,
    private readonly clock: ClientClock,
    /** Uniform in [0, 1). */
    private readonly random: () => number,
  ) {}

  /** Waits before the next try and returns true; false if this failure, the `failures`-th in a row, is final. */
  async again(failure: RequestFailed, failures: number): Promise<boolean> {
    if (!failure.retriable || failures > this.options.attempts) return false;
    await this.clock.sleep(this.delayMs(failure, failures));
    return true;
  }

  /** How long to wait after the `failures`-th failure in a row, in milliseconds. */
  delayMs({ retryAfterMs }: RequestFailed, failures: number): number {
    // Full jitter: many clients that failed together do not come back together.
    const bound = Math.min(this.options.capMs, this.options.baseMs * 2 ** (failures - 1));
    return retryAfterMs + this.random() * bound;
  }

  /** Runs `work` until it succeeds or fails for good, with its last error. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof RequestFailed) || !(await this.again(error, failures))) throw error;
      }
    }
  }
}

/** `Retry-After` (RFC 9110 §10.2.3), seconds or a date, as milliseconds from now; 0 if absent or unreadable. */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null || header.trim() === '') return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

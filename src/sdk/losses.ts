/** What was lost and why: counted, and told to whoever logs, never silent. */
import { writeSync } from 'node:fs';

const LOSS_REASONS = [
  /** More came than the queue holds, while neither server nor disk took any. */
  'QUEUE_FULL',
  /** The server refused it for good. */
  'REFUSED',
  /** The arguments make no declaration: a part of the id is empty, a value is not JSON. */
  'NOT_DECLARABLE',
  /** The line that another process was writing when it was killed. */
  'TORN',
  /** A segment in the spill folder was deleted by someone else. */
  'SPILL_REMOVED',
  /** Logged after `close`. */
  'CLOSED',
  /** At the end, neither the server nor the disk took it. */
  'EXIT',
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** Predictions lost for one reason since the last report. */
export interface Loss {
  readonly reason: LossReason;
  readonly count: number;
  /** The first ten ids, where they are known. */
  readonly ids: readonly string[];
  readonly message: string;
}

const MAX_IDS = 10;

export class Losses {
  readonly counts = Object.fromEntries(LOSS_REASONS.map((reason) => [reason, 0])) as Record<
    LossReason,
    number
  >;
  private readonly untold = new Map<LossReason, Loss>();
  private exiting = false;

  constructor(private readonly onLoss: ((loss: Loss) => void) | undefined) {}

  /** Counts a loss; it is told in the next turn of the event loop, together with others of its kind. */
  add(reason: LossReason, message: string, ids: readonly string[], count = ids.length): void {
    if (count === 0) return;
    this.counts[reason] += count;
    if (this.untold.size === 0) setImmediate(() => this.tell());
    const before = this.untold.get(reason);
    this.untold.set(reason, {
      reason,
      message,
      count: (before?.count ?? 0) + count,
      ids:
        before && before.ids.length >= MAX_IDS
          ? before.ids
          : [...(before?.ids ?? []), ...ids].slice(0, MAX_IDS),
    });
  }

  /** Tells what is untold, at the end of the process. */
  tellAtExit(): void {
    this.exiting = true;
    this.tell();
  }

  private tell(): void {
    const losses = [...this.untold.values()];
    this.untold.clear();
    for (const loss of losses) {
      try {
        (this.onLoss ?? ((one) => this.warn(one)))(loss);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  private warn({ reason, count, ids, message }: Loss): void {
    const text = `${count} predictions are lost (${reason}: ${message}), the first: ${ids[0] ?? 'unknown'}`;
    // A warning is printed a moment later, and at the exit there is none.
    if (this.exiting) writeSync(2, `PedigreeLossWarning: ${text}\n`);
    else process.emitWarning(text, 'PedigreeLossWarning');
  }
}

/** Prediction logs for tests: quick to retry, and their losses at hand. */
import { PredictionLog, type Loss, type PredictionLogOptions } from '../../../src/sdk/index.js';
import type { DoubleServer } from './double-server.js';

export const MODEL = 'model:lending/risk@7';

export interface TestLog {
  readonly log: PredictionLog;
  readonly losses: Loss[];
}

export function testLog(url: string, options: Partial<PredictionLogOptions> = {}): TestLog {
  const losses: Loss[] = [];
  const log = new PredictionLog({
    url,
    token: 'secret',
    namespace: 'lending',
    name: 'decision',
    model: MODEL,
    maxDelayMs: 1,
    baseMs: 1,
    capMs: 5,
    onLoss: (loss) => losses.push(loss),
    ...options,
  });
  return { log, losses };
}

/** Logs decisions with these versions: `from`, `from + 1`, … */
export function logMany(log: PredictionLog, from: number, count: number): void {
  for (let i = from; i < from + count; i++) {
    log.logPrediction({ version: String(i), occurredAt: i, subjects: [], features: { lvr: { value: i } } });
  }
}

export function idsFrom(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `prediction:lending/decision@${from + i}`);
}

/** What arrived, in the order in which it arrived first. */
export function arrived(...servers: readonly DoubleServer[]): string[] {
  return [...new Set(servers.flatMap(({ requests }) => requests.flatMap(({ ids }) => ids)))];
}

/** Resolves when `condition` holds; the test's own time-out is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** All that was ever taken, less all of which something became: zero, if nothing was lost without a word. */
export function unaccounted({ stats }: PredictionLog): number {
  const lost = Object.values(stats.lost).reduce((sum, count) => sum + count, 0) - stats.lost.TORN;
  return stats.logged + stats.adopted - stats.delivered - stats.queued - stats.spilled - lost;
}

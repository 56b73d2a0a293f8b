/** What is odd about runs, from nothing but who declared them, when they happened and when they were recorded. Pure. */
import { parseUrn } from '../domain/urn.js';

/** A run as it was declared; times in milliseconds since the epoch. */
export interface WatchedRun {
  readonly id: string;
  readonly by: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

export type RunOddity = 'UNEXPECTED_WRITER' | 'GAP' | 'SILENCE' | 'BACKDATED';

export interface OddRun {
  readonly kind: RunOddity;
  readonly id: string;
  readonly message: string;
  readonly at: number;
}

export interface WatchLimits {
  /** When silence is measured, in milliseconds since the epoch. */
  readonly now: number;
  /** Longest time from when a run happened to when it was recorded, in milliseconds. */
  readonly latestMs: number;
}

/** Earlier runs of a job that others declared before a new writer is odd. */
const KNOWN_RUNS = 3;
/** Runs from which a job's usual interval is read. */
const SERIES_RUNS = 5;
/** How many usual intervals without a run are a gap. */
const GAP_INTERVALS = 2.5;
/** Jobs that run closer together than this have no interval: they are started by hand or in parallel. */
const LEAST_INTERVAL_MS = 60_000;

/**
 * @param runs in the order in which they were declared
 * @returns by job, and within it in the order of the runs
 */
export function watchRuns(runs: readonly WatchedRun[], limits: WatchLimits): OddRun[] {
  const jobs = new Map<string, WatchedRun[]>();
  for (const run of runs) {
    const { namespace, name } = parseUrn(run.id);
    const job = `${namespace}/${name}`;
    const own = jobs.get(job);
    if (own) own.push(run);
    else jobs.set(job, [run]);
  }
  return [...jobs].flatMap(([job, own]) => [
    ...newWriters(job, own),
    ...series(job, own, limits.now),
    ...own.flatMap((run) => backdated(run, limits.latestMs)),
  ]);
}

function newWriters(job: string, runs: readonly WatchedRun[]): OddRun[] {
  const known = new Map<string, number>();
  return runs.flatMap(({ id, by, recordedAt }, i) => {
    const isNew = !known.has(by);
    const names = [...known.keys()].sort().join(', ');
    known.set(by, i);
    if (!isNew || i < KNOWN_RUNS) return [];
    const message = `${by} declared a run of ${job}; the ${String(i)} before were declared by ${names}`;
    return [{ kind: 'UNEXPECTED_WRITER', id, message, at: recordedAt }];
  });
}

function series(job: string, runs: readonly WatchedRun[], now: number): OddRun[] {
  const inTime = [...runs].sort((a, b) => a.occurredAt - b.occurredAt);
  const steps = inTime.slice(1).map((run, i) => run.occurredAt - (inTime[i]?.occurredAt ?? 0));
  const usual = median(steps);
  const last = inTime.at(-1);
  if (inTime.length < SERIES_RUNS || usual < LEAST_INTERVAL_MS || !last) return [];
  const most = GAP_INTERVALS * usual;
  const gaps = steps.flatMap((step, i): OddRun[] => {
    const after = inTime[i + 1];
    if (step <= most || !after) return [];
    const message = `${job} did not run for ${duration(step)}; it usually runs every ${duration(usual)}`;
    return [{ kind: 'GAP', id: after.id, message, at: after.occurredAt }];
  });
  const silence = now - last.occurredAt;
  if (silence <= most) return gaps;
  const message = `${job} has not run for ${duration(silence)}; it usually runs every ${duration(usual)}`;
  return [...gaps, { kind: 'SILENCE', id: last.id, message, at: last.occurredAt }];
}

function backdated({ id, occurredAt, recordedAt }: WatchedRun, latestMs: number): OddRun[] {
  const late = recordedAt - occurredAt;
  if (late <= latestMs) return [];
  const message = `it is said to have happened ${duration(late)} before it was recorded`;
  return [{ kind: 'BACKDATED', id, message, at: recordedAt }];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
];

/** "2.5 days", in the largest unit of which there are two; else in minutes. */
function duration(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms >= 2 * each) ?? ['minutes', 60_000];
  return `${String(Math.round((10 * ms) / size) / 10)} ${unit}`;
}

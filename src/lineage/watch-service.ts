/** `watch`: what is odd about the lineage itself. */
import type { Clock } from '../domain/clock.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Database } from '../store/database.js';
import { OverviewReader, type Awaited, type UnfinishedRuns } from '../store/overview-reader.js';
import { resolveAsOf } from './as-of.js';
import { watchRuns, type OddRun, type RunOddity, type WatchedRun } from './watch-runs.js';

export type WatchKind = RunOddity | 'UNFINISHED_RUN' | 'MISSING_PARENT';

export interface WatchFinding {
  readonly kind: WatchKind;
  readonly id: string;
  readonly message: string;
  /** Undefined for what nobody has declared. */
  readonly at: number | undefined;
}

export interface Watch {
  readonly asOf: number;
  /** How many runs were looked at. */
  readonly looked: number;
  readonly findings: readonly WatchFinding[];
  /** How many there are of each kind; those of which there are none are left out. */
  readonly totals: readonly { readonly kind: WatchKind; readonly total: number }[];
}

export interface WatchArgs {
  /** When silence is measured; now if left out. Milliseconds since the epoch. */
  readonly at?: number | null | undefined;
  /** Most hours from when a run happened to when it was recorded. */
  readonly latestHours: number;
  /** Most findings of each kind. */
  readonly first: number;
}

const HOUR_MS = 3_600_000;
const RUN_ODDITIES: readonly RunOddity[] = ['UNEXPECTED_WRITER', 'SILENCE', 'GAP', 'BACKDATED'];

export class WatchService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** By kind, the newest of each first. Error: `BAD_INPUT`. */
  async watch({ at, latestHours, first }: WatchArgs): Promise<Watch> {
    if (!(latestHours >= 0)) {
      throw new PedigreeError('BAD_INPUT', required('latestHours must be 0 or more', latestHours));
    }
    return this.database.read(async (runner) => {
      const asOf = await resolveAsOf(undefined, runner);
      const reader = new OverviewReader(runner);
      const runs = await reader.runs(asOf);
      const limits = { now: at ?? this.clock(), latestMs: latestHours * HOUR_MS };
      const odd = watchRuns([...runs].reverse(), limits);
      const lists = [
        ...RUN_ODDITIES.map((kind) => listOf(kind, odd, first)),
        unfinishedOf(await reader.unfinished(asOf, first), runs),
        missingOf(await reader.awaited(first)),
      ];
      return {
        asOf,
        looked: runs.length,
        findings: lists.flatMap(({ items }) => items),
        totals: lists.flatMap(({ kind, total }) => (total === 0 ? [] : [{ kind, total }])),
      };
    });
  }
}

interface FindingList {
  readonly kind: WatchKind;
  readonly items: readonly WatchFinding[];
  readonly total: number;
}

function listOf(kind: RunOddity, odd: readonly OddRun[], first: number): FindingList {
  const own = odd.filter((finding) => finding.kind === kind).sort((a, b) => b.at - a.at);
  return { kind, items: own.slice(0, first), total: own.length };
}

function unfinishedOf({ ids, total }: UnfinishedRuns, runs: readonly WatchedRun[]): FindingList {
  const recorded = new Map(runs.map(({ id, recordedAt }) => [id, recordedAt]));
  const kind = 'UNFINISHED_RUN';
  const message = 'nobody said that it ended';
  return { kind, total, items: ids.map((id) => ({ kind, id, message, at: recorded.get(id) })) };
}

function missingOf({ byKind, newest }: Awaited): FindingList {
  const kind = 'MISSING_PARENT';
  const message = 'others name it, and nobody declared it';
  const total = byKind.reduce((sum, { count }) => sum + count, 0);
  return { kind, total, items: newest.map((id) => ({ kind, id, message, at: undefined })) };
}

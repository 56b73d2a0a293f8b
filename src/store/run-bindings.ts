/**
 * Which version an unversioned read saw: an index of runs by data set and time, derived from their events. It is no part
 * of the lineage; what follows from it is declared as an attestation like any other.
 */
import { unversionedId } from '../domain/column-facts.js';
import { OPEN_UNTIL } from './as-of.js';
import type { Database } from './database.js';
import {
  openlineageFindBindings,
  openlineageNoteRuns,
  type OpenlineageNoteRunsParams,
} from './queries.gen.js';

/** What one event says about a run's times and data sets. Times are in milliseconds since the epoch. */
export interface RunTimes {
  readonly run: string;
  readonly at: number;
  /** Set by the event that says that the run completed. */
  readonly completedAt: number | null;
  /** Ids of the versions written, and of the unversioned reads. */
  readonly outputs: readonly string[];
  readonly reads: readonly string[];
}

/** A read, the version it should be bound to, and the one it is bound to. */
export interface Binding {
  readonly read: string;
  readonly run: string;
  /** When the run began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly target: string | null;
  readonly current: string | null;
  /** Leaf index of the entry that bound it to `current`. */
  readonly since: number | null;
}

export class RunBindings {
  constructor(private readonly database: Database) {}

  /** Adds what events say; in any order, and again, it comes to the same. */
  async note(events: readonly RunTimes[]): Promise<void> {
    await this.database.run(openlineageNoteRuns, { rows: rowsOf(events) });
  }

  /** The reads that these runs have a say in, ordered by id; one with several bindings is there several times. */
  async find(runs: readonly string[]): Promise<Binding[]> {
    return this.database.run(openlineageFindBindings, { runs, open: OPEN_UNTIL });
  }
}

type RunRow = OpenlineageNoteRunsParams['rows'][number];

/** One row a run, ordered by run, so that servers that note the same runs at once take their locks in the same order. */
function rowsOf(events: readonly RunTimes[]): RunRow[] {
  const runs = new Map<string, RunTimes[]>();
  for (const event of events) {
    const own = runs.get(event.run);
    if (own) own.push(event);
    else runs.set(event.run, [event]);
  }
  return [...runs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([run, own]) => rowOf(run, own));
}

function rowOf(run: string, events: readonly RunTimes[]): RunRow {
  const completed = events.flatMap(({ completedAt }) => completedAt ?? []);
  const outputs = [...new Set(events.flatMap((event) => event.outputs))];
  const reads = [...new Set(events.flatMap((event) => event.reads))];
  return {
    run,
    at: Math.min(...events.map(({ at }) => at)),
    first: completed.length === 0 ? null : Math.min(...completed),
    last: completed.length === 0 ? null : Math.max(...completed),
    outputs,
    written: outputs.map(unversionedId),
    reads,
    read: reads.map(unversionedId),
  };
}

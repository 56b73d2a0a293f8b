/**
 * Which version an unversioned read saw: an index of runs by data set and time, derived from their events. It is no part
 * of the lineage; what follows from it is declared as an attestation like any other.
 */
import { unversionedId } from '../domain/column-facts.js';
import { OPEN_UNTIL } from './as-of.js';
import type { Database, StatementRunner } from './database.js';
import {
  openlineageFindBindings,
  openlineageNoteOutputs,
  openlineageNoteReads,
  openlineageNoteTimes,
  openlineageSpreadTimes,
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
    const runs = [...new Set(events.map(({ run }) => run))].sort();
    const uses = (ids: 'outputs' | 'reads'): { run: string; id: string; dataset: string }[] =>
      events.flatMap((event) => event[ids].map((id) => ({ run: event.run, id, dataset: unversionedId(id) })));
    await this.database.write(async (tx) => {
      await tx.run(openlineageNoteTimes, { rows: runs.map((run) => timesOf(run, events)) });
      await noteAll(tx, uses('outputs'), uses('reads'));
      await tx.run(openlineageSpreadTimes, { runs });
    });
  }

  /** The reads that these runs have a say in, ordered by id; one with several bindings is there several times. */
  async find(runs: readonly string[]): Promise<Binding[]> {
    return this.database.run(openlineageFindBindings, { runs, open: OPEN_UNTIL });
  }
}

interface UseRow {
  readonly run: string;
  readonly id: string;
  readonly dataset: string;
}

async function noteAll(
  tx: StatementRunner,
  outputs: readonly UseRow[],
  reads: readonly UseRow[],
): Promise<void> {
  if (outputs.length > 0) await tx.run(openlineageNoteOutputs, { rows: outputs });
  if (reads.length > 0) await tx.run(openlineageNoteReads, { rows: reads });
}

function timesOf(
  run: string,
  events: readonly RunTimes[],
): { run: string; at: number; first: number | null; last: number | null } {
  const own = events.filter((event) => event.run === run);
  const completed = own.flatMap(({ completedAt }) => completedAt ?? []);
  return {
    run,
    at: Math.min(...own.map(({ at }) => at)),
    first: completed.length === 0 ? null : Math.min(...completed),
    last: completed.length === 0 ? null : Math.max(...completed),
  };
}

/**
 * Following the log as it grows, whoever on whichever server writes to it: the head is looked at twice a second while
 * somebody waits, and not at all otherwise. Nothing is missed, because a follower goes on from a tree size.
 */
import { forEverybody } from './cancellation.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import { readHead } from './log-head.js';
import { liveFilterDownstream, liveFilterUpstream, liveListAbouts, liveListEntries } from './queries.gen.js';
import type { Direction } from './walk.js';
import type { StoredProps } from './stored-values.js';

const POLL_MS = 500;

/** Most entries that are told at once; a follower who is far behind gets several steps. */
const MAX_STEP = 5_000;

/** Consecutive new entries. */
export interface LogStep {
  /** Tree size after them. */
  readonly size: number;
  /** Their ids, in log order. */
  readonly ids: readonly string[];
}

export interface AttestedAbout {
  readonly props: StoredProps;
  readonly about: readonly string[];
}

interface Waiter {
  readonly beyond: number;
  readonly resolve: (size: number | undefined) => void;
}

export class LogFollower {
  private readonly waiters = new Set<Waiter>();
  private polling = false;

  constructor(private readonly runner: StatementRunner) {}

  /** The next entries after a tree size, as soon as there are any; undefined once the signal is aborted. */
  async next(after: number, signal: AbortSignal): Promise<LogStep | undefined> {
    const size = await this.grownBeyond(after, signal);
    if (size === undefined) return undefined;
    const to = Math.min(size, after + MAX_STEP);
    const bundles = await this.runner.run(liveListEntries, { log: LINEAGE_LOG, from: after, to });
    const ids = bundles.flatMap(({ start, ids: all }) =>
      all.slice(Math.max(after - start, 0), Math.max(to - start, 0)),
    );
    return { size: to, ids };
  }

  /** Attestations by id, each with what it is about. */
  async attestations(ids: readonly string[]): Promise<ReadonlyMap<string, AttestedAbout>> {
    const rows = ids.length === 0 ? [] : await this.runner.run(liveListAbouts, { ids });
    return new Map(rows.map(({ id, about, props }) => [id, { props, about }]));
  }

  /** Those of some artifacts that belong to a lineage; the watched artifact itself does. */
  async withinLineage(
    of: string,
    direction: Direction,
    asOf: number,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const statement = direction === 'UPSTREAM' ? liveFilterUpstream : liveFilterDownstream;
    return new Set((await this.runner.run(statement, { of, asOf, ids })).map(({ id }) => id));
  }

  private grownBeyond(beyond: number, signal: AbortSignal): Promise<number | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiter = { beyond, resolve };
      this.waiters.add(waiter);
      const give = (): void => {
        this.waiters.delete(waiter);
        resolve(undefined);
      };
      signal.addEventListener('abort', give, { once: true });
      if (!this.polling) void forEverybody(() => this.poll());
    });
  }

  private async poll(): Promise<void> {
    this.polling = true;
    while (this.waiters.size > 0) {
      // A database that does not answer now is asked again: a follower outlives a restart of it.
      const size = await readHead(this.runner).then(
        (head) => head.size,
        () => -1,
      );
      for (const waiter of this.waiters) {
        if (size <= waiter.beyond) continue;
        this.waiters.delete(waiter);
        waiter.resolve(size);
      }
      if (this.waiters.size > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS).unref());
    }
    this.polling = false;
  }
}

/** What a first page shows. Nothing here costs more on a large database than on a small one. */
import { ARTIFACT_KINDS, type ArtifactKind } from '../domain/kinds.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  liveListEntries,
  overviewCountArtifacts,
  overviewListAwaited,
  overviewListNames,
  overviewListRuns,
  overviewListUnfinished,
} from './queries.gen.js';

/** Most placeholders of a kind that are counted. */
const COUNT_BOUND = 10_000;

/** Most runs, newest first, that are looked at for unfinished ones. */
const RUN_BOUND = 10_000;

/** Most entries, newest first, that are looked at for decisions. */
const ENTRY_BOUND = 2_048;

export interface Counts {
  /** Declared or not. */
  readonly artifacts: ReadonlyMap<ArtifactKind, number>;
  readonly attestations: number;
  /** Named by others and not declared. */
  readonly awaited: number;
}

/** Placeholders of a kind; `atLeast` if there are more than are counted. */
export interface AwaitedKind {
  readonly kind: ArtifactKind;
  readonly count: number;
  readonly atLeast: boolean;
}

export interface Awaited {
  readonly byKind: readonly AwaitedKind[];
  /** Ids, those first heard of last first. */
  readonly newest: readonly string[];
}

export interface UnfinishedRuns {
  readonly ids: readonly string[];
  /** Of those looked at. */
  readonly total: number;
  readonly looked: number;
}

/** Who declared a run, when it happened and when it was recorded, in milliseconds since the epoch. */
export interface RecordedRun {
  readonly id: string;
  readonly by: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

export class OverviewReader {
  constructor(private readonly runner: StatementRunner) {}

  async counts(): Promise<Counts> {
    const [row] = await this.runner.run(overviewCountArtifacts, {});
    const counts = row as NonNullable<typeof row>;
    return {
      artifacts: new Map([
        ['Dataset', counts.datasets],
        ['Transform', counts.transforms],
        ['FeatureDef', counts.featureDefs],
        ['Model', counts.models],
        ['Prediction', counts.predictions],
      ]),
      attestations: counts.attestations,
      awaited: counts.awaited,
    };
  }

  async awaited(first: number): Promise<Awaited> {
    const rows = await this.runner.run(overviewListAwaited, {
      kinds: ARTIFACT_KINDS,
      bound: COUNT_BOUND + 1,
      first,
    });
    return {
      byKind: rows.map(({ kind, count }) => ({
        kind: kind as ArtifactKind,
        count: Math.min(count, COUNT_BOUND),
        atLeast: count > COUNT_BOUND,
      })),
      newest: rows
        .flatMap(({ newest }) => newest)
        .sort((a, b) => b.seq - a.seq)
        .slice(0, first)
        .map(({ id }) => id),
    };
  }

  /** The newest version of each name that was declared last: newest first, at most `first`. Decisions are not among them. */
  async newest(asOf: number, first: number): Promise<string[]> {
    return (await this.runner.run(overviewListNames, { asOf, first })).map(({ id }) => id);
  }

  /** The decisions among the last {@link ENTRY_BOUND} entries, newest first, at most `first`. */
  async newestDecisions(asOf: number, first: number): Promise<string[]> {
    const from = Math.max(asOf - ENTRY_BOUND, 0);
    const bundles = await this.runner.run(liveListEntries, { log: LINEAGE_LOG, from, to: asOf });
    return bundles
      .flatMap(({ start, ids }) => ids.slice(Math.max(from - start, 0), asOf - start))
      .filter((id) => id.startsWith('prediction:'))
      .reverse()
      .slice(0, first);
  }

  /** The {@link RUN_BOUND} runs that were declared last, newest first. */
  runs(asOf: number): Promise<RecordedRun[]> {
    return this.runner.run(overviewListRuns, { asOf, bound: RUN_BOUND });
  }

  /** Runs of which nobody said that they ended, newest first, among the {@link RUN_BOUND} newest. */
  async unfinished(asOf: number, first: number): Promise<UnfinishedRuns> {
    const [row] = await this.runner.run(overviewListUnfinished, { asOf, bound: RUN_BOUND, first });
    return row ?? { ids: [], total: 0, looked: 0 };
  }
}

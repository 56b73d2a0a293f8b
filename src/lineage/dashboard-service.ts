/** `dashboard`: how much there is, what is new, and what is missing. Each part is read only if it is asked for. */
import { ARTIFACT_KINDS, type ArtifactKind } from '../domain/kinds.js';
import type { Database } from '../store/database.js';
import { readHead } from '../store/log-head.js';
import {
  OverviewReader,
  type Awaited,
  type AwaitedKind,
  type UnfinishedRuns,
} from '../store/overview-reader.js';

/** Artifacts of a kind. `atLeast`: more placeholders than are counted, so fewer of the kind are declared. */
export interface KindState {
  readonly kind: ArtifactKind;
  readonly total: number;
  readonly placeholders: number;
  readonly atLeast: boolean;
}

export interface DashboardCounts {
  readonly kinds: readonly KindState[];
  readonly attestations: number;
  readonly placeholders: number;
  /** Share of the artifacts that were named which are declared too: 0 to 1; 1 if there are none. */
  readonly completeness: number;
}

export class DashboardService {
  private readonly overview: OverviewReader;

  constructor(private readonly database: Database) {
    this.overview = new OverviewReader(database);
  }

  /** The present tree size, as of which the lists are read. */
  async now(): Promise<number> {
    return (await readHead(this.database)).size;
  }

  async counts(): Promise<DashboardCounts> {
    const [{ artifacts, attestations, awaited }, { byKind }] = await Promise.all([
      this.overview.counts(),
      this.overview.awaited(1),
    ]);
    const missing = new Map(byKind.map((row) => [row.kind, row]));
    const total = [...artifacts.values()].reduce((sum, count) => sum + count, 0);
    return {
      kinds: ARTIFACT_KINDS.map((kind) => stateOf(kind, artifacts.get(kind) ?? 0, missing.get(kind))),
      attestations,
      placeholders: awaited,
      completeness: total === 0 ? 1 : (total - awaited) / total,
    };
  }

  /** Ids of placeholders, those first heard of last first. */
  placeholders(first: number): Promise<Awaited> {
    return this.overview.awaited(first);
  }

  newest(asOf: number, first: number): Promise<readonly string[]> {
    return this.overview.newest(asOf, first);
  }

  newestDecisions(asOf: number, first: number): Promise<readonly string[]> {
    return this.overview.newestDecisions(asOf, first);
  }

  unfinishedRuns(asOf: number, first: number): Promise<UnfinishedRuns> {
    return this.overview.unfinished(asOf, first);
  }
}

function stateOf(kind: ArtifactKind, total: number, missing: AwaitedKind | undefined): KindState {
  return { kind, total, placeholders: missing?.count ?? 0, atLeast: missing?.atLeast ?? false };
}

/** Everything that is stored, in ranges: the log by leaf index, the graph by id. No method holds more than a page. */
import { unpackLeaves } from '../ledger/bundle.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  fsckCountNodes,
  fsckFindGroups,
  fsckListBundles,
  fsckListNames,
  fsckListOrdinals,
  fsckListUnended,
  fsckReadArtifacts,
  fsckReadAttestations,
  fsckScanArtifacts,
  fsckScanAttestations,
  fsckScanGroups,
  type FsckCountNodesRow,
  type FsckListUnendedRow,
} from './queries.gen.js';
import type { StoredEntry } from './stored-entry.js';
import type { StoredProps } from './stored-values.js';

export interface StoredBundle {
  readonly start: number;
  readonly count: number;
  readonly at: number;
  readonly ids: readonly string[];
  /** Undefined if the bytes are no bundle. */
  readonly leaves: readonly Buffer[] | undefined;
}

export interface LabelledEntry extends StoredEntry {
  readonly labels: readonly string[];
}

export interface ScannedArtifact extends LabelledEntry {
  /** True if an edge that was recorded below the size touches it. */
  readonly known: boolean;
}

export interface ScannedGroup {
  readonly number: number;
  readonly props: StoredProps;
  readonly models: readonly string[];
  readonly datasets: readonly string[];
}

export class FsckReader {
  constructor(private readonly runner: StatementRunner) {}

  async counts(): Promise<FsckCountNodesRow> {
    const [row] = await this.runner.run(fsckCountNodes, {});
    return row ?? { artifacts: 0, attestations: 0, groups: 0, nextSeq: 0, nextGroup: 0 };
  }

  /** Bundles in leaf order, from the first that begins at `from` or later. */
  async bundles(from: number, first: number): Promise<StoredBundle[]> {
    const rows = await this.runner.run(fsckListBundles, { log: LINEAGE_LOG, from, first });
    return rows.map(({ bytes, ...row }) => ({ ...row, leaves: leavesOf(bytes) }));
  }

  /** Artifacts or attestations by id, each with the edges that its entry states; those that exist. */
  async entries(ids: readonly string[]): Promise<ReadonlyMap<string, LabelledEntry>> {
    const attestations = ids.filter((id) => id.startsWith('attestation:'));
    const artifacts = ids.filter((id) => !id.startsWith('attestation:'));
    const rows = await Promise.all([
      artifacts.length === 0 ? [] : this.runner.run(fsckReadArtifacts, { ids: artifacts }),
      attestations.length === 0 ? [] : this.runner.run(fsckReadAttestations, { ids: attestations }),
    ]);
    return new Map(rows.flat().map((row) => [row.id, row]));
  }

  /** Artifacts by id, after a given one; of their edges those that another entry states or has ended. */
  scanArtifacts(after: string, first: number, size: number): Promise<ScannedArtifact[]> {
    return this.runner.run(fsckScanArtifacts, { after, first, size, open: OPEN_UNTIL });
  }

  scanAttestations(
    after: string,
    first: number,
  ): Promise<readonly { readonly id: string; readonly leafIndex: unknown }[]> {
    return this.runner.run(fsckScanAttestations, { after, first });
  }

  /** The ids of the entries at some leaf indexes, as the bundles name them. Anything but an index names nothing. */
  async namesAt(leaves: readonly unknown[]): Promise<ReadonlyMap<number, string>> {
    const asked = [...new Set(leaves.filter((leaf): leaf is number => Number.isSafeInteger(leaf)))];
    if (asked.length === 0) return new Map();
    const rows = await this.runner.run(fsckListNames, { log: LINEAGE_LOG, leaves: asked });
    return new Map(rows.flatMap(({ leaf, id }) => (id === null ? [] : [[leaf, id] as const])));
  }

  /** Edges that an entry ended, but that hold beyond its leaf index. */
  async unended(
    ends: readonly {
      readonly from: string;
      readonly to: string | null;
      readonly type: string;
      readonly leaf: number;
    }[],
  ): Promise<readonly FsckListUnendedRow[]> {
    return ends.length === 0 ? [] : this.runner.run(fsckListUnended, { rows: ends });
  }

  /** Decision groups by number, after a given one. */
  scanGroups(after: number, first: number): Promise<ScannedGroup[]> {
    return this.runner.run(fsckScanGroups, { after, first });
  }

  /** A group's decisions in log order, from a leaf index on. */
  ordinals(
    group: number,
    from: number,
    first: number,
  ): Promise<readonly { readonly id: string; readonly leafIndex: number; readonly ordinal: unknown }[]> {
    return this.runner.run(fsckListOrdinals, { group, from, first });
  }

  async groupNumbers(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (keys.length === 0) return new Map();
    const rows = await this.runner.run(fsckFindGroups, { keys });
    return new Map(rows.map(({ key, number }) => [key, number]));
  }
}

function leavesOf(bytes: Uint8Array): readonly Buffer[] | undefined {
  try {
    return unpackLeaves(bytes);
  } catch {
    return undefined;
  }
}

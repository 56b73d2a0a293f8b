/** Everything that is stored, in ranges: the log by leaf index, the graph by id. No method holds more than a page. */
import { unpackLeaves } from '../ledger/bundle.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  fsckCountNodes,
  fsckFindGroups,
  fsckListBundles,
  fsckListOrdinals,
  fsckListUnended,
  fsckScanArtifacts,
  fsckScanAttestations,
  fsckScanGroups,
  type FsckCountNodesRow,
  type FsckListUnendedRow,
} from './queries.gen.js';
import { StoredEntryReader, type LabelledEntry } from './stored-entry-reader.js';
import type { StoredProps } from './stored-values.js';

export interface StoredBundle {
  readonly start: number;
  readonly count: number;
  readonly at: number;
  readonly ids: readonly string[];
  /** Undefined if the bytes are no bundle. */
  readonly leaves: readonly Buffer[] | undefined;
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
  /** Entries by id and by place. */
  readonly stored: StoredEntryReader;

  constructor(private readonly runner: StatementRunner) {
    this.stored = new StoredEntryReader(runner);
  }

  async counts(): Promise<FsckCountNodesRow> {
    const [row] = await this.runner.run(fsckCountNodes, {});
    return (
      row ?? {
        size: 0,
        at: 0,
        artifacts: 0,
        attestations: 0,
        groups: 0,
        nextSeq: 0,
        nextGroup: 0,
        origin: null,
      }
    );
  }

  /** Bundles in leaf order, from the first that begins at `from` or later. */
  async bundles(from: number, first: number): Promise<StoredBundle[]> {
    const rows = await this.runner.run(fsckListBundles, { log: LINEAGE_LOG, from, first });
    return rows.map(({ bytes, ...row }) => ({ ...row, leaves: leavesOf(bytes) }));
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

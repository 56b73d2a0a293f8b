/** Everything that is stored, in ranges: the log by leaf index, the graph by id. No method holds more than a page. */
import { unpackLeaves } from '../ledger/bundle.js';
import { LOGS, OPEN_UNTIL, type LogName } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  fsckCountNodes,
  fsckFindGroups,
  fsckFindStrays,
  fsckListBundles,
  fsckListOrdinals,
  fsckListTiles,
  fsckListUnended,
  fsckReadHeads,
  fsckScanArtifacts,
  fsckScanAttestations,
  fsckScanGroups,
  type FsckCountNodesRow,
  type FsckFindStraysRow,
  type FsckListUnendedRow,
  type FsckReadHeadsRow,
} from './queries.gen.js';
import { StoredEntryReader, type LabelledEntry } from './stored-entry-reader.js';
import type { StoredProps } from './stored-values.js';

/** A bundle as it is stored: what it says of itself may be anything. */
export interface StoredBundle {
  readonly start: number;
  readonly count: unknown;
  readonly at: unknown;
  readonly ids: readonly string[];
  /** Undefined if the bytes are no bundle. */
  readonly leaves: readonly Buffer[] | undefined;
  readonly props: StoredProps;
}

export interface StoredTile {
  readonly level: number;
  readonly index: number;
  readonly props: StoredProps;
}

export interface ScannedArtifact extends LabelledEntry {
  /** True if an edge that was recorded below the size touches it. */
  readonly known: boolean;
}

export interface ScannedGroup {
  readonly number: number;
  readonly props: StoredProps;
  /** All that the group is tied to: artifacts by id, other groups as `group 7`. */
  readonly edges: readonly {
    readonly type: string;
    readonly to: string | null;
    readonly props: StoredProps;
  }[];
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
  async bundles(log: LogName, from: number, first: number): Promise<StoredBundle[]> {
    const rows = await this.runner.run(fsckListBundles, { log, from, first });
    return rows.map(({ start, props }) => {
      const { count, at, ids, bytes } = props;
      return {
        ...{ start, count, at, props: props },
        ids: Array.isArray(ids) ? (ids as string[]) : [],
        leaves: leavesOf(bytes),
      };
    });
  }

  /** Those of these tiles that are kept. */
  async tiles(
    log: LogName,
    tiles: readonly Pick<StoredTile, 'level' | 'index'>[],
  ): Promise<readonly StoredTile[]> {
    const places = tiles.map(({ level, index }) => ({ level, index }));
    return this.runner.run(fsckListTiles, { log, tiles: places });
  }

  /** The heads of all logs, and how many erasures there are. */
  heads(): Promise<FsckReadHeadsRow[]> {
    return this.runner.run(fsckReadHeads, {});
  }

  /** What one log's head says now. */
  async headOf(log: LogName): Promise<StoredProps> {
    const row = (await this.heads()).find(({ props }) => props.log === log);
    return row?.props ?? {};
  }

  /** Nodes that no page of a check comes upon; the first thousand. */
  strays(): Promise<FsckFindStraysRow[]> {
    return this.runner.run(fsckFindStrays, { logs: [...LOGS], first: 1_000 });
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

function leavesOf(bytes: unknown): readonly Buffer[] | undefined {
  if (!(bytes instanceof Int8Array)) return undefined;
  try {
    return unpackLeaves(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    return undefined;
  }
}

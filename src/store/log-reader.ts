/** A signed log as outsiders see it: its last checkpoint, its tiles up to there, and proofs made from them. */
import { PedigreeError, required } from '../domain/errors.js';
import { BUNDLE_SIZE, packBundles } from '../ledger/bundle.js';
import { proveConsistency, proveInclusion, treeRoot } from '../ledger/proof.js';
import { proveShared } from '../ledger/shared-proof.js';
import { formatVerifierKey } from '../ledger/signed-note.js';
import { TiledTree, tilePath, tileWidth, type HashTileId, type TileId } from '../ledger/tile.js';
import type { LogName } from './as-of.js';
import type { StatementRunner } from './database.js';
import type { HeadStore, SignedHead } from './keys/head-store.js';
import type { LogKey } from './keys/log-key.js';
import { LogTiles } from './log-tiles.js';
import { logFindLeaf } from './queries.gen.js';

/** That a leaf is in a tree: hashes from the leaf upwards (RFC 6962 §2.1.1). */
export interface InclusionProof {
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

/** That a tree extends an earlier one (RFC 6962 §2.1.2). */
export interface ConsistencyProof {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

export class LogReader {
  private readonly tiles: LogTiles;

  constructor(
    private readonly runner: StatementRunner,
    private readonly heads: HeadStore,
    private readonly key: LogKey,
    readonly log: LogName,
  ) {
    this.tiles = new LogTiles(runner, log);
  }

  async isSigned(): Promise<boolean> {
    return (await this.heads.read(this.log)) !== undefined;
  }

  /** The last signed head; every log has one once a server has started. Error: `NOT_FOUND`. */
  async head(): Promise<SignedHead> {
    const head = await this.heads.read(this.log);
    if (head) return head;
    throw new PedigreeError('NOT_FOUND', `the log ${this.log} has no checkpoint yet`);
  }

  /** The key that its checkpoints are checked with, in the form of C2SP signed-note. */
  async verifierKey(): Promise<string> {
    return formatVerifierKey(this.key((await this.head()).origin));
  }

  /**
   * The bytes of a tile of hashes or of entries, as far as the log is signed: an entry is public when its checkpoint is.
   * Error: `NOT_FOUND` beyond the tree.
   */
  async tile(id: TileId): Promise<Uint8Array> {
    const { size } = await this.head();
    const { level, index, width } = id;
    if (width > tileWidth(level, index, size)) {
      throw new PedigreeError(
        'NOT_FOUND',
        required(`a tile must lie in the tree of size ${String(size)}`, tilePath(id)),
      );
    }
    if (level !== 'entries') return this.tiles.tile(id as HashTileId);
    const start = index * BUNDLE_SIZE;
    const bundles = packBundles(start, await this.tiles.leaves(start, start + width));
    return Buffer.concat(bundles.map(({ bytes }) => bytes));
  }

  /** The leaf index of an entry. Error: `NOT_FOUND`. */
  async find(id: string): Promise<number> {
    const [row] = await this.runner.run(logFindLeaf, { id });
    if (row) return row.leafIndex;
    throw unknownEntry(id);
  }

  /** Of the last signed tree unless a size is given. Error: `BAD_INPUT` for a leaf or tree beyond it. */
  async inclusion(leafIndex: number, size?: number): Promise<InclusionProof> {
    const treeSize = await this.sizeUpTo(size);
    const tree = new TiledTree(treeSize, this.tiles);
    const hashes = await proveInclusion(tree, leafIndex, treeSize);
    const [leafHash] = await tree.hashes([{ level: 0, index: leafIndex }]);
    const root = await treeRoot(tree, treeSize);
    return { leafIndex, treeSize, leafHash: leafHash as Uint8Array, root, hashes };
  }

  /** The shared inclusion proof of several leaves, ascending, in a signed tree. Error: `BAD_INPUT` for one beyond it. */
  async sharedInclusion(leafIndexes: readonly number[], size: number): Promise<readonly Uint8Array[]> {
    return proveShared(new TiledTree(await this.sizeUpTo(size), this.tiles), leafIndexes, size);
  }

  /** To the last signed tree unless a size is given. Error: `BAD_INPUT` for sizes that are not 1 ≤ from ≤ to. */
  async consistency(from: number, size?: number): Promise<ConsistencyProof> {
    const to = await this.sizeUpTo(size);
    const tree = new TiledTree(to, this.tiles);
    const hashes = await proveConsistency(tree, from, to);
    return { from, to, fromRoot: await treeRoot(tree, from), toRoot: await treeRoot(tree, to), hashes };
  }

  private async sizeUpTo(size: number | undefined): Promise<number> {
    const signed = (await this.head()).size;
    if (size === undefined) return signed;
    if (Number.isSafeInteger(size) && size >= 0 && size <= signed) return size;
    throw new PedigreeError(
      'BAD_INPUT',
      required(`a tree size must be from 0 to ${String(signed)}, which is signed`, size),
    );
  }
}

/** No entry has this id, or none that the reader may know of. */
export function unknownEntry(id: string): PedigreeError {
  return new PedigreeError('NOT_FOUND', required('a declared artifact or an attestation is required', id));
}

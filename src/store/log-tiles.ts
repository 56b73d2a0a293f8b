/**
 * The tiles of a log. Full ones are kept beside the entries, so that no proof has to hash them again; all others, and
 * those that are not kept, are made from what is below them. Everything here follows from the entries.
 */
import { PedigreeError } from '../domain/errors.js';
import { unpackLeaves } from '../ledger/bundle.js';
import { leafHash } from '../ledger/merkle.js';
import { subtreeHash, TILE_WIDTH, tileHashes, type HashTileId, type TileReader } from '../ledger/tile.js';
import type { FullTile } from '../ledger/tile-builder.js';
import type { LogName } from './as-of.js';
import type { StatementRunner } from './database.js';
import { logDropTiles, logListBundles, logListTileRoots, logReadTile, logStoreTiles } from './queries.gen.js';

export class LogTiles implements TileReader {
  constructor(
    private readonly runner: StatementRunner,
    readonly log: LogName,
  ) {}

  /** The leaves from one index up to but not including another. Error: `LOG_DIVERGED` if one is not there. */
  async leaves(from: number, to: number): Promise<Uint8Array[]> {
    const leaves: Uint8Array[] = [];
    for (const { start, bytes } of await this.runner.run(logListBundles, { log: this.log, from, to })) {
      const found = this.unpack(start, bytes);
      if (start + found.length <= from) continue;
      if (start > from + leaves.length) break;
      leaves.push(...found.slice(Math.max(from - start, 0), Math.max(to - start, 0)));
    }
    if (leaves.length === to - from) return leaves;
    throw new PedigreeError(
      'LOG_DIVERGED',
      `entry ${String(from + leaves.length)} of the log ${this.log} must be in the database, but is not`,
    );
  }

  /** The bytes of a tile of at most 256 hashes; the tree must be large enough to have it. */
  async tile({ level, index, width }: HashTileId): Promise<Uint8Array> {
    if (width === TILE_WIDTH) {
      const [stored] = await this.runner.run(logReadTile, { log: this.log, level, index });
      if (stored) return stored.bytes;
    }
    const from = index * TILE_WIDTH;
    return Buffer.concat(
      level === 0
        ? (await this.leaves(from, from + width)).map(leafHash)
        : await this.roots(level - 1, from, from + width),
    );
  }

  async store(tiles: readonly FullTile[]): Promise<void> {
    if (tiles.length > 0) await this.runner.run(logStoreTiles, { log: this.log, tiles });
  }

  /** Forgets the kept tiles. */
  async drop(): Promise<void> {
    await this.runner.run(logDropTiles, { log: this.log });
  }

  private unpack(start: number, bytes: Uint8Array): Uint8Array[] {
    try {
      return unpackLeaves(bytes);
    } catch (error) {
      throw new PedigreeError(
        'LOG_DIVERGED',
        `the entries of the log ${this.log} from ${String(start)} on cannot be read: ${(error as Error).message}`,
        {},
        error,
      );
    }
  }

  /** The hashes of what consecutive full tiles span. */
  private async roots(level: number, from: number, to: number): Promise<Uint8Array[]> {
    const rows = await this.runner.run(logListTileRoots, { log: this.log, level, from, to });
    const stored = new Map(rows.map(({ index, root }) => [index, root]));
    const roots: Uint8Array[] = [];
    for (let index = from; index < to; index++) {
      roots.push(stored.get(index) ?? (await this.rootOf({ level, index, width: TILE_WIDTH })));
    }
    return roots;
  }

  private async rootOf(tile: HashTileId): Promise<Uint8Array> {
    return subtreeHash(tileHashes(tile, await this.tile(tile)));
  }
}

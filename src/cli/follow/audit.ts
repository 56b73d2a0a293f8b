/**
 * Checks the tiles of a signed tree from its root downwards: first the right edge, which gives the root, then each full
 * tile against its hash in the tile above. So a tile that was altered is found and named, and so is an entry.
 */
import { unpackLeaves } from '../../ledger/bundle.js';
import { leafHash, sameBytes } from '../../ledger/merkle.js';
import {
  partialTiles,
  subtreeHash,
  TILE_WIDTH,
  tileHashes,
  tilePath,
  tileWidth,
  type HashTileId,
  type TileReader,
} from '../../ledger/tile.js';
import { TileBuilder } from '../../ledger/tile-builder.js';
import type { TreeHead } from '../../ledger/verify-proof.js';
import type { LogSource } from './log-source.js';
import { FollowError } from './verdict.js';

type Hashes = readonly Uint8Array[];

export class TreeAudit implements TileReader {
  /** Checked tiles above the lowest level, by path of the full tile; each spans 65,536 entries or more. */
  private readonly checked = new Map<string, Hashes>();

  constructor(
    private readonly source: LogSource,
    private readonly head: TreeHead,
  ) {}

  /** Checks all tiles that have something of the entries from `from` on; each tile of entry hashes is handed on. */
  async check(from: number, onLeaves: (tile: HashTileId, hashes: Hashes) => Promise<void>): Promise<void> {
    await this.checkEdge();
    const { size } = this.head;
    let top = 0;
    while (tileWidth(top, 0, size) > 0) top++;
    for (let level = top - 1; level >= 0; level--) {
      const span = TILE_WIDTH ** (level + 1);
      for (let index = Math.floor(from / span); tileWidth(level, index, size) > 0; index++) {
        const tile = { level, index, width: tileWidth(level, index, size) };
        const hashes = await this.checkedTile(tile);
        if (level === 0) await onLeaves(tile, hashes);
      }
    }
  }

  /** The beginning of a tile that `check` has checked: what a smaller tree's tile was. */
  async tile({ level, index, width }: HashTileId): Promise<Uint8Array> {
    const hashes = await this.checkedTile({ level, index, width: tileWidth(level, index, this.head.size) });
    return Buffer.concat(hashes.slice(0, width));
  }

  private async checkedTile(tile: HashTileId): Promise<Hashes> {
    const key = `${String(tile.level)}/${String(tile.index)}`;
    const known = this.checked.get(key);
    if (known) return known;
    const hashes = await this.read(tile);
    if (tile.width === TILE_WIDTH) await this.checkAgainstParent(tile, hashes);
    if (tile.level > 0) this.checked.set(key, hashes);
    return hashes;
  }

  private async checkAgainstParent(tile: HashTileId, hashes: Hashes): Promise<void> {
    const parent = this.parentOf(tile);
    const expected = (await this.checkedTile(parent))[tile.index % TILE_WIDTH];
    if (expected && sameBytes(subtreeHash(hashes), expected)) return;
    throw new FollowError(
      'TILE_ALTERED',
      `${tilePath(tile)} is not the one whose hash is in ${tilePath(parent)}`,
    );
  }

  /** The partial tiles give the root: nothing else goes into it. */
  private async checkEdge(): Promise<void> {
    const { size, root } = this.head;
    const edge = new Map<string, Hashes>();
    for (const tile of partialTiles(size)) edge.set(tilePath(tile), await this.read(tile));
    const reader = {
      tile: (tile: HashTileId) => Promise.resolve(Buffer.concat(edge.get(tilePath(tile)) ?? [])),
    };
    const builder = await TileBuilder.resume(size, reader);
    if (!sameBytes(builder.root(), root)) throw await this.blame(edge);
    for (const { level, index, width } of partialTiles(size)) {
      const path = tilePath({ level, index, width });
      if (level > 0) this.checked.set(`${String(level)}/${String(index)}`, edge.get(path) as Hashes);
    }
  }

  /** Which tile of the right edge is not the signed tree's: one that does not fit the tiles below it, or the lowest. */
  private async blame(edge: ReadonlyMap<string, Hashes>): Promise<FollowError> {
    const tiles = partialTiles(this.head.size);
    for (const tile of tiles.filter(({ level }) => level > 0)) {
      const hashes = edge.get(tilePath(tile)) ?? [];
      for (const [i, hash] of hashes.entries()) {
        const below = { level: tile.level - 1, index: tile.index * TILE_WIDTH + i, width: TILE_WIDTH };
        if (sameBytes(subtreeHash(await this.read(below)), hash)) continue;
        return new FollowError(
          'TILE_ALTERED',
          `${tilePath(tile)} does not lead to the signed root: its hash ${String(i)} is not that of ${tilePath(below)}`,
        );
      }
    }
    const paths = tiles.slice(0, 1).map(tilePath).join('');
    return new FollowError('TILE_ALTERED', `${paths} does not lead to the signed root`);
  }

  private parentOf({ level, index }: HashTileId): HashTileId {
    const above = { level: level + 1, index: Math.floor(index / TILE_WIDTH) };
    return { ...above, width: tileWidth(above.level, above.index, this.head.size) };
  }

  private async read(tile: HashTileId): Promise<Hashes> {
    const bytes = await this.source.tile(tile);
    try {
      return tileHashes(tile, bytes);
    } catch (error) {
      throw new FollowError('TILE_ALTERED', (error as Error).message);
    }
  }
}

/** Checks the entries of one tile against their hashes, and that their times do not go back. */
export class EntryAudit {
  private lastAt = 0;

  constructor(private readonly source: LogSource) {}

  async check({ index, width }: HashTileId, hashes: Hashes): Promise<void> {
    const id = { level: 'entries', index, width } as const;
    const leaves = this.unpack(tilePath(id), await this.source.tile(id));
    for (let i = 0; i < Math.max(width, leaves.length); i++) {
      const [leaf, hash] = [leaves[i], hashes[i]];
      const entry = `entry ${String(index * TILE_WIDTH + i)} in ${tilePath(id)}`;
      if (!leaf || !hash || !sameBytes(leafHash(leaf), hash)) {
        throw new FollowError('ENTRY_ALTERED', `${entry} is not the one whose hash is in the tree`);
      }
      this.checkTime(entry, leaf);
    }
  }

  private unpack(path: string, bytes: Uint8Array): Uint8Array[] {
    try {
      return unpackLeaves(bytes);
    } catch (error) {
      throw new FollowError('ENTRY_ALTERED', `${path} cannot be read: ${(error as Error).message}`);
    }
  }

  private checkTime(entry: string, leaf: Uint8Array): void {
    // The beginning of every leaf in its canonical form (docs/entry-format.md).
    const [, at] = /^\{"at":(\d{1,16}),/.exec(Buffer.from(leaf).toString('latin1')) ?? [];
    if (at === undefined || Number(at) < this.lastAt) {
      throw new FollowError(
        'BACK_DATED',
        `${entry} says no time, or one before that of the entry ahead of it`,
      );
    }
    this.lastAt = Number(at);
  }
}

/** Grows the tiles of a log leaf by leaf. Deterministic: the same leaves give the same tiles, on any server. */
import { HASH_BYTES, emptyRoot, nodeHash } from './merkle.js';
import { partialTiles, subtreeHash, TILE_WIDTH, tileHashes, type TileReader } from './tile.js';

/** A tile that has all its hashes and will never change. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  /** 256 hashes of 32 bytes. */
  readonly bytes: Uint8Array;
  /** The hash of all that it spans: one of the hashes of the tile above. */
  readonly root: Uint8Array;
}

export class TileBuilder {
  /** The hashes of the partial tile of each level, lowest first. */
  private readonly rows: Uint8Array[][] = [];
  private leaves = 0;

  /** Goes on from a tree of this size, whose partial tiles it reads. */
  static async resume(size: number, reader: TileReader): Promise<TileBuilder> {
    const builder = new TileBuilder();
    builder.leaves = size;
    for (const tile of partialTiles(size)) {
      // A level whose tiles are all full has an empty row.
      while (builder.rows.length < tile.level) builder.rows.push([]);
      builder.rows[tile.level] = tileHashes(tile, await reader.tile(tile));
    }
    return builder;
  }

  get size(): number {
    return this.leaves;
  }

  /** Adds the next leaf's hash; returns the tiles that it fills, lowest level first. */
  add(leafHash: Uint8Array): FullTile[] {
    const full: FullTile[] = [];
    this.leaves++;
    let hash = leafHash;
    for (let level = 0, count = this.leaves; ; level++) {
      const row = (this.rows[level] ??= []);
      row.push(hash);
      if (row.length < TILE_WIDTH) return full;
      count = count / TILE_WIDTH;
      hash = subtreeHash(row);
      full.push({ level, index: count - 1, bytes: joinHashes(row), root: hash });
      this.rows[level] = [];
    }
  }

  /** The hashes that the partial tile of a level has; none where the tree has no partial tile there. */
  partial(level: number): Uint8Array {
    return joinHashes(this.rows[level] ?? []);
  }

  /** The root of all leaves so far. */
  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (const row of this.rows) {
      for (const peak of peaks(row).toReversed()) {
        root = root ? nodeHash(peak, root) : peak;
      }
    }
    return root ?? emptyRoot();
  }
}

/** The hashes of the perfect subtrees that a row consists of, largest first. */
function peaks(row: readonly Uint8Array[]): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let next = 0, size = TILE_WIDTH; size >= 1; size /= 2) {
    if (row.length - next < size) continue;
    found.push(subtreeHash(row.slice(next, next + size)));
    next += size;
  }
  return found;
}

function joinHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  hashes.forEach((hash, i) => {
    bytes.set(hash, i * HASH_BYTES);
  });
  return bytes;
}

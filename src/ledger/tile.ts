/**
 * Tiles of C2SP tlog-tiles (c2sp.org/tlog-tiles): the tree in pieces of up to 256 hashes that never change once full.
 * Tile `index` of `level` has the hashes of the perfect subtrees of 256^level leaves, 256 of them from
 * `index · 256` on. The partial tile of a tree is the beginning of the full one.
 */
import { PedigreeError, required } from '../domain/errors.js';
import { HASH_BYTES, nodeHash } from './merkle.js';
import type { SubtreeHashes, SubtreeId } from './proof.js';

/** Hashes in a full tile. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const MAX_LEVEL = 63;

export interface TileId {
  /** Level of hashes, or `entries` for the entry bundle beside level 0. */
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

/** A tile of hashes. */
export interface HashTileId extends TileId {
  readonly level: number;
}

/** Gives the bytes of hash tiles. */
export interface TileReader {
  tile(id: HashTileId): Promise<Uint8Array>;
}

/** @example tilePath({level: 0, index: 1234067, width: 112}) === 'tile/0/x001/x234/067.p/112' */
export function tilePath({ level, index, width }: TileId): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) as string[];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${String(level)}/${path}${width === TILE_WIDTH ? '' : `.p/${String(width)}`}`;
}

/** Reads a path as `tilePath` writes it: there is one spelling of each tile. Error: `NOT_FOUND`. */
export function parseTilePath(path: string): TileId {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match) {
    const [, level, index = '', width] = match;
    const id = {
      level: level === 'entries' ? ('entries' as const) : Number(level),
      index: Number(index.replace(/[x/]/g, '')),
      width: width === undefined ? TILE_WIDTH : Number(width),
    };
    const valid =
      id.width >= 1 && Number.isSafeInteger(id.index) && (id.level === 'entries' || id.level <= MAX_LEVEL);
    if (valid && tilePath(id) === path) return id;
  }
  throw new PedigreeError(
    'NOT_FOUND',
    required('a tile is called "tile/<L>/<N>[.p/<W>]" as in C2SP tlog-tiles', path),
  );
}

/** How many hashes a tile has in a tree of this size: 0 to 256. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** The tiles at the right edge of a tree of this size that are not full, lowest level first. */
export function partialTiles(size: number): HashTileId[] {
  const tiles: HashTileId[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width });
  }
  return tiles;
}

/** The hashes in a tile's bytes. Error: `BAD_PROOF` for another number of them than its width. */
export function tileHashes(id: TileId, bytes: Uint8Array): Uint8Array[] {
  if (bytes.length !== id.width * HASH_BYTES) {
    throw new PedigreeError(
      'BAD_PROOF',
      required(`${tilePath(id)} must have ${String(id.width * HASH_BYTES)} bytes`, bytes.length),
      { tile: tilePath(id) },
    );
  }
  return Array.from({ length: id.width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** The hash of a perfect subtree from those of its parts: their number is a power of two. */
export function subtreeHash(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) =>
      nodeHash(row[2 * i] as Uint8Array, row[2 * i + 1] as Uint8Array),
    );
  }
  return row[0] as Uint8Array;
}

/** The hashes of a tree of one size, read out of its tiles. Each call reads a tile at most once. */
export class TiledTree implements SubtreeHashes {
  constructor(
    private readonly size: number,
    private readonly reader: TileReader,
  ) {}

  async hashes(ids: readonly SubtreeId[]): Promise<readonly Uint8Array[]> {
    const tiles = new Map<string, Promise<Uint8Array[]>>();
    const read = (id: HashTileId): Promise<Uint8Array[]> => {
      const path = tilePath(id);
      const known = tiles.get(path) ?? this.reader.tile(id).then((bytes) => tileHashes(id, bytes));
      tiles.set(path, known);
      return known;
    };
    return Promise.all(
      ids.map(async (id) => {
        const { tile, first, count } = this.place(id);
        return subtreeHash((await read(tile)).slice(first, first + count));
      }),
    );
  }

  /** Which tile has a subtree's hashes, and where. */
  private place({ level, index }: SubtreeId): { tile: HashTileId; first: number; count: number } {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const count = 2 ** (level % TILE_HEIGHT);
    const start = index * count;
    const tileIndex = Math.floor(start / TILE_WIDTH);
    const first = start % TILE_WIDTH;
    const width = tileWidth(tileLevel, tileIndex, this.size);
    if (first + count > width) {
      throw new PedigreeError(
        'BAD_INPUT',
        `the tree of size ${String(this.size)} has no subtree ${String(index)} of level ${String(level)}`,
      );
    }
    return { tile: { level: tileLevel, index: tileIndex, width }, first, count };
  }
}

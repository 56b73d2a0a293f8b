/** The Merkle tree of RFC 6962 §2.1 written as its definition is, over leaf hashes in memory: what the code is tested by. */
import { emptyRoot, leafHash, nodeHash } from '../../src/ledger/merkle.js';
import type { SubtreeHashes } from '../../src/ledger/proof.js';
import { type HashTileId, TILE_WIDTH, type TileReader } from '../../src/ledger/tile.js';

export function leafHashes(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));
}

/** MTH(D[n]). */
export function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leaves[0]!;
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(definedRoot(leaves.slice(0, half)), definedRoot(leaves.slice(half)));
}

/** Perfect subtrees straight from the leaves. */
export function subtreesOf(leaves: readonly Uint8Array[]): SubtreeHashes {
  return {
    hashes: (ids) =>
      Promise.resolve(
        ids.map(({ level, index }) =>
          definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
        ),
      ),
  };
}

/** Tiles straight from the leaves, by their definition in C2SP tlog-tiles. */
export function tilesOf(leaves: readonly Uint8Array[]): TileReader & { readonly read: HashTileId[] } {
  const read: HashTileId[] = [];
  const known = new Map<string, Uint8Array>();
  const subtree = (level: number, index: number): Uint8Array => {
    const span = TILE_WIDTH ** level;
    const hash =
      known.get(`${level}/${index}`) ?? definedRoot(leaves.slice(index * span, (index + 1) * span));
    known.set(`${level}/${index}`, hash);
    return hash;
  };
  return {
    read,
    tile: (id) => {
      read.push(id);
      const first = id.index * TILE_WIDTH;
      return Promise.resolve(
        Buffer.concat(Array.from({ length: id.width }, (_, i) => subtree(id.level, first + i))),
      );
    },
  };
}

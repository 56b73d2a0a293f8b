import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { sameBytes, TreeHasher } from '../../../src/ledger/merkle.js';
import { proveConsistency, proveInclusion, treeRoot } from '../../../src/ledger/proof.js';
import { partialTiles, parseTilePath, TiledTree, tilePath, tileWidth } from '../../../src/ledger/tile.js';
import { type FullTile, TileBuilder } from '../../../src/ledger/tile-builder.js';
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/verify-proof.js';
import { failureOf } from '../../support/failure.js';
import { definedRoot, leafHashes, tilesOf } from '../../support/merkle-tree.js';

const SIZE = 70_000;
const LEAVES = leafHashes(SIZE);
const TILES = tilesOf(LEAVES);

describe('the path of a tile', () => {
  test.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 273, width: 112 }, 'tile/0/273.p/112'],
    [{ level: 1, index: 1067, width: 256 }, 'tile/1/x001/067'],
    [{ level: 63, index: 1_234_067, width: 1 }, 'tile/63/x001/x234/067.p/1'],
    [{ level: 'entries' as const, index: 999, width: 255 }, 'tile/entries/999.p/255'],
  ])('%j is %s', (id, path) => {
    expect(tilePath(id)).toBe(path);
    expect(parseTilePath(path)).toEqual(id);
  });

  test.each([
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/1067',
    'tile/0/x000/067',
    'tile/0/x001/x067',
    'tile/0/x001/x234/x067/000x',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/000/',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
    '/tile/0/000',
  ])('%s is none', (path) => {
    expect(failureOf(() => parseTilePath(path))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the tiles of a tree', () => {
  test('of 70,000 leaves are those that the specification counts', () => {
    expect(partialTiles(SIZE)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect([tileWidth(0, 272, SIZE), tileWidth(0, 274, SIZE), tileWidth(1, 0, SIZE)]).toEqual([256, 0, 256]);
  });

  test('of 256 leaves are a full one and a partial one above it', () => {
    expect([tileWidth(0, 0, 256), tileWidth('entries', 0, 256)]).toEqual([256, 256]);
    expect(partialTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
  });

  test('grow leaf by leaf into what their definition says, also when the work is interrupted', async () => {
    const full: FullTile[] = [];
    let builder = new TileBuilder();
    for (let i = 0; i < SIZE; i++) {
      if (i === 66_000) builder = await TileBuilder.resume(i, tilesOf(LEAVES.slice(0, i)));
      full.push(...builder.add(LEAVES[i]!));
    }
    expect(builder.size).toBe(SIZE);
    expect(full.map(({ level, index }) => tilePath({ level, index, width: 256 }))).toEqual([
      ...Array.from({ length: 256 }, (_, index) => tilePath({ level: 0, index, width: 256 })),
      'tile/1/000',
      ...Array.from({ length: 17 }, (_, i) => tilePath({ level: 0, index: 256 + i, width: 256 })),
    ]);
    const above = full.find(({ level }) => level === 1)!;
    for (const { level, index, bytes, root } of full) {
      expect(sameBytes(bytes, await TILES.tile({ level, index, width: 256 }))).toBe(true);
      if (level === 0 && index < 256)
        expect(sameBytes(root, above.bytes.slice(index * 32, index * 32 + 32))).toBe(true);
    }
    for (const tile of partialTiles(SIZE)) {
      expect(sameBytes(builder.partial(tile.level), await TILES.tile(tile))).toBe(true);
    }
    expect(sameBytes(builder.root(), definedRoot(LEAVES))).toBe(true);
  });

  test.each([0, 1, 255, 256, 257, 512, 65_535, 65_536, 65_792])('can be gone on with at %d', async (size) => {
    const builder = await TileBuilder.resume(size, TILES);
    expect(sameBytes(builder.root(), definedRoot(LEAVES.slice(0, size)))).toBe(true);
    builder.add(LEAVES[size]!);
    expect(sameBytes(builder.root(), definedRoot(LEAVES.slice(0, size + 1)))).toBe(true);
  });

  test('have the roots of every size', () => {
    const builder = new TileBuilder();
    const tree = new TreeHasher();
    for (const leaf of LEAVES.slice(0, 1_000)) {
      expect(sameBytes(builder.root(), tree.root())).toBe(true);
      builder.add(leaf);
      tree.add(leaf);
    }
  });
});

test('proofs from tiles verify, and read no tile twice', async () => {
  const size = fc.integer({ min: 1, max: SIZE });
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), fc.nat(), async (to, a, b) => {
      const tree = new TiledTree(to, TILES);
      const head = { size: to, root: await treeRoot(tree, to) };
      const index = a % to;
      TILES.read.length = 0;
      verifyInclusion({ index, leafHash: LEAVES[index]!, head }, await proveInclusion(tree, index, to));
      expect(new Set(TILES.read.map(tilePath)).size).toBe(TILES.read.length);
      const from = 1 + (b % to);
      const earlier = { size: from, root: await treeRoot(tree, from) };
      verifyConsistency(earlier, head, await proveConsistency(tree, from, to));
    }),
    { numRuns: 20, seed: 11 },
  );
});

test('a tile of another length than its width is named', async () => {
  const tree = new TiledTree(300, { tile: () => Promise.resolve(new Uint8Array(31)) });
  await expect(treeRoot(tree, 300)).rejects.toMatchObject({
    code: 'BAD_PROOF',
    message: 'tile/1/000.p/1 must have 32 bytes, but got: 31',
  });
});

test('a subtree beyond the tree is refused', async () => {
  const tree = new TiledTree(300, TILES);
  await expect(tree.hashes([{ level: 8, index: 1 }])).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

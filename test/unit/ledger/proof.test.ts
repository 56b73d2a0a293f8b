import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { leafHash, TreeHasher } from '../../../src/ledger/merkle.js';
import { proveConsistency, proveInclusion, treeRoot } from '../../../src/ledger/proof.js';
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/verify-proof.js';
import { failureOf } from '../../support/failure.js';
import { definedRoot, leafHashes, subtreesOf } from '../../support/merkle-tree.js';
import { sharedPath } from '../../support/shared.js';

interface Vector {
  readonly case: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
}

interface InclusionVector extends Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
}

interface ConsistencyVector extends Vector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const bytes = (text: string | null): Buffer => Buffer.from(text ?? '', 'base64');
const toHex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

function vectors<T extends Vector>(name: string): T[] {
  const cases = JSON.parse(readFileSync(sharedPath(`vectors/${name}.json`), 'utf8')) as T[];
  expect([cases.length, cases.filter(({ wantErr }) => !wantErr).length]).toEqual([98, 6]);
  return cases;
}

describe('the vectors of the transparency-dev project', () => {
  test('98 of inclusion: 6 verify, 92 are refused', () => {
    for (const vector of vectors<InclusionVector>('inclusion')) {
      const { leafIdx, treeSize, root, leafHash, proof, wantErr } = vector;
      const claim = {
        index: leafIdx,
        leafHash: bytes(leafHash),
        head: { size: treeSize, root: bytes(root) },
      };
      const failure = failureOf(() => verifyInclusion(claim, (proof ?? []).map(bytes)));
      expect({ case: vector.case, failure }).toMatchObject({
        case: vector.case,
        failure: wantErr ? { code: 'BAD_PROOF' } : undefined,
      });
    }
  });

  test('98 of consistency: 6 verify, 92 are refused', () => {
    for (const vector of vectors<ConsistencyVector>('consistency')) {
      const { size1, size2, root1, root2, proof, wantErr } = vector;
      const from = { size: size1, root: bytes(root1) };
      const to = { size: size2, root: bytes(root2) };
      const failure = failureOf(() => verifyConsistency(from, to, (proof ?? []).map(bytes)));
      expect({ case: vector.case, failure }).toMatchObject({
        case: vector.case,
        failure: wantErr ? { code: 'BAD_PROOF' } : undefined,
      });
    }
  });
});

test('the roots of the standard tree of eight leaves', async () => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', LAST_LEAF];
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
  const tree = new TreeHasher();
  for (let size = 0; size <= 8; size++) {
    expect(toHex(tree.root())).toBe(ROOTS[size]);
    expect(toHex(await treeRoot(subtreesOf(hashes), size))).toBe(ROOTS[size]);
    if (size < 8) tree.add(hashes[size]!);
  }
});

describe('for every tree of up to 40 leaves', () => {
  const leaves = leafHashes(40);
  const source = subtreesOf(leaves);
  const head = (size: number): { size: number; root: Uint8Array } => ({
    size,
    root: definedRoot(leaves.slice(0, size)),
  });

  test('each leaf is proved, and none by the proof of another', async () => {
    for (let size = 1; size <= 40; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await proveInclusion(source, index, size);
        const claim = { index, leafHash: leaves[index]!, head: head(size) };
        verifyInclusion(claim, proof);
        const other = { ...claim, index: (index + 1) % size };
        if (size > 1) expect(failureOf(() => verifyInclusion(other, proof))).toMatchObject(BAD_PROOF);
      }
    }
  });

  test('each extends each smaller one, and none is proved to extend another', async () => {
    for (let to = 1; to <= 40; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = await proveConsistency(source, from, to);
        verifyConsistency(head(from), head(to), proof);
        const forked = { size: from, root: leafHash(Buffer.from('forked')) };
        expect(failureOf(() => verifyConsistency(forked, head(to), proof))).toMatchObject(BAD_PROOF);
      }
    }
  });
});

test('any change of one bit of a proof, a root or a leaf hash is refused', async () => {
  const leaves = leafHashes(300);
  const source = subtreesOf(leaves);
  const trees = fc.integer({ min: 2, max: 300 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      index: fc.nat(size - 1),
      from: fc.integer({ min: 1, max: size - 1 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(trees, fc.nat(), async ({ size, index, from }, flip) => {
      const head = { size, root: await treeRoot(source, size) };
      const path = await proveInclusion(source, index, size);
      const [leaf, root, ...proof] = flipped([leaves[index]!, head.root, ...path], flip);
      const claim = { index, leafHash: leaf!, head: { size, root: root! } };
      expect(failureOf(() => verifyInclusion(claim, proof))).toMatchObject(BAD_PROOF);

      const earlier = { size: from, root: await treeRoot(source, from) };
      const subproof = await proveConsistency(source, from, size);
      const [root1, root2, ...hashes] = flipped([earlier.root, head.root, ...subproof], flip);
      const work = (): void =>
        verifyConsistency({ size: from, root: root1! }, { size, root: root2! }, hashes);
      expect(failureOf(work)).toMatchObject(BAD_PROOF);
    }),
    { numRuns: 150, seed: 7 },
  );
});

test.each([
  [
    'a leaf beyond the tree',
    () => proveInclusion(subtreesOf([]), 5, 5),
    'the leaf index must be an integer from 0 to 4, but got: 5',
  ],
  [
    'an empty tree',
    () => proveInclusion(subtreesOf([]), 0, 0),
    'the tree size must be an integer from 1 to 9007199254740991, but got: 0',
  ],
  [
    'a tree that shrank',
    () => proveConsistency(subtreesOf([]), 6, 5),
    'the earlier tree size must be an integer from 1 to 5, but got: 6',
  ],
])('no proof is made for %s', async (_what, work, message) => {
  await expect(work()).rejects.toMatchObject({ code: 'BAD_INPUT', message });
});

function flipped(hashes: readonly Uint8Array[], at: number): Uint8Array[] {
  const bit = at % (hashes.length * 256);
  const all = Buffer.concat(hashes);
  all[bit >> 3]! ^= 1 << (bit & 7);
  return hashes.map((_, i) => all.subarray(i * 32, (i + 1) * 32));
}

const BAD_PROOF = { code: 'BAD_PROOF' };
const LAST_LEAF = '606162636465666768696a6b6c6d6e6f';
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

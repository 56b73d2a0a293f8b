/**
 * That many leaves are in one tree: the inclusion proofs of RFC 6962 §2.1.1 with every shared hash once. The tree is
 * split as RFC 6962 splits it; each part without a proved leaf gives its hash, from left to right. The proof of a single
 * leaf has exactly the hashes of its inclusion proof.
 */
import { PedigreeError, required } from '../domain/errors.js';
import { nodeHash, splitPoint } from './merkle.js';
import { rangeHashes, type Range, type SubtreeHashes } from './proof.js';

/** A leaf whose place is to be proved. */
export interface PlacedLeaf {
  /** Position of the leaf, from 0. */
  readonly index: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** The hashes of the proof. `indexes` ascend, each once, below `size`; error: `BAD_INPUT`. */
export async function proveShared(
  source: SubtreeHashes,
  indexes: readonly number[],
  size: number,
): Promise<readonly Uint8Array[]> {
  checkIndexes(indexes, size, 'BAD_INPUT');
  return rangeHashes(source, [...rangesWithout(indexes, { start: 0, end: size })]);
}

/** The root that the leaves and the proof make. Error: `BAD_PROOF` for leaves out of order and too many or few hashes. */
export function sharedRoot(
  leaves: readonly PlacedLeaf[],
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array {
  checkIndexes(
    leaves.map(({ index }) => index),
    size,
    'BAD_PROOF',
  );
  let used = 0;
  const next = (): Uint8Array => {
    const hash = proof[used++];
    if (hash) return hash;
    throw new PedigreeError('BAD_PROOF', `the proof must have more than ${String(proof.length)} hashes`);
  };
  const root = rootOf(leaves, { start: 0, end: size }, next);
  if (used === proof.length) return root;
  throw new PedigreeError('BAD_PROOF', required(`the proof must have ${String(used)} hashes`, proof.length));
}

function rootOf(leaves: readonly PlacedLeaf[], { start, end }: Range, next: () => Uint8Array): Uint8Array {
  const [first] = leaves;
  if (!first) return next();
  if (end - start === 1) return first.hash;
  const middle = start + splitPoint(end - start);
  const right = leaves.findIndex(({ index }) => index >= middle);
  const split = right < 0 ? leaves.length : right;
  const left = rootOf(leaves.slice(0, split), { start, end: middle }, next);
  return nodeHash(left, rootOf(leaves.slice(split), { start: middle, end }, next));
}

/** The largest parts of the split tree that have none of these leaves, from left to right. */
function* rangesWithout(indexes: readonly number[], { start, end }: Range): Generator<Range> {
  if (indexes.length === 0) yield { start, end };
  if (indexes.length === 0 || end - start === 1) return;
  const middle = start + splitPoint(end - start);
  const right = indexes.findIndex((index) => index >= middle);
  const split = right < 0 ? indexes.length : right;
  yield* rangesWithout(indexes.slice(0, split), { start, end: middle });
  yield* rangesWithout(indexes.slice(split), { start: middle, end });
}

function checkIndexes(indexes: readonly number[], size: number, code: 'BAD_INPUT' | 'BAD_PROOF'): void {
  indexes.forEach((index, i) => {
    const after = i === 0 ? -1 : (indexes[i - 1] as number);
    if (Number.isSafeInteger(index) && index > after && index < size) return;
    throw new PedigreeError(
      code,
      required(`leaf indexes must ascend and lie below the tree size ${String(size)}`, index),
    );
  });
  if (Number.isSafeInteger(size) && size > 0) return;
  throw new PedigreeError(code, required('a tree with at least one leaf is required', size));
}

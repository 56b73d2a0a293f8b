/**
 * Verifying proofs of RFC 6962 §2.1: that a leaf is in a tree, and that a tree extends an earlier one. Each function is
 * the definition of the proof read backwards: it takes the hashes in the order in which the definition puts them.
 */
import { PedigreeError, required } from '../domain/errors.js';
import { HASH_BYTES, nodeHash, sameBytes, splitPoint } from './merkle.js';

/** What a log says its tree is. */
export interface TreeHead {
  /** Number of leaves. */
  readonly size: number;
  readonly root: Uint8Array;
}

export interface InclusionClaim {
  /** Position of the leaf, from 0. */
  readonly index: number;
  readonly leafHash: Uint8Array;
  readonly head: TreeHead;
}

export type Proof = readonly Uint8Array[];

/** Proves that the leaf is at its place in the tree. Error: `BAD_PROOF`, saying what does not fit. */
export function verifyInclusion({ index, leafHash, head }: InclusionClaim, proof: Proof): void {
  checkSize(head.size, 'the tree size');
  checkSize(index, 'the leaf index');
  checkHash(leafHash, 'the leaf hash');
  if (index >= head.size) {
    throw new PedigreeError(
      'BAD_PROOF',
      required(`the leaf index must be below the tree size ${String(head.size)}`, index),
    );
  }
  const path = new ProofReader(proof);
  const root = rootFrom(index, head.size, leafHash, path);
  path.end();
  if (!sameBytes(root, head.root)) {
    throw new PedigreeError(
      'BAD_PROOF',
      `leaf ${String(index)} is not in the tree of size ${String(head.size)}: the proof leads to another root`,
    );
  }
}

/**
 * Proves that the tree `to` begins with all leaves of the tree `from`, in the same order. An empty `from` is refused:
 * nothing can be proved about it (RFC 6962 §2.1.2 defines no such proof). Error: `BAD_PROOF`.
 */
export function verifyConsistency(from: TreeHead, to: TreeHead, proof: Proof): void {
  checkSize(from.size, 'the earlier tree size');
  checkSize(to.size, 'the later tree size');
  if (from.size < 1 || from.size > to.size) {
    throw new PedigreeError(
      'BAD_PROOF',
      required(`the earlier tree size must be from 1 to ${String(to.size)}`, from.size),
    );
  }
  const path = new ProofReader(proof);
  const roots =
    from.size === to.size ? { from: from.root, to: from.root } : subproof(from, to.size, true, path);
  path.end();
  if (!sameBytes(roots.from, from.root) || !sameBytes(roots.to, to.root)) {
    throw new PedigreeError(
      'BAD_PROOF',
      `the tree of size ${String(to.size)} does not extend that of size ${String(from.size)}: the proof leads to other roots`,
    );
  }
}

/** MTH of a tree from one leaf and PATH(index, D[size]) (§2.1.1). */
function rootFrom(index: number, size: number, leaf: Uint8Array, path: ProofReader): Uint8Array {
  if (size === 1) return leaf;
  const half = splitPoint(size);
  const sibling = path.takeLast();
  return index < half
    ? nodeHash(rootFrom(index, half, leaf, path), sibling)
    : nodeHash(sibling, rootFrom(index - half, size - half, leaf, path));
}

/** Both roots from SUBPROOF(m, D[n], whole) (§2.1.2), where m is the earlier size; `whole`: it is all of the old tree. */
function subproof(
  from: TreeHead,
  n: number,
  whole: boolean,
  path: ProofReader,
): { from: Uint8Array; to: Uint8Array } {
  const m = from.size;
  if (m === n) {
    const hash = whole ? from.root : path.takeLast();
    return { from: hash, to: hash };
  }
  const half = splitPoint(n);
  const sibling = path.takeLast();
  if (m <= half) {
    const left = subproof(from, half, whole, path);
    return { from: left.from, to: nodeHash(left.to, sibling) };
  }
  const right = subproof({ ...from, size: m - half }, n - half, false, path);
  return { from: nodeHash(sibling, right.from), to: nodeHash(sibling, right.to) };
}

/** A proof read from its end, where the hash next to the root stands. */
class ProofReader {
  private left: number;

  constructor(private readonly proof: Proof) {
    this.left = proof.length;
    proof.forEach((hash, i) => {
      checkHash(hash, `hash ${String(i)} of the proof`);
    });
  }

  takeLast(): Uint8Array {
    const hash = this.proof[--this.left];
    if (hash) return hash;
    throw new PedigreeError(
      'BAD_PROOF',
      `the proof is too short: it has ${String(this.proof.length)} hashes`,
    );
  }

  end(): void {
    if (this.left === 0) return;
    throw new PedigreeError(
      'BAD_PROOF',
      `the proof is too long: of its ${String(this.proof.length)} hashes ${String(this.left)} are not needed`,
    );
  }
}

function checkSize(size: number, what: string): void {
  if (Number.isSafeInteger(size) && size >= 0) return;
  throw new PedigreeError('BAD_PROOF', required(`${what} must be an integer from 0 to 2^53 − 1`, size));
}

function checkHash(hash: Uint8Array, what: string): void {
  if (hash.length === HASH_BYTES) return;
  throw new PedigreeError(
    'BAD_PROOF',
    required(`${what} must have ${String(HASH_BYTES)} bytes`, hash.length),
  );
}

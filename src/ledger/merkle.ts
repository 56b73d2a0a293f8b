/** The Merkle tree hash of RFC 6962 §2.1. Hashes are 32 bytes. Runs in browsers too, where verdicts are checked. */
import { sha256 } from './sha256.js';

export const HASH_BYTES = 32;

/** H(0x00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + leaf.length);
  input.set(leaf, 1);
  return sha256(input);
}

/** H(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return sha256(input);
}

/** The root of the tree without leaves: H(). */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array());
}

/** A perfect subtree of `size` leaves. */
export interface Peak {
  readonly size: number;
  readonly hash: Uint8Array;
}

/**
 * The root over leaf hashes added one after the other, in memory that grows with the logarithm of their number.
 *
 * @example const tree = new TreeHasher(); for (const leaf of leaves) tree.add(leafHash(leaf)); tree.root()
 */
export class TreeHasher {
  /** Roots of perfect subtrees, largest first: the binary digits of the number of leaves. */
  private readonly peaks: Peak[];

  /** @param from what `state` of an earlier one gave, to go on from there */
  constructor(from: readonly Peak[] = []) {
    this.peaks = [...from];
  }

  get state(): readonly Peak[] {
    return [...this.peaks];
  }

  add(hash: Uint8Array): void {
    let peak = { size: 1, hash };
    for (let last = this.peaks.at(-1); last?.size === peak.size; last = this.peaks.at(-1)) {
      this.peaks.pop();
      peak = { size: peak.size * 2, hash: nodeHash(last.hash, peak.hash) };
    }
    this.peaks.push(peak);
  }

  get size(): number {
    return this.peaks.reduce((sum, peak) => sum + peak.size, 0);
  }

  root(): Uint8Array {
    const hashes = this.peaks.map((peak) => peak.hash);
    return hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** True for equal bytes. Hashes are public, so the time that it takes tells nothing. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** The largest power of two below `size`, which is at least 2: where RFC 6962 splits a tree. */
export function splitPoint(size: number): number {
  let half = 1;
  // No bit operators: they work on 32 bits only.
  while (half * 2 < size) half *= 2;
  return half;
}

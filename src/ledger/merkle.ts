/** The Merkle tree hash of RFC 6962 §2.1. */
import { createHash } from 'node:crypto';

/** H(0x00 ‖ leaf), 32 bytes. */
export function leafHash(leaf: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(leaf).digest();
}

/** H(0x01 ‖ left ‖ right), 32 bytes. */
function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/**
 * The root over leaf hashes added one after the other, in memory that grows with the logarithm of their number.
 *
 * @example const tree = new TreeHasher(); for (const leaf of leaves) tree.add(leafHash(leaf)); tree.root()
 */
export class TreeHasher {
  /** Roots of perfect subtrees, largest first: the binary digits of the number of leaves. */
  private readonly peaks: { readonly size: number; readonly hash: Uint8Array }[] = [];

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
    return hashes.length === 0
      ? createHash('sha256').digest()
      : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

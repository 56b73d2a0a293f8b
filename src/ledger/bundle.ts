/** Entry bundles in the form of C2SP tlog-tiles: each leaf as a big-endian 16-bit length and its bytes. */
import { PedigreeError } from '../domain/errors.js';

/** Leaves in a full bundle. */
export const BUNDLE_SIZE = 256;

/** A run of consecutive leaves that lies within one multiple of {@link BUNDLE_SIZE}. */
export interface Bundle {
  /** Index of the first leaf. */
  readonly start: number;
  readonly count: number;
  readonly bytes: Buffer;
}

/** Packs leaves that begin at index `start` into bundles, none of which crosses a multiple of 256. */
export function packBundles(start: number, leaves: readonly Uint8Array[]): Bundle[] {
  const bundles: Bundle[] = [];
  for (let i = 0; i < leaves.length;) {
    const count = Math.min(BUNDLE_SIZE - ((start + i) % BUNDLE_SIZE), leaves.length - i);
    bundles.push({ start: start + i, count, bytes: encodeLeaves(leaves.slice(i, i + count)) });
    i += count;
  }
  return bundles;
}

/** The leaves of a bundle's bytes, in order. */
export function unpackLeaves(bytes: Uint8Array): Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leaves: Buffer[] = [];
  for (let offset = 0; offset < buffer.length;) {
    const end = offset + 2 <= buffer.length ? offset + 2 + buffer.readUInt16BE(offset) : Infinity;
    if (end > buffer.length)
      throw new PedigreeError('INTERNAL', `an entry bundle is cut short at byte ${String(offset)}`);
    leaves.push(buffer.subarray(offset + 2, end));
    offset = end;
  }
  return leaves;
}

function encodeLeaves(leaves: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const leaf of leaves) {
    const length = Buffer.allocUnsafe(2);
    length.writeUInt16BE(leaf.length);
    parts.push(length, leaf);
  }
  return Buffer.concat(parts);
}

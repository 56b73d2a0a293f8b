/** Making proofs of RFC 6962 §2.1 from hashes of perfect subtrees, wherever these are kept. */
import { PedigreeError, required } from '../domain/errors.js';
import { emptyRoot, nodeHash, splitPoint } from './merkle.js';

/** A perfect subtree: the `2^level` leaves from `index · 2^level` on. Level 0 are the leaves themselves. */
export interface SubtreeId {
  readonly level: number;
  readonly index: number;
}

/** Gives the hashes of perfect subtrees of a log, in the order asked for; asking for many at once costs one reading. */
export interface SubtreeHashes {
  hashes(ids: readonly SubtreeId[]): Promise<readonly Uint8Array[]>;
}

/** The leaves from `start` up to but not including `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The root of the first `size` leaves. */
export async function treeRoot(source: SubtreeHashes, size: number): Promise<Uint8Array> {
  checkRange('the tree size', size, 0, Number.MAX_SAFE_INTEGER);
  if (size === 0) return emptyRoot();
  const [root] = await rangeHashes(source, [{ start: 0, end: size }]);
  return root as Uint8Array;
}

/** PATH(index, D[size]) of §2.1.1. Error: `BAD_INPUT` where the leaf is not in that tree. */
export async function proveInclusion(
  source: SubtreeHashes,
  index: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  checkRange('the tree size', size, 1, Number.MAX_SAFE_INTEGER);
  checkRange('the leaf index', index, 0, size - 1);
  return rangeHashes(source, pathRanges(index, 0, size));
}

/** PROOF(from, D[to]) of §2.1.2. Error: `BAD_INPUT` for sizes that are not 1 ≤ from ≤ to. */
export async function proveConsistency(
  source: SubtreeHashes,
  from: number,
  to: number,
): Promise<readonly Uint8Array[]> {
  checkRange('the later tree size', to, 1, Number.MAX_SAFE_INTEGER);
  checkRange('the earlier tree size', from, 1, to);
  return rangeHashes(source, subproofRanges(from, { start: 0, end: to }, true));
}

function pathRanges(index: number, start: number, end: number): Range[] {
  if (end - start === 1) return [];
  const middle = start + splitPoint(end - start);
  return index < middle
    ? [...pathRanges(index, start, middle), { start: middle, end }]
    : [...pathRanges(index, middle, end), { start, end: middle }];
}

/** SUBPROOF; `until` is the index after the last leaf of the earlier tree. */
function subproofRanges(until: number, { start, end }: Range, whole: boolean): Range[] {
  if (until === end) return whole ? [] : [{ start, end }];
  const middle = start + splitPoint(end - start);
  return until <= middle
    ? [...subproofRanges(until, { start, end: middle }, whole), { start: middle, end }]
    : [...subproofRanges(until, { start: middle, end }, false), { start, end: middle }];
}

/** The hash of each range, as RFC 6962 makes it by splitting. */
export async function rangeHashes(source: SubtreeHashes, ranges: readonly Range[]): Promise<Uint8Array[]> {
  const parts = ranges.map(perfectSubtrees);
  const hashes = [...(await source.hashes(parts.flat()))];
  return parts.map(({ length }) =>
    hashes.splice(0, length).reduceRight((right, left) => nodeHash(left, right)),
  );
}

/** The perfect subtrees of a range that RFC 6962 makes by splitting, largest first. */
function perfectSubtrees({ start, end }: Range): SubtreeId[] {
  const parts: SubtreeId[] = [];
  for (let next = start; next < end;) {
    let level = 0;
    let size = 1;
    while (size * 2 <= end - next) {
      size *= 2;
      level++;
    }
    parts.push({ level, index: next / size });
    next += size;
  }
  return parts;
}

function checkRange(what: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new PedigreeError(
    'BAD_INPUT',
    required(`${what} must be an integer from ${String(min)} to ${String(max)}`, value),
  );
}

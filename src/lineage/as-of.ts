/** Turning what a reader asks for into one tree size, at which a whole answer is read. */
import { PedigreeError, required } from '../domain/errors.js';
import type { LogHead } from '../store/log-head.js';
import type { LineageReader } from '../store/lineage-reader.js';

/** A point in the log: by number of entries, by time (milliseconds since the epoch), or neither: now. */
export interface AsOfInput {
  readonly treeSize?: number | null | undefined;
  readonly time?: number | null | undefined;
}

/** The tree size of an as-of input. Errors: `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
export async function resolveAsOf(
  input: AsOfInput | null | undefined,
  head: LogHead,
  reader: LineageReader,
): Promise<number> {
  const { treeSize, time } = input ?? {};
  if (treeSize != null && time != null) {
    throw new PedigreeError('BAD_INPUT', 'asOf takes a treeSize or a time, not both');
  }
  if (time != null) return reader.sizeAt(time);
  if (treeSize == null) return head.size;
  if (Number.isInteger(treeSize) && treeSize >= 0 && treeSize <= head.size) return treeSize;
  throw new PedigreeError(
    'AS_OF_IN_FUTURE',
    required(`asOf.treeSize must be between 0 and the log's ${String(head.size)} entries`, treeSize),
  );
}

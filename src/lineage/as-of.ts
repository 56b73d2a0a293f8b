/** Turning what a reader asks for into one tree size, at which a whole answer is read. */
import { PedigreeError, required } from '../domain/errors.js';
import type { StatementRunner } from '../store/database.js';
import { readHead } from '../store/log-head.js';
import { LineageReader } from '../store/lineage-reader.js';

/** A point in the log: by number of entries, by time (milliseconds since the epoch), or neither: now. */
export interface AsOfInput {
  readonly treeSize?: number | null | undefined;
  readonly time?: number | null | undefined;
}

/** True if no point is named: what is asked for is the present. */
export function isNow(input: AsOfInput | null | undefined): boolean {
  return input?.treeSize == null && input?.time == null;
}

/** The tree size of an as-of input. Errors: `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
export async function resolveAsOf(
  input: AsOfInput | null | undefined,
  runner: StatementRunner,
): Promise<number> {
  const { treeSize, time } = input ?? {};
  if (treeSize != null && time != null) {
    throw new PedigreeError('BAD_INPUT', 'asOf takes a treeSize or a time, not both');
  }
  if (time != null) return new LineageReader(runner).sizeAt(time);
  const { size } = await readHead(runner);
  if (treeSize == null) return size;
  if (Number.isInteger(treeSize) && treeSize >= 0 && treeSize <= size) return treeSize;
  throw new PedigreeError(
    'AS_OF_IN_FUTURE',
    required(`asOf.treeSize must be between 0 and the log's ${String(size)} entries`, treeSize),
  );
}

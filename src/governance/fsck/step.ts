/** How a check goes on: a page at a time, so that it can be interrupted after each. */
import type { LabelledEntry } from '../../store/stored-entry-reader.js';
import type { Finding } from './finding.js';

/** Stored entries at their places in the log. */
export type Placed = readonly { readonly entry: LabelledEntry; readonly leafIndex: number }[];

export interface Step<Position> {
  /** Where the next page begins. */
  readonly next: Position;
  /** How many entries, nodes or groups this page had. */
  readonly checked: number;
  readonly findings: readonly Finding[];
}

export interface Scan<Row, Position> {
  /** The rows after a place, in order; none at the end. */
  read(after: Position): Promise<readonly Row[]>;
  /** The place of a row. */
  placeOf(row: Row): Position;
  check(page: readonly Row[]): Promise<readonly Finding[]> | readonly Finding[];
}

/** Checks a page of rows after the other, from a place on. */
export async function* scanned<Row, Position>(
  from: Position,
  scan: Scan<Row, Position>,
): AsyncGenerator<Step<Position>> {
  for (let next = from; ;) {
    const page = await scan.read(next);
    const last = page.at(-1);
    if (last === undefined) return;
    next = scan.placeOf(last);
    yield { next, checked: page.length, findings: await scan.check(page) };
  }
}

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

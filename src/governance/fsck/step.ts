/** How a check goes on: a page at a time, so that it can be interrupted after each. */
import type { Finding } from './finding.js';

export interface Step<Position> {
  /** Where the next page begins. */
  readonly next: Position;
  /** How many entries, nodes or groups this page had. */
  readonly checked: number;
  readonly findings: readonly Finding[];
}

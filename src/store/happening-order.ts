/** The one order of what happened, on the graph and under grants alike. */
import type { StoredProps } from './stored-values.js';

/** By the producers' times; what happened at one moment, in the order of the log. For sorting: negative if `a` was first. */
export function byHappening(a: StoredProps, b: StoredProps): number {
  return (
    (a.occurredAt as number) - (b.occurredAt as number) || (a.leafIndex as number) - (b.leafIndex as number)
  );
}

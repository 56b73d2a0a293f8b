/** The points at which an answer holds. An entry with leaf index i is visible as of tree size T if i < T. */

/** `until` of an edge that nothing has ended: the largest integer that JavaScript holds exactly. */
export const OPEN_UNTIL = Number.MAX_SAFE_INTEGER;

/** The name of the log that lineage entries go to. */
export const LINEAGE_LOG = 'lineage';

/** The name of the log that says who read what. */
export const ACCESS_LOG = 'access';

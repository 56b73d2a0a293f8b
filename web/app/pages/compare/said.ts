/** How each state of a comparison is said, on a box, in the legend and in the table. */
import type { DiffState } from './diff-graph.js';

interface Said {
  readonly sign: string;
  readonly words: string;
}

export const SAID: Readonly<Record<DiffState, Said>> = {
  onlyA: { sign: 'A', words: 'only in A' },
  onlyB: { sign: 'B', words: 'only in B' },
  changed: { sign: 'A≠B', words: 'in another version' },
  shared: { sign: '=', words: 'the same' },
};

/** What the explorer asks for its graph: never for more artifacts than a browser can show. */
import type { AsOf } from '../../graphql/operations.gen.js';
import type { ExploreState } from './explore-state.js';
import type { Direction } from '../../graph/lineage-graph.js';

export interface Question {
  readonly of: string;
  readonly direction: Direction;
  readonly depth: number | null;
  readonly asOf: AsOf | null;
  /** True for the holder of a grant, who is told whether something is hidden. */
  readonly granted: boolean;
  /** Artifacts at most; the nearest come first. */
  readonly most: number;
}

/** Artifacts that are sent to one page at most, all questions together. */
export const MOST_SENT = 10_000;
/** Artifacts at most that are loaded beyond one box. */
const BEYOND = 300;
/** Boxes beyond which more is loaded, at most; the address can name more. */
export const MOST_EXPANDED = 20;

/** What of the address decides which artifacts are asked for. */
type Asked = Pick<ExploreState, 'of' | 'way' | 'depth' | 'asOf' | 'expanded' | 'most'>;

export function questionsOf({ of, way, depth, asOf, expanded, most }: Asked, granted: boolean): Question[] {
  const ways: readonly Direction[] = way === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [way];
  const further = expanded.slice(0, MOST_EXPANDED);
  const left = Math.floor((MOST_SENT - further.length * BEYOND) / ways.length);
  return [
    ...ways.map((direction) => ({ of, direction, depth, asOf, granted, most: Math.min(most, left) })),
    ...further.map(({ id, direction }) => ({ of: id, direction, depth: 1, asOf, granted, most: BEYOND })),
  ];
}

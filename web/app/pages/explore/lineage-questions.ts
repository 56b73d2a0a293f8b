/** What the explorer asks for its graph: never for more artifacts than a browser can show. */
import type { AsOf, LineageFilter } from '../../graphql/operations.gen.js';
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
  /** What is returned; null for everything. The way leads through the rest in any case. */
  readonly filter: LineageFilter | null;
}

/** Artifacts that are sent to one page at most, all questions together. */
export const MOST_SENT = 10_000;
/** Artifacts at most that are loaded beyond one box. */
const BEYOND = 300;
/** Boxes beyond which more is loaded, at most; the address can name more. */
const MOST_EXPANDED = 20;

/** The same, where each question is asked twice because of a filter. */
export function mostExpanded(isFiltered: boolean): number {
  return isFiltered ? MOST_EXPANDED / 2 : MOST_EXPANDED;
}

/** What of the address decides which artifacts are asked for. */
type Asked = Pick<ExploreState, 'of' | 'way' | 'depth' | 'asOf' | 'expanded' | 'most' | 'filter'>;

/**
 * With a filter each question is asked twice: for what passes it, and for everything, because the way leads through the
 * rest, and the lines between what is shown stand for that way.
 */
export function questionsOf(asked: Asked, granted: boolean): Question[] {
  const { of, way, depth, asOf, expanded, most, filter } = asked;
  const ways: readonly Direction[] = way === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [way];
  const further = expanded.slice(0, mostExpanded(filter !== null));
  const filters = filter === null ? [null] : [null, filter];
  const left = Math.floor((MOST_SENT / filters.length - further.length * BEYOND) / ways.length);
  return filters.flatMap((each) => [
    ...ways.map((direction) => ({
      ...{ of, direction, depth, asOf, granted, filter: each },
      most: Math.min(most, left),
    })),
    ...further.map(({ id, direction }) => ({
      ...{ of: id, direction, depth: 1, asOf, granted, filter: each },
      most: BEYOND,
    })),
  ]);
}

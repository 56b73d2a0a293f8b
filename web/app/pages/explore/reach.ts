/** What lies beyond a box on one side. */
import type { Box } from '../../graph/drawing.js';
import type { ExploreState } from './explore-state.js';
import type { Direction } from '../../graph/lineage-graph.js';

export interface Reach {
  /**
   * `leaf`: nothing, and nothing is hidden. `none`: all of it is loaded. `unknown`: nobody asked yet. A number: so many
   * edges lead on that are not loaded.
   */
  readonly more: string;
  readonly folded: boolean;
}

export function reach({ id, stop, isRoot }: Box, state: ExploreState, direction: Direction): Reach {
  const folded = state.folded.has(`${id} ${direction}`);
  const total = stop?.onward[direction];
  const asked = state.expanded.some((item) => item.id === id && item.direction === direction);
  const isAsked = asked || (isRoot && (state.way === 'BOTH' || state.way === direction));
  if (total === undefined) return { more: state.to === '' ? 'unknown' : 'leaf', folded };
  if (total === 0) return { more: 'leaf', folded };
  const loaded = stop?.loaded?.[direction] ?? 0;
  return { more: isAsked || loaded >= total ? 'none' : String(total - loaded), folded };
}

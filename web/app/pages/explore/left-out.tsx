/** What the drawing leaves out, and how to see it: nothing is left out without saying so. */
import type { ReactNode } from 'react';

import { parseId } from '../../parts/artifact-id.js';
import { showCount } from '../../parts/number.js';
import { ALL_OF_IT, type ExploreProps } from './explore-state.js';
import type { LineageGraph } from '../../graph/lineage-graph.js';
import { mostExpanded, MOST_SENT } from './lineage-questions.js';
import type { Loaded } from './use-lineage.js';

interface LeftOutProps extends ExploreProps {
  readonly loaded: Loaded;
}

export function LeftOut({ state, change, loaded }: LeftOutProps): ReactNode {
  const canBeMore = loaded.cut.some(({ shown }) => shown === state.most) && state.most < MOST_SENT;
  const hubs = withoutLines(loaded.graph);
  const further = mostExpanded(state.filter !== null);
  return (
    <>
      {loaded.cut.map(({ of, shown, total }) => (
        <div key={of} className="notice" role="status">
          The nearest {showCount(shown)} of {showCount(total)} artifacts{' '}
          {of === state.of ? '' : `beyond ${parseId(of).name} `}
          are shown. A smaller depth shows all that it says; “+” goes on from a single artifact.{' '}
          {canBeMore && of === state.of ? (
            <button type="button" className="button quiet" onClick={() => change({ most: ALL_OF_IT })}>
              Load up to {showCount(MOST_SENT)}
            </button>
          ) : null}
        </div>
      ))}
      {state.expanded.length > further ? (
        <p className="notice" role="status">
          More is loaded beyond the first {further} artifacts of the {state.expanded.length} that the address
          names. “Begin here” on one of the others shows what lies beyond it.
        </p>
      ) : null}
      {loaded.isPartial ? (
        <p className="notice" role="status">
          This is what your grant opens: there may be more, which is not shown and not counted.
        </p>
      ) : null}
      {hubs.length === 0 ? null : (
        <p className="notice" role="status">
          Lines are left out of the drawing: {hubs.slice(0, 3).map(sayHub).join('; ')}
          {hubs.length > 3 ? `; and of ${showCount(hubs.length - 3)} more` : ''}.
        </p>
      )}
    </>
  );
}

interface Hub {
  readonly id: string;
  readonly named: number;
  readonly total: number;
}

/** Artifacts whose edges were not all told, because they are too many. */
function withoutLines({ stops }: LineageGraph): Hub[] {
  return [...stops.values()].flatMap(({ id, unnamed = {} }) =>
    [unnamed.UPSTREAM, unnamed.DOWNSTREAM].flatMap((short) => (short ? [{ id, ...short }] : [])),
  );
}

function sayHub({ id, named, total }: Hub): string {
  return `${parseId(id).name} has ${showCount(total)}, and ${showCount(named)} of them were asked for`;
}

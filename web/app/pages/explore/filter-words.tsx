/** What the filter shows, in words, each condition with a way to drop it; and how many pass. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

import { showCount } from '../../parts/number.js';
import type { ExploreProps } from './explore-state.js';
import { sayPassing } from './passing.js';
import type { Loaded, Passes } from './use-lineage.js';

interface FilterWordsProps extends ExploreProps {
  readonly loaded: Loaded;
  /** Artifacts that are shown beside the root. */
  readonly shown: number;
}

export function FilterWords({
  state,
  change,
  loaded: { passes, graph },
  shown,
}: FilterWordsProps): ReactNode {
  const said = sayPassing(state.passing);
  if (said.length === 0) return null;
  if (passes === null) {
    return (
      <p className="notice" role="status">
        The filter does not apply to the paths between two artifacts: all of each path is shown.
      </p>
    );
  }
  return (
    <div className="filter-words" role="status">
      <p>
        {showCount(shown)} of {showCount(graph.stops.size - 1)} artifacts are shown beside the first: those{' '}
        {said.map(({ words }) => words).join(', and ')}. Dotted lines lead through what is left out. Decisions
        of a model are counted whole, so their box is not shown.
      </p>
      <NotLoaded passes={passes} />
      <p className="buttons">
        {said.map(({ words, without }) => (
          <button key={words} type="button" className="button quiet" onClick={() => change(without)}>
            {words} <X aria-hidden="true" />
            <span className="unseen">: drop this condition</span>
          </button>
        ))}
      </p>
    </div>
  );
}

/** What passes and is not there, or hangs on what is not there. */
function NotLoaded({ passes: { loaded, total, beyond } }: { readonly passes: Passes }): ReactNode {
  return (
    <>
      {loaded < total ? (
        <p>
          {showCount(total)} pass, and the nearest {showCount(loaded)} of them are loaded.
        </p>
      ) : null}
      {beyond > 0 ? (
        <p>
          {showCount(beyond)} of them lie farther than what is loaded without the filter: not every line to
          them is known here.
        </p>
      ) : null}
    </>
  );
}

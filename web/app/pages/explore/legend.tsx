/** What each colour and icon is, how many of each there are, and a way to leave a kind out. */
import { Eye, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';

import { ALL_KINDS, KIND_WORDS } from '../../parts/artifact-id.js';
import { KindMark } from '../../parts/kind-mark.js';
import { showCount } from '../../parts/number.js';
import { toggled, type ExploreProps } from './explore-state.js';
import type { LineageGraph } from '../../graph/lineage-graph.js';

export function Legend({ state, change, graph }: ExploreProps & { readonly graph: LineageGraph }): ReactNode {
  const stops = [...graph.stops.values()];
  const counts = ALL_KINDS.map((kind) => [kind, stops.filter((stop) => stop.kind === kind).length] as const);
  return (
    <ul className="legend" aria-label="Kinds">
      {counts
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => {
          const shown = !state.hidden.has(kind);
          const Icon = shown ? Eye : EyeOff;
          return (
            <li key={kind}>
              <button
                type="button"
                aria-pressed={shown}
                className="legend-kind"
                onClick={() => change({ hide: toggled(state.hidden, kind) })}
              >
                <KindMark kind={kind} /> {KIND_WORDS[kind][1]} <strong>{showCount(count)}</strong>
                <Icon aria-hidden="true" />
              </button>
            </li>
          );
        })}
      <li className="fine legend-note">
        Causes to the left, effects to the right; dotted: through a kind that is left out.
      </li>
    </ul>
  );
}

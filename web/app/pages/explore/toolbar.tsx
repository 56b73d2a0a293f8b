/** What the explorer shows, as controls: direction, depth, point in time, graph or table, and paths to one cause. */
import { GitFork, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';

import { useMay } from '../../api/session.js';
import { parseId } from '../../parts/artifact-id.js';
import { FindBox } from '../../shell/find-box.js';
import type { ExploreProps } from './explore-state.js';
import { TimeSlider } from './time-slider.js';

const DEPTHS = [1, 2, 3, 4, 6, 10, 20] as const;

export function Toolbar({ state, change }: ExploreProps): ReactNode {
  // A grant is as of one point.
  const mayGoBack = useMay('READ_LINEAGE');
  return (
    <div className="toolbar" role="group" aria-label="What is shown">
      <label>
        <span>Direction</span>
        <select
          value={state.way}
          disabled={state.to !== ''}
          onChange={({ target }) => change({ direction: target.value, more: null, fold: null })}
        >
          <option value="UPSTREAM">where it comes from</option>
          <option value="DOWNSTREAM">what depends on it</option>
          <option value="BOTH">both</option>
        </select>
      </label>
      <label>
        <span>Depth</span>
        <select
          value={state.depth ?? 'all'}
          disabled={state.to !== ''}
          onChange={({ target }) => change({ depth: target.value })}
        >
          {DEPTHS.map((depth) => (
            <option key={depth} value={depth}>
              {depth}
            </option>
          ))}
          <option value="all">all</option>
        </select>
      </label>
      {mayGoBack ? <TimeSlider at={state.at} change={(at) => change({ at })} /> : null}
      <PathsTo state={state} change={change} />
      <ViewSwitch state={state} change={change} />
    </div>
  );
}

function PathsTo({ state, change }: ExploreProps): ReactNode {
  if (state.to === '') {
    return (
      <div className="field">
        <span>Only the paths to</span>
        <FindBox label="Only the paths to" choose={(to) => change({ to, focus: null })} />
      </div>
    );
  }
  return (
    <div className="field">
      <span>Only the paths to {parseId(state.to).name}</span>
      <button type="button" className="button quiet" onClick={() => change({ to: null })}>
        Show everything again
      </button>
    </div>
  );
}

function ViewSwitch({ state, change }: ExploreProps): ReactNode {
  const isGraph = state.view === 'graph';
  return (
    <div className="field views">
      <span>Show as</span>
      <div className="buttons">
        <button
          type="button"
          className="button quiet"
          aria-pressed={isGraph}
          onClick={() => change({ view: null })}
        >
          <GitFork aria-hidden="true" /> Graph
        </button>
        <button
          type="button"
          className="button quiet"
          aria-pressed={!isGraph}
          onClick={() => change({ view: 'table' })}
        >
          <Table2 aria-hidden="true" /> Table
        </button>
      </div>
    </div>
  );
}

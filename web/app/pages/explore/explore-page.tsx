/** The lineage explorer: a graph, and the same graph as a table. */
import '@xyflow/react/dist/base.css';
import '../../styles/explore.css';

import { useEffect, useMemo, useRef, type ReactNode } from 'react';

import { useMay } from '../../api/session.js';
import { parseId } from '../../parts/artifact-id.js';
import { Page } from '../../parts/page.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { FindBox } from '../../shell/find-box.js';
import { Canvas } from './canvas.js';
import { ColumnLevel } from './column-level.js';
import { draw } from '../../graph/drawing.js';
import { useExploreState, type ExploreProps, type ExploreState } from './explore-state.js';
import { FilterBar } from './filter-bar.js';
import { FilterWords } from './filter-words.js';
import { LeftOut } from './left-out.js';
import { Legend } from './legend.js';
import { bridged, unfolded, withoutKinds, type LineageGraph } from '../../graph/lineage-graph.js';
import { LineageTable } from './lineage-table.js';
import { SidePanel } from './side-panel.js';
import { Toolbar } from './toolbar.js';
import { useLineage, type Loaded, type Passes } from './use-lineage.js';

export function ExplorePage(): ReactNode {
  const [state, change] = useExploreState();
  // A grant says nothing of columns.
  const mayFollow = useMay('READ_LINEAGE');
  const { name, version } = parseId(state.of);
  if (state.of === '') return <ChooseRoot choose={(of) => change({ of })} />;
  return (
    <Page title={`Lineage of ${name}@${version}`} kicker="Lineage" heading={<Heading state={state} />} wide>
      <Toolbar state={state} change={change} />
      <FilterBar state={state} change={change} />
      <Explored state={state} change={change} />
      {mayFollow ? <ColumnLevel state={state} change={change} /> : null}
    </Page>
  );
}

function Heading({ state: { of, to, way } }: { readonly state: ExploreState }): ReactNode {
  const { name, version } = parseId(of);
  const lead = { UPSTREAM: 'Where it comes from: ', DOWNSTREAM: 'What depends on it: ', BOTH: 'Around ' }[
    way
  ];
  return (
    <>
      {to === '' ? lead : `From ${parseId(to).name} to `}
      {name}
      <span className="version">@{version}</span>
    </>
  );
}

function ChooseRoot({ choose }: { readonly choose: (id: string) => void }): ReactNode {
  return (
    <Page title="Lineage">
      <Empty title="Whose lineage?">
        <p>Find a data set, a run, a feature, a model or a decision by its name, owner, column or id.</p>
        <FindBox label="Find the artifact to begin with" choose={choose} />
      </Empty>
    </Page>
  );
}

function Explored({ state, change }: ExploreProps): ReactNode {
  const { loaded: answered, error, again } = useLineage(state);
  const loaded = useKept(answered, state);
  if (error) return <Failure error={error} again={again} />;
  if (!loaded) return <Loading what="the lineage" />;
  if (loaded.graph.stops.size === 1 && loaded.decisions.length === 0) {
    return (
      <Empty title={state.to === '' ? 'Nothing on this side' : 'No path leads from the one to the other'} />
    );
  }
  return <Shown state={state} change={change} loaded={loaded} />;
}

interface Kept {
  readonly of: string;
  readonly loaded: Loaded;
}

/** While more of the same lineage is on its way, what is there stays: the drawing grows, and does not begin anew. */
function useKept(loaded: Loaded | undefined, { of, to, way, at }: ExploreState): Loaded | undefined {
  const name = [of, to, way, at ?? ''].join(' ');
  const kept = useRef<Kept>(undefined);
  useEffect(() => {
    if (loaded) kept.current = { of: name, loaded };
  }, [loaded, name]);
  return loaded ?? (kept.current?.of === name ? kept.current.loaded : undefined);
}

function Shown({ state, change, loaded }: ExploreProps & { readonly loaded: Loaded }): ReactNode {
  const { hidden, folded, opened, view } = state;
  const graph = useMemo(
    () => withoutKinds(passing(unfolded(loaded.graph, folded), loaded.passes), hidden),
    [loaded, folded, hidden],
  );
  const drawing = useMemo(() => draw(graph, opened, loaded.decisions), [graph, opened, loaded]);
  return (
    <>
      <FilterWords state={state} change={change} loaded={loaded} shown={graph.stops.size - 1} />
      <LeftOut state={state} change={change} loaded={loaded} />
      <div className="explorer">
        <div className="explorer-main">
          {view === 'graph' ? (
            <Canvas state={state} change={change} drawing={drawing} />
          ) : (
            <LineageTable state={state} change={change} graph={graph} decisions={loaded.decisions} />
          )}
          <Legend state={state} change={change} graph={loaded.graph} />
        </div>
        <SidePanel state={state} change={change} graph={graph} asOf={loaded.asOf} />
      </div>
    </>
  );
}

function passing(graph: LineageGraph, passes: Passes | null): LineageGraph {
  return passes === null ? graph : bridged(graph, ({ id }) => passes.ids.has(id));
}

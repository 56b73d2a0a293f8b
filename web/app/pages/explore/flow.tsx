/** The graph as boxes that can be reached with the keyboard, lines from cause to effect, and a small map of it all. */
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  useReactFlow,
  useStoreApi,
  type Node,
} from '@xyflow/react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';

import { viewAt, viewOf, type Size } from '../../graph/viewport.js';
import { walk } from '../../graph/walk.js';
import { BoxNode } from './box-node.js';
import type { ExploreProps, ExploreState } from './explore-state.js';
import { FlowItems, type BoxData, type Lit } from './flow-items.js';
import type { Layout } from '../../graph/layout.js';
import { connected } from '../../graph/lineage-graph.js';
import { useDrawnMark } from './use-drawn-mark.js';

const NODE_TYPES = { box: BoxNode };
const PRO_OPTIONS = { hideAttribution: true };

interface FlowProps extends ExploreProps {
  readonly layout: Layout;
}

/** The page's room for the drawing is measured first, so that the drawing is made once, where it is to be. */
export function Flow({ state, change, layout }: FlowProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    if (place.current) setSize({ width: place.current.clientWidth, height: place.current.clientHeight });
  }, []);
  return (
    <div
      ref={place}
      className="canvas"
      role="group"
      aria-label="Graph"
      onKeyDownCapture={(event) => walk(event, layout, (focus) => change({ focus }))}
    >
      {size ? <Drawn state={state} change={change} layout={layout} size={size} /> : null}
    </div>
  );
}

function Drawn({ state, change, layout, size }: FlowProps & { readonly size: Size }): ReactNode {
  const lit = useMemo(() => litBoxes(layout, state.focus), [layout, state.focus]);
  const [items] = useState(() => new FlowItems());
  const nodes = useMemo(() => items.nodes(layout, state, change, lit), [items, layout, state, change, lit]);
  const edges = useMemo(() => items.edges(layout, lit), [items, layout, lit]);
  const [first] = useState(() => viewAt(layout, size, state.focus, 0) ?? viewOf(layout, size, state.of));
  useDrawnMark(layout);
  useView(layout, state);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      width={size.width}
      height={size.height}
      defaultViewport={first}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      minZoom={0.05}
      onlyRenderVisibleElements={nodes.length > 150}
      onNodeClick={(_event, node) => change({ focus: node.id })}
      onPaneClick={() => change({ focus: null })}
      proOptions={PRO_OPTIONS}
    >
      <Background gap={26} />
      <Controls showInteractive={false} />
      <MiniMap pannable zoomable ariaLabel="Map of the whole graph" nodeClassName={miniClass} />
    </ReactFlow>
  );
}

function miniClass({ data }: Node): string {
  return `mini-${(data as BoxData).box.kind}`;
}

function litBoxes({ drawing, places }: Layout, focus: string): Lit {
  if (!places.has(focus)) return undefined;
  return connected(
    { links: drawing.lines.map(({ effect, cause, types }) => ({ from: effect, to: cause, types })) },
    focus,
  );
}

/** When the drawing is another one, but for one that only grew, or something else is looked at, the view goes there. */
function useView(layout: Layout, { of, focus }: ExploreState): void {
  const { setViewport, getZoom } = useReactFlow();
  const store = useStoreApi();
  // The first view is given with the drawing.
  const seen = useRef({ layout, focus });
  useEffect(() => {
    const before = seen.current;
    seen.current = { layout, focus };
    const isNew = before.layout !== layout && !layout.isGrown;
    if (!isNew && before.focus === focus) return;
    const { width, height } = store.getState();
    const size = { width, height };
    const view =
      viewAt(layout, size, focus, isNew ? 0 : getZoom()) ?? (isNew ? viewOf(layout, size, of) : undefined);
    if (view) void setViewport(view);
  }, [layout, of, focus, store, setViewport, getZoom]);
}

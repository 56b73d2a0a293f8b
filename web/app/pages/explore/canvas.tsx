/** The drawn graph: boxes that can be reached with the keyboard, lines from cause to effect, and a small map of it all. */
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Edge,
  type Node,
} from '@xyflow/react';
import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';

import { Failure, Loading } from '../../parts/states.js';
import { BoxNode, type BoxData } from './box-node.js';
import type { Drawing } from './drawing.js';
import { ExportButtons } from './export-buttons.js';
import type { ExploreProps, ExploreState } from './explore-state.js';
import { BOX, place, type Layout } from './layout.js';
import { connected } from './lineage-graph.js';
import { stepFrom } from './step-from.js';

interface CanvasProps extends ExploreProps {
  readonly drawing: Drawing;
}

const NODE_TYPES = { box: BoxNode };

export function Canvas(props: CanvasProps): ReactNode {
  const [layout, setLayout] = useState<Layout>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    let wanted = true;
    place(props.drawing).then(
      (placed) => wanted && setLayout(placed),
      (failure: unknown) => wanted && setError(failure as Error),
    );
    return () => {
      wanted = false;
    };
  }, [props.drawing]);
  if (error) return <Failure error={error} />;
  if (!layout) return <Loading what="the drawing" />;
  return (
    <ReactFlowProvider>
      <Flow {...props} layout={layout} />
    </ReactFlowProvider>
  );
}

function Flow({ state, change, layout }: CanvasProps & { readonly layout: Layout }): ReactNode {
  const lit = useMemo(() => litBoxes(layout, state.focus), [layout, state.focus]);
  const nodes = useMemo(() => nodesOf(layout, { state, change, lit }), [layout, state, change, lit]);
  const edges = useMemo(() => edgesOf(layout.drawing, lit), [layout, lit]);
  useView(layout, state);
  const isFar = useStore(({ transform }) => transform[2] < HITTABLE);
  return (
    <div
      className={isFar ? 'canvas far' : 'canvas'}
      role="group"
      aria-label="Graph"
      onKeyDownCapture={(event) => walk(event, layout, change)}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        minZoom={0.05}
        onlyRenderVisibleElements={nodes.length > 150}
        onNodeClick={(_event, node) => change({ focus: node.id })}
        onPaneClick={() => change({ focus: null })}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={26} />
        <Controls showInteractive={false} />
        <MiniMap pannable zoomable ariaLabel="Map of the whole graph" nodeClassName={miniClass} />
      </ReactFlow>
      <ExportButtons layout={layout} root={state.of} />
    </div>
  );
}

/** Arrow keys on a box lead to another one, and Enter looks at it. */
function walk(event: KeyboardEvent<HTMLElement>, layout: Layout, change: ExploreProps['change']): void {
  const target = event.target as HTMLElement;
  const from = target.classList.contains('react-flow__node') ? target.dataset.id : undefined;
  if (from === undefined) return;
  if (event.key === 'Enter') change({ focus: from });
  const to = stepFrom(layout, from, event.key);
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(to)}"]`)?.focus();
}

function miniClass({ data }: Node): string {
  return `mini-${(data as BoxData).box.kind}`;
}

type Lit = ReadonlySet<string> | undefined;

/** What hangs together with the box that is looked at; undefined if none is. */
function litBoxes({ drawing, places }: Layout, focus: string): Lit {
  if (!places.has(focus)) return undefined;
  return connected(
    { links: drawing.lines.map(({ effect, cause, types }) => ({ from: effect, to: cause, types })) },
    focus,
  );
}

interface Shown extends ExploreProps {
  readonly lit: Lit;
}

function nodesOf({ drawing, places }: Layout, { state, change, lit }: Shown): Node<BoxData>[] {
  return drawing.boxes.map((box) => ({
    id: box.id,
    type: 'box',
    position: places.get(box.id) ?? { x: 0, y: 0 },
    width: BOX.width,
    height: BOX.height,
    selected: box.id === state.focus,
    ariaLabel: `${box.kind}: ${box.title}, ${box.detail}`,
    className: lit && !lit.has(box.id) ? 'dim' : '',
    data: { box, state, change },
  }));
}

function edgesOf({ lines }: Drawing, lit: Lit): Edge[] {
  return lines.map(({ id, cause, effect, types }) => ({
    id,
    source: cause,
    target: effect,
    className: [
      types.includes('VIA') ? 'via' : '',
      lit && !(lit.has(cause) && lit.has(effect)) ? 'dim' : '',
    ].join(' '),
    label: types.includes('VIA') ? '…' : undefined,
  }));
}

/** Smaller than this, the buttons of a box cannot be hit. */
const HITTABLE = 0.5;

/** Smaller than this, nothing can be read: then the root is shown, and the small map shows the rest. */
const READABLE = 0.3;

/** All of it when the drawing is another one; what is looked at when that is. */
function useView(layout: Layout, { of, focus }: ExploreState): void {
  const { fitView, setCenter, getZoom } = useReactFlow();
  const root = layout.places.get(of);
  useEffect(() => {
    const show = async (): Promise<void> => {
      await fitView({ padding: 0.08, maxZoom: 1 });
      const x = root && (root.x > layout.width / 2 ? root.x - BOX.width : root.x + 2 * BOX.width);
      if (getZoom() < READABLE && root && x !== undefined) await setCenter(x, root.y, { zoom: 0.7 });
    };
    // The boxes are measured after they were rendered.
    const frame = requestAnimationFrame(() => void show());
    return () => cancelAnimationFrame(frame);
  }, [layout, root, fitView, setCenter, getZoom]);
  useEffect(() => {
    const at = layout.places.get(focus);
    if (at) void setCenter(at.x + BOX.width / 2, at.y + BOX.height / 2, { zoom: Math.max(getZoom(), 0.7) });
  }, [focus, layout, setCenter, getZoom]);
}

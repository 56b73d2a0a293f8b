/** The graph as boxes that can be reached with the keyboard, lines from cause to effect, and a small map of it all. */
import { Background, Controls, MiniMap, ReactFlow, useReactFlow, useStore, type Node } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

import { BoxNode } from './box-node.js';
import type { ExploreProps, ExploreState } from './explore-state.js';
import { FlowItems, type BoxData, type Lit } from './flow-items.js';
import type { Layout } from '../../graph/layout.js';
import { BOX, type Point } from '../../graph/layout-terms.js';
import { connected } from '../../graph/lineage-graph.js';
import { stepFrom } from '../../graph/step-from.js';
import { useDrawnMark } from './use-drawn-mark.js';

const NODE_TYPES = { box: BoxNode };
const PRO_OPTIONS = { hideAttribution: true };

interface FlowProps extends ExploreProps {
  readonly layout: Layout;
}

export function Flow({ state, change, layout }: FlowProps): ReactNode {
  const lit = useMemo(() => litBoxes(layout, state.focus), [layout, state.focus]);
  const [items] = useState(() => new FlowItems());
  const nodes = useMemo(() => items.nodes(layout, state, change, lit), [items, layout, state, change, lit]);
  const edges = useMemo(() => items.edges(layout, lit), [items, layout, lit]);
  useDrawnMark(layout);
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
        proOptions={PRO_OPTIONS}
      >
        <Background gap={26} />
        <Controls showInteractive={false} />
        <MiniMap pannable zoomable ariaLabel="Map of the whole graph" nodeClassName={miniClass} />
      </ReactFlow>
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

function litBoxes({ drawing, places }: Layout, focus: string): Lit {
  if (!places.has(focus)) return undefined;
  return connected(
    { links: drawing.lines.map(({ effect, cause, types }) => ({ from: effect, to: cause, types })) },
    focus,
  );
}

/** Smaller than this, the buttons of a box cannot be hit. */
const HITTABLE = 0.5;

/** Smaller than this, nothing can be read: then the root is shown, and the small map shows the rest. */
const READABLE = 0.3;

/** All of it when the drawing is another one, but for one that only grew; or what is looked at. */
function useView(layout: Layout, { of, focus }: ExploreState): void {
  const { fitView, setCenter, getZoom } = useReactFlow();
  const fitted = useRef<Layout>(undefined);
  useEffect(() => {
    const isNew = fitted.current !== layout && !layout.isGrown;
    fitted.current = layout;
    const [root, at] = [layout.places.get(of), layout.places.get(focus)];
    const show = async (): Promise<void> => {
      if (isNew) await fitView({ padding: 0.08, maxZoom: 1 });
      if (at)
        await setCenter(at.x + BOX.width / 2, at.y + BOX.height / 2, { zoom: Math.max(getZoom(), 0.7) });
      else if (isNew && getZoom() < READABLE && root)
        await setCenter(beside(root, layout), root.y, { zoom: 0.7 });
    };
    // The boxes are measured after they were rendered.
    const frame = requestAnimationFrame(() => void show());
    return () => cancelAnimationFrame(frame);
  }, [layout, of, focus, fitView, setCenter, getZoom]);
}

/** The root stands at the side of the page that has less of the drawing. */
function beside({ x }: Point, { left, width }: Layout): number {
  return x - left > width / 2 ? x - BOX.width : x + 2 * BOX.width;
}

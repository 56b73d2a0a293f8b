/** A drawing of boxes that can be looked at and walked with the keyboard, and not changed: what a page says beside its table. */
import {
  Background,
  Controls,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import { memo, useEffect, useMemo, type ReactNode } from 'react';

import { KindMark } from '../parts/kind-mark.js';
import { Failure, Loading } from '../parts/states.js';
import type { Box, Drawing } from './drawing.js';
import type { Layout } from './layout.js';
import { placedBox } from './placed-box.js';
import { useLayout } from './use-layout.js';
import { walk } from './walk.js';

/** How a box looks beside its kind. */
export interface BoxLook {
  /** Class of the box: its shape, its pattern and its colour. */
  readonly tone: string;
  /** One to three signs that say the same as the tone, and words that say it to those who do not see them. */
  readonly badge?: { readonly sign: string; readonly words: string };
}

export interface BoxCanvasProps {
  /** Name of the drawing, for screen readers. */
  readonly label: string;
  readonly drawing: Drawing;
  readonly lookOf: (box: Box) => BoxLook;
  /** Class of a line, by its ends' ids: cause and effect. */
  readonly lineClass: (cause: string, effect: string) => string;
  /** Id of the box that is looked at; empty if none is. */
  readonly chosen: string;
  readonly choose: (id: string | null) => void;
}

export function BoxCanvas(props: BoxCanvasProps): ReactNode {
  const { layout, error } = useLayout(props.drawing);
  if (error) return <Failure error={error} />;
  if (!layout) return <Loading what="the drawing" />;
  return (
    <ReactFlowProvider>
      <Boxes {...props} layout={layout} />
    </ReactFlowProvider>
  );
}

type BoxData = { readonly box: Box; readonly look: BoxLook } & Record<string, unknown>;

const NODE_TYPES = { box: memo(PlainBox) };
const PRO_OPTIONS = { hideAttribution: true };

function Boxes({ label, layout, lookOf, lineClass, chosen, choose }: BoxCanvasProps & Placed): ReactNode {
  const nodes = useMemo(() => nodesOf(layout, lookOf, chosen), [layout, lookOf, chosen]);
  const edges = useMemo(() => edgesOf(layout, lineClass), [layout, lineClass]);
  const { fitView } = useReactFlow();
  useEffect(() => {
    // The boxes are measured after they were rendered.
    const frame = requestAnimationFrame(() => void fitView({ padding: 0.08, maxZoom: 1 }));
    return () => cancelAnimationFrame(frame);
  }, [layout, fitView]);
  return (
    <div
      className="canvas small"
      role="group"
      aria-label={label}
      onKeyDownCapture={(event) => walk(event, layout, choose)}
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
        preventScrolling={false}
        zoomOnScroll={false}
        onlyRenderVisibleElements={nodes.length > 150}
        onNodeClick={(_event, { id }) => choose(id)}
        onPaneClick={() => choose(null)}
        proOptions={PRO_OPTIONS}
      >
        <Background gap={26} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

interface Placed {
  readonly layout: Layout;
}

function PlainBox({ data: { box, look } }: NodeProps<Node<BoxData>>): ReactNode {
  return (
    <div className={`box box-${box.kind} ${look.tone} ${box.isRoot ? 'root' : ''}`}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <KindMark kind={box.kind} />
      <span className="box-text">
        <strong>{box.title}</strong>
        <span>{box.detail}</span>
      </span>
      {look.badge ? (
        <span className="box-badge" aria-hidden="true">
          {look.badge.sign}
        </span>
      ) : null}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

function nodesOf(
  { drawing, places }: Layout,
  lookOf: BoxCanvasProps['lookOf'],
  chosen: string,
): Node<BoxData>[] {
  return drawing.boxes.map((box) => {
    const look = lookOf(box);
    const words = look.badge ? `, ${look.badge.words}` : '';
    return {
      ...placedBox(box, places, chosen),
      ariaLabel: `${box.kind}: ${box.title}, ${box.detail}${words}`,
      data: { box, look },
    };
  });
}

function edgesOf({ drawing }: Layout, lineClass: BoxCanvasProps['lineClass']): Edge[] {
  return drawing.lines.map(({ id, cause, effect, types }) => ({
    id,
    source: cause,
    target: effect,
    className: `${lineClass(cause, effect)} ${types.includes('VIA') ? 'via' : ''}`,
  }));
}

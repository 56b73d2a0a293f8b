/** One box of the graph, with what can be done with it: fold, expand, open. */
import { Handle, Position, useStore, type Node, type NodeProps, type ReactFlowState } from '@xyflow/react';
import { ChevronsLeft, ChevronsRight, Layers, Minus, Plus } from 'lucide-react';
import { memo, type ReactNode } from 'react';

import { KindMark } from '../../parts/kind-mark.js';
import type { Box } from '../../graph/drawing.js';
import { toggled, type ChangeExplorer, type Expansion } from './explore-state.js';
import type { BoxData } from './flow-items.js';
import type { Direction } from '../../graph/lineage-graph.js';
import type { Reach } from './reach.js';

/** Smaller than this, the buttons of a box cannot be hit. */
const HITTABLE = 0.5;

function isTooFar({ transform }: ReactFlowState): boolean {
  return transform[2] < HITTABLE;
}

export const BoxNode = memo(function BoxNode({ data }: NodeProps<Node<BoxData>>): ReactNode {
  const { box, change } = data;
  // A box of which the buttons cannot be hit is made without them.
  const isFar = useStore(isTooFar);
  const { kind, title, detail, shape, stop, isRoot } = box;
  const tone = stop && !stop.declared ? 'undeclared' : '';
  return (
    <div className={`box box-${kind} box-${shape} ${tone} ${isRoot ? 'root' : ''}`}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <KindMark kind={kind} />
      <span className="box-text">
        <strong>{title}</strong>
        <span>{detail}</span>
      </span>
      {isFar ? null : <Turns data={data} />}
      {shape === 'group' && !isFar ? (
        <button
          type="button"
          className="box-open nodrag"
          onClick={() => change(({ opened }) => ({ open: toggled(opened, box.id) }))}
        >
          <Layers aria-hidden="true" />
          <span className="unseen">Show each of {title}</span>
        </button>
      ) : null}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});

function Turns({ data: { box, causes, effects, change } }: { readonly data: BoxData }): ReactNode {
  if (!box.stop) return null;
  return (
    <>
      <Turn box={box} reach={causes} change={change} direction="UPSTREAM" />
      <Turn box={box} reach={effects} change={change} direction="DOWNSTREAM" />
    </>
  );
}

interface TurnProps {
  readonly box: Box;
  readonly reach: Reach;
  readonly change: ChangeExplorer;
  readonly direction: Direction;
}

/** Folds or unfolds one side, or loads it if it is not there yet; `+n` says how much there is, where that is known. */
function Turn({ box, reach: { more, folded }, change, direction }: TurnProps): ReactNode {
  const name = direction === 'UPSTREAM' ? 'causes' : 'effects';
  const act = (): void => {
    const side = `${box.id} ${direction}`;
    if (more === 'none') change(({ folded: all }) => ({ fold: toggled(all, side) }));
    else change(({ expanded }) => ({ more: [...expanded.map(sideOf), side] }));
  };
  const label = more === 'none' ? `${folded ? 'Unfold' : 'Fold'} the ${name} of` : `Load the ${name} of`;
  if (more === 'leaf') return null;
  return (
    <button
      type="button"
      className={`turn turn-${name} nodrag`}
      aria-expanded={more === 'none' && !folded}
      onClick={act}
    >
      <Sign more={more} folded={folded} direction={direction} />
      <span className="unseen">
        {label} {box.title}
      </span>
    </button>
  );
}

function sideOf({ id, direction }: Expansion): string {
  return `${id} ${direction}`;
}

interface SignProps {
  readonly more: string;
  readonly folded: boolean;
  readonly direction: Direction;
}

function Sign({ more, folded, direction }: SignProps): ReactNode {
  if (more === 'none') return folded ? <Plus aria-hidden="true" /> : <Minus aria-hidden="true" />;
  if (more !== 'unknown') return <>+{more}</>;
  return direction === 'UPSTREAM' ? (
    <ChevronsLeft aria-hidden="true" />
  ) : (
    <ChevronsRight aria-hidden="true" />
  );
}

/**
 * The drawing as React Flow takes it. What has not changed since the last time is the same object, so that a change of
 * one box does not draw a thousand others again.
 */
import type { Edge, Node } from '@xyflow/react';

import type { Box, Line } from '../../graph/drawing.js';
import type { ChangeExplorer, ExploreState } from './explore-state.js';
import type { Layout } from '../../graph/layout.js';
import { placedBox } from '../../graph/placed-box.js';
import { reach, type Reach } from './reach.js';

export interface BoxData extends Record<string, unknown> {
  readonly box: Box;
  readonly causes: Reach;
  readonly effects: Reach;
  readonly change: ChangeExplorer;
}

/** What hangs together with the box that is looked at; undefined if none is. */
export type Lit = ReadonlySet<string> | undefined;

interface Kept<T> {
  readonly looks: string;
  readonly item: T;
}

export class FlowItems {
  private keptNodes = new Map<string, Kept<Node<BoxData>>>();
  private keptEdges = new Map<string, Kept<Edge>>();

  nodes({ drawing, places }: Layout, state: ExploreState, change: ChangeExplorer, lit: Lit): Node<BoxData>[] {
    const made = drawing.boxes.map((box) => ({
      ...placedBox(box, places, state.focus),
      ariaLabel: `${box.kind}: ${box.title}, ${box.detail}`,
      className: lit && !lit.has(box.id) ? 'dim' : '',
      data: {
        box,
        causes: reach(box, state, 'UPSTREAM'),
        effects: reach(box, state, 'DOWNSTREAM'),
        change,
      },
    }));
    this.keptNodes = keep(made, this.keptNodes, looksOf);
    return [...this.keptNodes.values()].map(({ item }) => item);
  }

  edges({ drawing }: Layout, lit: Lit): Edge[] {
    const made = drawing.lines.map((line) => edgeOf(line, lit));
    this.keptEdges = keep(made, this.keptEdges, ({ className = '' }) => className);
    return [...this.keptEdges.values()].map(({ item }) => item);
  }
}

function keep<T extends { readonly id: string }>(
  made: readonly T[],
  before: ReadonlyMap<string, Kept<T>>,
  looks: (item: T) => string,
): Map<string, Kept<T>> {
  return new Map(
    made.map((item) => {
      const kept = { looks: looks(item), item };
      const old = before.get(item.id);
      return [item.id, old?.looks === kept.looks ? old : kept];
    }),
  );
}

/** Everything that makes a box look other than before, as one text. */
function looksOf({ position, selected, className, data }: Node<BoxData>): string {
  const { box, causes, effects } = data;
  const { title, detail, kind, shape, isRoot, stop } = box;
  return JSON.stringify([
    position,
    selected,
    className,
    causes,
    effects,
    title,
    detail,
    kind,
    shape,
    isRoot,
    stop?.declared,
  ]);
}

function edgeOf({ id, cause, effect, types }: Line, lit: Lit): Edge {
  const isVia = types.includes('VIA');
  const isDim = lit !== undefined && !(lit.has(cause) && lit.has(effect));
  return {
    id,
    source: cause,
    target: effect,
    className: [isVia ? 'via' : '', isDim ? 'dim' : ''].join(' '),
    label: isVia ? '…' : undefined,
  };
}

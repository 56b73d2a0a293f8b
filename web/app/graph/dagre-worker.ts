/** The worker in which dagre runs: takes boxes and lines, gives back where the boxes go. */
import dagre from '@dagrejs/dagre';

import { BOX, GAP, type Point } from './layout-terms.js';

export interface DagreRequest {
  readonly number: number;
  readonly boxes: readonly string[];
  /** Cause and effect. */
  readonly lines: readonly (readonly [string, string])[];
}

export interface DagreAnswer {
  /** The request's. */
  readonly number: number;
  readonly places: readonly (readonly [string, Point])[];
}

onmessage = ({ data }: MessageEvent<DagreRequest>) => postMessage(placed(data));

function placed({ number, boxes, lines }: DagreRequest): DagreAnswer {
  const graph = new dagre.graphlib.Graph();
  // The network simplex takes most of the time of its own layout, for shorter lines only.
  graph.setGraph({ rankdir: 'LR', ranker: 'tight-tree', nodesep: GAP.y, ranksep: GAP.x });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of boxes) graph.setNode(id, { ...BOX });
  for (const [cause, effect] of lines) graph.setEdge(cause, effect);
  dagre.layout(graph);
  const places = boxes.map((id) => {
    // dagre says where the middles are.
    const { x, y } = graph.node(id) as Point;
    return [id, { x: x - BOX.width / 2, y: y - BOX.height / 2 }] as const;
  });
  return { number, places };
}

/** Where boxes and lines go: Eclipse's layered layout, in a worker, so that the page stays quick. */
import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

import type { Drawing } from './drawing.js';

/** Size of a box, in pixels. */
export const BOX = { width: 214, height: 62 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly drawing: Drawing;
  /** Upper left corners by box. */
  readonly places: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '58',
  'elk.spacing.nodeNode': '18',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** Beyond this many boxes the finer placement is not worth its time. */
const MANY = 400;

const COARSE = {
  'elk.layered.nodePlacement.strategy': 'SIMPLE',
  'elk.layered.thoroughness': '1',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
};

let engine: InstanceType<typeof ELK> | undefined;

/** Causes to the left, effects to the right. */
export async function place(drawing: Drawing): Promise<Layout> {
  engine ??= new ELK({ workerUrl });
  const { boxes, lines } = drawing;
  const placed: ElkNode = await engine.layout({
    id: 'drawing',
    layoutOptions: { ...OPTIONS, ...(boxes.length > MANY ? COARSE : {}) },
    children: boxes.map(({ id }) => ({ id, ...BOX })),
    edges: lines.map(({ id, cause, effect }) => ({ id, sources: [cause], targets: [effect] })),
  });
  const places = new Map((placed.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  return { drawing, places, width: placed.width ?? 0, height: placed.height ?? 0 };
}

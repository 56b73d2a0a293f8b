/** Eclipse's layered layout, in a worker of its own. */
import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

import type { Drawing } from './drawing.js';
import { BOX, GAP, type Places } from './layout-terms.js';
import { within } from './within.js';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP.x),
  'elk.spacing.nodeNode': String(GAP.y),
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

let engine: InstanceType<typeof ELK> | undefined;

/** Undefined if it is not done within `ms` milliseconds: then the worker is ended, and the next drawing gets a new one. */
export async function placeByElk({ boxes, lines }: Drawing, ms: number): Promise<Places | undefined> {
  const current = (engine ??= new ELK({ workerUrl }));
  const placed: ElkNode | undefined = await within(
    ms,
    current.layout({
      id: 'drawing',
      layoutOptions: OPTIONS,
      children: boxes.map(({ id }) => ({ id, ...BOX })),
      edges: lines.map(({ id, cause, effect }) => ({ id, sources: [cause], targets: [effect] })),
    }),
  );
  if (placed) return new Map((placed.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  current.terminateWorker();
  if (engine === current) engine = undefined;
  return undefined;
}

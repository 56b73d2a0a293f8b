/** A box as React Flow takes it, whatever it shows. */
import { Position, type Node } from '@xyflow/react';

import type { Box } from './drawing.js';
import type { Layout } from './layout.js';
import { BOX } from './layout-terms.js';

/**
 * React Flow draws a box whose handles it does not know once to measure them, on the screen or not. So they are said: of a
 * large drawing only what is on the screen is made.
 */
const HANDLES: NonNullable<Node['handles']> = [
  { type: 'target', position: Position.Left, x: 0, y: BOX.height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: BOX.width, y: BOX.height / 2, width: 1, height: 1 },
];

/** What all boxes have in common; who draws them says how they look and what they are called. */
export function placedBox({ id }: Box, places: Layout['places'], chosen: string): Omit<Node, 'data'> {
  return {
    ...{ id, type: 'box', position: places.get(id) ?? { x: 0, y: 0 } },
    ...{ width: BOX.width, height: BOX.height, handles: HANDLES },
    // Said, because boxes that are not on the screen are never measured, and “fit view” waits for all of them.
    measured: BOX,
    selected: id === chosen,
  };
}

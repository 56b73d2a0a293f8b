/** Where lines leave a box and come to it. */
import { Position, type Node } from '@xyflow/react';

import { BOX } from './layout-terms.js';

/**
 * React Flow draws a box whose handles it does not know once to measure them, on the screen or not. So they are said: of a
 * large drawing only what is on the screen is made.
 */
export const HANDLES: NonNullable<Node['handles']> = [
  { type: 'target', position: Position.Left, x: 0, y: BOX.height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: BOX.width, y: BOX.height / 2, width: 1, height: 1 },
];

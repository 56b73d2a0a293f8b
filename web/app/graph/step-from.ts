/** Where an arrow key leads: along a line to the left and right, to the next box of the same column up and down. */
import type { Layout } from './layout.js';
import type { Point } from './layout-terms.js';

/** Undefined if there is nothing in that direction, or it is no arrow. */
export function stepFrom(
  { drawing, places }: Pick<Layout, 'drawing' | 'places'>,
  from: string,
  key: string,
): string | undefined {
  const here = places.get(from);
  if (!here) return undefined;
  const at = (id: string): Point => places.get(id) ?? here;
  const nearest = (ids: readonly string[]): string | undefined =>
    [...ids].sort((a, b) => Math.abs(at(a).y - here.y) - Math.abs(at(b).y - here.y))[0];
  if (key === 'ArrowLeft')
    return nearest(drawing.lines.filter(({ effect }) => effect === from).map(({ cause }) => cause));
  if (key === 'ArrowRight')
    return nearest(drawing.lines.filter(({ cause }) => cause === from).map(({ effect }) => effect));
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const sign = key === 'ArrowDown' ? 1 : -1;
  const column = [...places].filter(([, { x, y }]) => Math.abs(x - here.x) < 60 && (y - here.y) * sign > 0);
  return nearest(column.map(([id]) => id));
}

/**
 * Adds boxes to a layout and leaves the others where they are: in a large drawing, nothing moves under the reader's eyes,
 * and nobody waits for a new layout. A new box goes beside the one that it hangs on, to the left of an effect and to the
 * right of a cause, in the nearest free place of that column.
 */
import type { Drawing } from './drawing.js';
import { BOX, GAP, type Places, type Point } from './layout-terms.js';

/** A layout as far as growing needs it. */
interface Before {
  readonly places: Places;
}

/** More new boxes than this, in proportion to those that are there, make another drawing of it. */
const MOST_NEW = 0.5;

const STEP = { x: BOX.width + GAP.x, y: BOX.height + GAP.y } as const;

/** Undefined if too little of the drawing was there before: then it needs a new layout. */
export function grownPlaces({ boxes, lines }: Drawing, before: Before): Map<string, Point> | undefined {
  const kept = boxes.filter(({ id }) => before.places.has(id));
  const added = new Set(boxes.filter(({ id }) => !before.places.has(id)).map(({ id }) => id));
  if (added.size > MOST_NEW * kept.length) return undefined;
  const places = new Map(kept.map(({ id }) => [id, before.places.get(id) ?? { x: 0, y: 0 }]));
  const room = new Room(places.values());
  const ways = [
    ...lines.filter(({ cause }) => added.has(cause)).map(({ cause, effect }) => [cause, effect, -1] as const),
    ...lines
      .filter(({ effect }) => added.has(effect))
      .map(({ cause, effect }) => [effect, cause, 1] as const),
  ];
  for (let count = -1; places.size > count;) {
    count = places.size;
    for (const [id, anchor, side] of ways) {
      const at = places.get(anchor);
      if (!at || places.has(id)) continue;
      places.set(id, room.take(at.x + side * STEP.x, at.y));
    }
  }
  // A box without a line to the others, which no lineage has.
  for (const id of added) if (!places.has(id)) places.set(id, room.take(0, 0));
  return places;
}

/** Which cells of a grid are taken; a box that is not on the grid takes all that it touches. */
class Room {
  private readonly taken = new Set<string>();

  constructor(places: Iterable<Point>) {
    for (const { x, y } of places) {
      for (const column of touched(x, STEP.x, BOX.width)) {
        for (const row of touched(y, STEP.y, BOX.height)) this.taken.add(`${String(column)} ${String(row)}`);
      }
    }
  }

  /** The free cell of the column that is nearest to a point. */
  take(x: number, y: number): Point {
    const [column, row] = [Math.round(x / STEP.x), Math.round(y / STEP.y)];
    for (let away = 0; ; away += 1) {
      for (const place of away === 0 ? [row] : [row + away, row - away]) {
        const cell = `${String(column)} ${String(place)}`;
        if (this.taken.has(cell)) continue;
        this.taken.add(cell);
        return { x: column * STEP.x, y: place * STEP.y };
      }
    }
  }
}

/** Numbers of the cells that a stretch touches. */
function touched(start: number, step: number, length: number): number[] {
  const first = Math.floor((start - length) / step) + 1;
  const last = Math.ceil((start + length) / step) - 1;
  return Array.from({ length: Math.max(last - first + 1, 1) }, (_, i) => first + i);
}

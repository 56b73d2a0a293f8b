/**
 * Where boxes and lines go. A drawing of moderate size is placed by Eclipse's layered layout, the finest that there is;
 * one that is larger, or that it does not finish in time, by dagre; and what is larger still, or what neither makes in
 * time, in layers by our own quick rule, as a draft: whoever wants it finer asks for it, and then dagre gets the time that it
 * needs. So nobody waits for a layout, and none moves under anybody's eyes. All of it is done in workers but the last,
 * which takes milliseconds.
 */
import type { Drawing } from './drawing.js';
import { placeByDagre } from './dagre-engine.js';
import { placeByElk } from './elk-engine.js';
import { grownPlaces } from './grown-places.js';
import { layeredPlaces } from './layered-places.js';
import { BOX, type Places, type Point } from './layout-terms.js';

export interface Layout {
  readonly drawing: Drawing;
  readonly places: Places;
  /** Where the whole begins, and how large it is, in pixels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** True if boxes were added to a layout that was there, which a new one might place better. */
  readonly isGrown: boolean;
  /** True if it was placed by the quick rule, because a finer layout takes longer than one waits unasked. */
  readonly isDraft: boolean;
}

/** Beyond this many boxes the finest layout takes longer than anybody waits. */
const FINE = 220;
/** Beyond this many boxes dagre is not done in time, so it is not tried unasked. */
const GOOD = 400;
/** From this many boxes on, what is loaded beside others leaves these where they are. */
const SETTLED = 250;
/** Beyond this many boxes nobody reads them: they are drawn as an overview. */
export const READABLE = 1_500;

const ELK_MS = 1_500;
const DAGRE_MS = 650;
/** For somebody who asked for it. */
const PATIENT_MS = 15_000;

/** Causes to the left, effects to the right. */
export async function place(drawing: Drawing, before?: Layout): Promise<Layout> {
  const grown = before && before.drawing.boxes.length >= SETTLED && grownPlaces(drawing, before);
  if (grown) return framed(drawing, grown, { isGrown: true, isDraft: before.isDraft });
  const count = drawing.boxes.length;
  const fine = count <= FINE ? await placeByElk(drawing, ELK_MS) : undefined;
  const good = fine ?? (count <= GOOD ? await placeByDagre(drawing, DAGRE_MS) : undefined);
  if (good) return framed(drawing, good, { isGrown: false, isDraft: false });
  return framed(drawing, layeredPlaces(drawing), { isGrown: false, isDraft: count <= READABLE });
}

/** The same anew, as well as it can be done in some seconds. */
export async function placeFinely(drawing: Drawing): Promise<Layout> {
  const fine = drawing.boxes.length <= FINE ? await placeByElk(drawing, ELK_MS) : undefined;
  const places = fine ?? (await placeByDagre(drawing, PATIENT_MS)) ?? layeredPlaces(drawing);
  return framed(drawing, places, { isGrown: false, isDraft: false });
}

function framed(drawing: Drawing, places: Places, how: Pick<Layout, 'isGrown' | 'isDraft'>): Layout {
  const corners = [...places.values()];
  // Not Math.min(...list): an overview has more boxes than a call may have arguments.
  const least = (of: (point: Point) => number): number =>
    corners.reduce((min, point) => Math.min(min, of(point)), of(corners[0] ?? ORIGIN));
  const [left, top] = [least(({ x }) => x), least(({ y }) => y)];
  const [right, bottom] = [BOX.width - least(({ x }) => -x), BOX.height - least(({ y }) => -y)];
  return { drawing, places, ...how, left, top, width: right - left, height: bottom - top };
}

const ORIGIN: Point = { x: 0, y: 0 };

/** Which part of a drawing is shown, and how large. Without a page. */
import { BOX, type Places } from './layout-terms.js';

/** A layout, as far as a view needs it; in pixels. */
export interface Framed {
  readonly places: Places;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** As React Flow has it: where the drawing's origin is on the screen, and its scale. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Free room around a drawing, as a share of the screen. */
const MARGIN = 0.08;
/** Smaller than this, nothing can be read: then a part is shown, and the small map shows the rest. */
const READABLE = 0.3;
/** A part is shown so large. */
const PART = 0.7;
/** Free room between such a box and the page's edge, in pixels of the drawing. */
const EDGE = 16;

/** All of it, never larger than life; or, where it would be too small to be read, the part around a box. */
export function viewOf(layout: Framed, size: Size, around: string): Viewport {
  const { left, top, width, height } = layout;
  const fit = (1 - MARGIN) * Math.min(size.width / width, size.height / height);
  const zoom = Math.min(1, fit);
  const box = layout.places.get(around);
  if (zoom >= READABLE || !box) return centred({ x: left + width / 2, y: top + height / 2 }, size, zoom);
  // The box stands at the side of the page that has less of the drawing, and always on it.
  const room = size.width / 2 / PART - EDGE;
  const isRight = box.x - left > width / 2;
  const x = isRight ? box.x - Math.min(BOX.width, room - BOX.width) : box.x + Math.min(2 * BOX.width, room);
  return centred({ x, y: box.y }, size, PART);
}

/** A box in the middle. */
export function viewAt(layout: Framed, size: Size, id: string, zoom: number): Viewport | undefined {
  const at = layout.places.get(id);
  if (!at) return undefined;
  return centred({ x: at.x + BOX.width / 2, y: at.y + BOX.height / 2 }, size, Math.max(zoom, PART));
}

function centred(
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: Size,
  zoom: number,
): Viewport {
  return { x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom };
}

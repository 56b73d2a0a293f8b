/** What a layout speaks of. */

/** Size of a box, in pixels. */
export const BOX = { width: 214, height: 62 } as const;

/** Free room between boxes of one column, and between columns, in pixels. */
export const GAP = { y: 18, x: 58 } as const;

/** Upper left corner of a box, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Upper left corners by box. */
export type Places = ReadonlyMap<string, Point>;

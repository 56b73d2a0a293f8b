/** Layouts that are our own: in layers, and by adding to one that is there. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Drawing } from '../../../web/app/graph/drawing.js';
import { grownPlaces } from '../../../web/app/graph/grown-places.js';
import { layeredPlaces, layersOf } from '../../../web/app/graph/layered-places.js';
import { BOX, type Places } from '../../../web/app/graph/layout-terms.js';

/** Boxes `0` to `count - 1`, lines from cause to effect. */
function drawingOf(count: number, lines: readonly (readonly [number, number])[]): Drawing {
  const boxes = Array.from({ length: count }, (_, i) => ({
    ...{ id: String(i), kind: 'Dataset' as const, title: String(i), detail: '1' },
    ...{ shape: 'artifact' as const, isRoot: i === 0 },
  }));
  const named = new Map(
    lines.map(([cause, effect]) => [`${String(effect)} ${String(cause)}`, [cause, effect]]),
  );
  return {
    boxes,
    lines: [...named].map(([id, [cause, effect]]) => ({
      ...{ id, cause: String(cause), effect: String(effect), types: ['READ'] },
    })),
  };
}

const drawings = fc.integer({ min: 1, max: 60 }).chain((count) =>
  fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 150 }).map((pairs) =>
    drawingOf(
      count,
      pairs.filter(([a, b]) => a < b),
    ),
  ),
);

function overlaps(places: Places): string[] {
  const all = [...places];
  return all.flatMap(([id, a], i) =>
    all
      .slice(i + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < BOX.width && Math.abs(a.y - b.y) < BOX.height)
      .map(([other]) => `${id} and ${other}`),
  );
}

describe('in layers', () => {
  test('every box has a place of its own, to the right of what it comes from', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const places = layeredPlaces(drawing);
        expect(places.size).toBe(drawing.boxes.length);
        expect(overlaps(places)).toEqual([]);
        for (const { cause, effect } of drawing.lines) {
          expect(places.get(cause)!.x + BOX.width).toBeLessThan(places.get(effect)!.x);
        }
      }),
      { seed: 7 },
    );
  });

  test('a cycle, which groups of versions can make, is cut somewhere', () => {
    const links = [
      { from: 'a', to: 'b', types: ['READ'] },
      { from: 'b', to: 'a', types: ['READ'] },
      { from: 'c', to: 'b', types: ['READ'] },
    ];
    expect(layersOf(['a', 'b', 'c'], links).flat().sort()).toEqual(['a', 'b', 'c']);
  });

  test('a layer of thousands does not become one column of thousands', () => {
    const star = drawingOf(
      3_001,
      Array.from({ length: 3_000 }, (_, i) => [0, i + 1] as const),
    );
    const heights = [...layeredPlaces(star).values()].map(({ y }) => y);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(12_000);
  });
});

describe('growing', () => {
  test('leaves what was there in its place, and puts what is new beside what it hangs on', () => {
    fc.assert(
      fc.property(drawings, fc.nat(20), (drawing, less) => {
        const count = Math.max(1, drawing.boxes.length - less);
        const isOld = (id: string): boolean => Number(id) < count;
        const old: Drawing = {
          boxes: drawing.boxes.filter(({ id }) => isOld(id)),
          lines: drawing.lines.filter(({ cause, effect }) => isOld(cause) && isOld(effect)),
        };
        const before = layeredPlaces(old);
        const grown = grownPlaces(drawing, { places: before });
        if (grown === undefined) {
          expect(drawing.boxes.length - count).toBeGreaterThan(count / 2);
          return;
        }
        expect(grown.size).toBe(drawing.boxes.length);
        for (const [id, place] of before) expect(grown.get(id)).toEqual(place);
        expect(overlaps(grown)).toEqual([]);
      }),
      { seed: 8 },
    );
  });

  test('a new effect goes to the right of its cause, a new cause to the left of its effect', () => {
    const before = new Map([
      ['0', { x: 100, y: 40 }],
      ['1', { x: 500, y: 40 }],
      ['2', { x: 900, y: 40 }],
      ['3', { x: 1300, y: 40 }],
    ]);
    const grown = grownPlaces(
      drawingOf(6, [
        [0, 4],
        [5, 3],
      ]),
      { places: before },
    )!;
    expect(grown.get('4')!.x).toBeGreaterThan(100);
    expect(grown.get('4')!.x).toBeLessThan(500);
    expect(grown.get('5')!.x).toBeLessThan(1300);
  });

  test('a drawing of other boxes gets a layout of its own', () => {
    expect(grownPlaces(drawingOf(9, []), { places: new Map([['0', { x: 0, y: 0 }]]) })).toBeUndefined();
  });
});

/** Which part of a drawing is shown: all of it, where it can be read, and otherwise the part around its first box. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { BOX, type Point } from '../../../web/app/graph/layout-terms.js';
import { viewAt, viewOf, type Framed, type Viewport } from '../../../web/app/graph/viewport.js';

function layoutOf(points: readonly Point[]): Framed {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    places: new Map(points.map((point, i) => [String(i), point])),
    left,
    top,
    width: Math.max(...xs) + BOX.width - left,
    height: Math.max(...ys) + BOX.height - top,
  };
}

const POINTS = fc.array(
  fc.record({ x: fc.integer({ min: -9_000, max: 9_000 }), y: fc.integer({ min: -9_000, max: 9_000 }) }),
  { minLength: 1, maxLength: 20 },
);
const SIZE = fc.record({
  width: fc.integer({ min: 300, max: 2_000 }),
  height: fc.integer({ min: 300, max: 2_000 }),
});

/** Where a box is on the screen. */
function onScreen({ x, y, zoom }: Viewport, at: Point): Record<'left' | 'top' | 'right' | 'bottom', number> {
  const [left, top] = [x + at.x * zoom, y + at.y * zoom];
  return { left, top, right: left + BOX.width * zoom, bottom: top + BOX.height * zoom };
}

describe('viewOf', () => {
  test('has every box on the screen if they can be read then, and the first one in any case', () => {
    fc.assert(
      fc.property(POINTS, SIZE, (points, size) => {
        const layout = layoutOf(points);
        const view = viewOf(layout, size, '0');
        const isReadable = Math.max(layout.width / size.width, layout.height / size.height) * 0.3 <= 0.92;
        for (const point of isReadable ? points : points.slice(0, 1)) {
          const { left, top, right, bottom } = onScreen(view, point);
          expect(Math.min(left, top)).toBeGreaterThan(0);
          expect(right).toBeLessThan(size.width);
          expect(bottom).toBeLessThan(size.height);
        }
        expect(view.zoom).toBeGreaterThanOrEqual(0.3);
        expect(view.zoom).toBeLessThanOrEqual(1);
      }),
      { seed: 84 },
    );
  });

  test('a drawing without the box that it should begin at is shown whole, however small', () => {
    const layout = layoutOf([
      { x: 0, y: 0 },
      { x: 99_786, y: 0 },
    ]);
    expect(viewOf(layout, { width: 1_000, height: 1_000 }, 'none').zoom).toBeCloseTo(0.0092, 6);
  });
});

describe('viewAt', () => {
  test('puts a box into the middle, at least so large that its buttons can be hit', () => {
    const layout = layoutOf([{ x: 100, y: 50 }]);
    const view = viewAt(layout, { width: 800, height: 600 }, '0', 0.1)!;
    const { left, right, top, bottom } = onScreen(view, { x: 100, y: 50 });
    expect([(left + right) / 2, (top + bottom) / 2]).toEqual([400, 300]);
    expect(view.zoom).toBe(0.7);
    expect(viewAt(layout, { width: 800, height: 600 }, '0', 1.5)!.zoom).toBe(1.5);
  });

  test('is nothing for what is not drawn', () => {
    expect(viewAt(layoutOf([{ x: 0, y: 0 }]), { width: 800, height: 600 }, 'none', 1)).toBeUndefined();
  });
});

/** Marks the moment when a layout is on the screen, for the browser's performance tools and the benchmark. */
import { useEffect } from 'react';

import type { Layout } from '../../graph/layout.js';

export function useDrawnMark(layout: Layout): void {
  useEffect(() => {
    // After this frame, in which the layout is painted, has begun the next one.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        performance.mark('pedigree-drawn', { detail: layout.drawing.boxes.length });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [layout]);
}

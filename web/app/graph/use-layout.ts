/** The layout of a drawing, made beside the page. */
import { useEffect, useRef, useState } from 'react';

import type { Drawing } from './drawing.js';
import { place, type Layout } from './layout.js';

export interface LayoutState {
  /** Until the first one is there: undefined. While the next one is made: the one before. */
  readonly layout: Layout | undefined;
  readonly error: Error | undefined;
  /** Lays everything out anew. */
  readonly tidy: () => void;
}

export function useLayout(drawing: Drawing): LayoutState {
  const [layout, setLayout] = useState<Layout>();
  const [error, setError] = useState<Error>();
  const before = useRef<Layout>(undefined);
  const begin = useRef<(from?: Layout) => () => void>(() => () => undefined);
  useEffect(() => {
    begin.current = (from) => {
      let wanted = true;
      place(drawing, from).then(
        (placed) => {
          if (!wanted) return;
          before.current = placed;
          setLayout(placed);
        },
        (failure: unknown) => wanted && setError(failure as Error),
      );
      return () => {
        wanted = false;
      };
    };
    return begin.current(before.current);
  }, [drawing]);
  return { layout, error, tidy: () => void begin.current() };
}

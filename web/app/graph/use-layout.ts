/** The layout of a drawing, made beside the page. */
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Drawing } from './drawing.js';
import { place, placeFinely, type Layout } from './layout.js';

export interface LayoutState {
  /** Until the first one is there: undefined. While the next one is made: the one before. */
  readonly layout: Layout | undefined;
  readonly error: Error | undefined;
  /** Lays everything out anew, however long that takes. */
  readonly tidy: () => void;
  readonly isTidying: boolean;
}

export function useLayout(drawing: Drawing): LayoutState {
  const [layout, setLayout] = useState<Layout>();
  const [error, setError] = useState<Error>();
  const [isTidying, setTidying] = useState(false);
  const before = useRef<Layout>(undefined);
  // Of several that are under way, the last that was asked for counts.
  const asked = useRef(0);
  const show = useCallback((made: Promise<Layout>) => {
    const mine = (asked.current += 1);
    made.then(
      (placed) => {
        if (mine !== asked.current) return;
        before.current = placed;
        setLayout(placed);
        setTidying(false);
      },
      (failure: unknown) => mine === asked.current && setError(failure as Error),
    );
  }, []);
  useEffect(() => show(place(drawing, before.current)), [drawing, show]);
  const tidy = (): void => {
    setTidying(true);
    show(placeFinely(drawing));
  };
  return { layout, error, tidy, isTidying };
}

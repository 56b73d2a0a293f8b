/** Many boxes as dots, drawn by the graphics card: to see the shape of a lineage, and to find one's way into it. */
import { Maximize, Minus, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';

import { showCount } from '../../parts/number.js';
import type { ExploreProps } from './explore-state.js';
import type { Layout } from '../../graph/layout.js';
import { connected } from '../../graph/lineage-graph.js';
import { OverviewDrawing } from './overview-drawing.js';
import { useDrawnMark } from './use-drawn-mark.js';

interface OverviewProps extends ExploreProps {
  readonly layout: Layout;
}

export function Overview({ state: { of, focus }, change, layout }: OverviewProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const { drawing, problem } = useDrawing(layout, place, of, change);
  const lit = useMemo(() => {
    if (!layout.places.has(focus)) return undefined;
    const links = layout.drawing.lines.map(({ effect, cause, types }) => ({
      from: effect,
      to: cause,
      types,
    }));
    return connected({ links }, focus);
  }, [layout, focus]);
  useEffect(() => drawing?.look(focus, lit), [drawing, focus, lit]);
  useDrawnMark(layout);
  const count = showCount(layout.drawing.boxes.length);
  return (
    <div className="canvas overview" role="group" aria-label="Graph">
      <div ref={place} className="overview-place" aria-hidden="true" />
      <p className="overview-note fine" role="status">
        {problem ?? `${count} boxes as an overview: zoom in for names, choose one to see what it is.`}
      </p>
      <div className="overview-controls">
        <button type="button" className="button quiet" onClick={() => drawing?.zoom(0.6)}>
          <Plus aria-hidden="true" /> <span className="unseen">Zoom in</span>
        </button>
        <button type="button" className="button quiet" onClick={() => drawing?.zoom(1 / 0.6)}>
          <Minus aria-hidden="true" /> <span className="unseen">Zoom out</span>
        </button>
        <button type="button" className="button quiet" onClick={() => drawing?.whole()}>
          <Maximize aria-hidden="true" /> <span className="unseen">Show all of it</span>
        </button>
      </div>
    </div>
  );
}

interface Drawn {
  readonly drawing?: OverviewDrawing;
  /** Why there is no drawing. */
  readonly problem?: string;
}

function useDrawing(
  layout: Layout,
  place: RefObject<HTMLDivElement | null>,
  root: string,
  change: ExploreProps['change'],
): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({});
  useEffect(() => {
    if (!place.current) return undefined;
    try {
      const drawing = new OverviewDrawing(place.current, layout, root, (id) => change({ focus: id }));
      setDrawn({ drawing });
      return () => drawing.end();
    } catch (error) {
      const reason = (error as Error).message;
      setDrawn({
        problem: `This browser cannot draw the overview (WebGL: ${reason}). The table shows all of it.`,
      });
      return undefined;
    }
  }, [layout, place, root, change]);
  return drawn;
}

/** The drawn graph: as boxes that can be reached with the keyboard, or, where they are too many to be read, as an overview. */
import { ReactFlowProvider } from '@xyflow/react';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';

import { Failure, Loading } from '../../parts/states.js';
import type { Drawing } from './drawing.js';
import { ExportButtons } from './export-buttons.js';
import type { ExploreProps } from './explore-state.js';
import { Flow } from './flow.js';
import { place, READABLE, type Layout } from './layout.js';

const Overview = lazy(() => import('./overview.js').then(({ Overview: view }) => ({ default: view })));

interface CanvasProps extends ExploreProps {
  readonly drawing: Drawing;
}

export function Canvas({ state, change, drawing }: CanvasProps): ReactNode {
  const { layout, error, tidy } = useLayout(drawing);
  if (error) return <Failure error={error} />;
  if (!layout) return <Loading what="the drawing" />;
  const isOverview = layout.drawing.boxes.length > READABLE;
  return (
    <div className="canvas-frame">
      {isOverview ? (
        <Suspense fallback={<Loading what="the overview" />}>
          <Overview state={state} change={change} layout={layout} />
        </Suspense>
      ) : (
        <ReactFlowProvider>
          <Flow state={state} change={change} layout={layout} />
        </ReactFlowProvider>
      )}
      <div className="export">
        {layout.isGrown ? (
          <button type="button" className="button quiet" onClick={tidy}>
            Tidy up
          </button>
        ) : null}
        <ExportButtons layout={layout} root={state.of} />
      </div>
    </div>
  );
}

interface LayoutState {
  readonly layout: Layout | undefined;
  readonly error: Error | undefined;
  /** Lays everything out anew. */
  readonly tidy: () => void;
}

/** The drawing's layout, made beside the page; until it is there, the one before is. */
function useLayout(drawing: Drawing): LayoutState {
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

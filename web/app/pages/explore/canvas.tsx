/** The drawn graph: as boxes that can be reached with the keyboard, or, where they are too many to be read, as an overview. */
import { ReactFlowProvider } from '@xyflow/react';
import { lazy, Suspense, type ReactNode } from 'react';

import { Failure, Loading } from '../../parts/states.js';
import type { Drawing } from '../../graph/drawing.js';
import { ExportButtons } from './export-buttons.js';
import type { ExploreProps } from './explore-state.js';
import { Flow } from './flow.js';
import { READABLE } from '../../graph/layout.js';
import { useLayout } from '../../graph/use-layout.js';

const Overview = lazy(() => import('./overview.js').then(({ Overview: view }) => ({ default: view })));

interface CanvasProps extends ExploreProps {
  readonly drawing: Drawing;
}

export function Canvas({ state, change, drawing }: CanvasProps): ReactNode {
  const { layout, error, tidy, isTidying } = useLayout(drawing);
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
        {layout.isGrown || layout.isDraft ? (
          <button type="button" className="button quiet" disabled={isTidying} onClick={tidy}>
            {isTidying ? 'Tidying up …' : 'Tidy up'}
          </button>
        ) : null}
        <ExportButtons layout={layout} root={state.of} />
      </div>
    </div>
  );
}

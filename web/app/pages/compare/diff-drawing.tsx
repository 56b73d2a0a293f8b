/** What two artifacts come from, as one drawing and as one table of the same boxes, with what differs. */
import { useCallback, useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import '@xyflow/react/dist/base.css';
import '../../styles/explore.css';
import '../../styles/compare.css';
import { BoxCanvas, type BoxLook } from '../../graph/box-canvas.js';
import type { Box } from '../../graph/drawing.js';
import type { CompareQuery } from '../../graphql/operations.gen.js';
import { parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { showCount } from '../../parts/number.js';
import { Failure, Loading } from '../../parts/states.js';
import { diffGraph, STATES, type DiffGraph, type DiffState } from './diff-graph.js';
import { DiffTable } from './diff-table.js';
import { FieldDifferences } from './field-differences.js';
import { SAID } from './said.js';
import { useAncestries } from './use-ancestries.js';

type Diff = CompareQuery['diff'];

interface DiffDrawingProps {
  readonly a: string;
  readonly b: string;
  readonly diff: Diff;
}

export function DiffDrawing({ a, b, diff }: DiffDrawingProps): ReactNode {
  const { data, error } = useAncestries(a, b, diff.asOf);
  const [search, set] = useDiffSearch();
  const left = search.getAll('without').join(' ');
  const graph = useMemo(
    () => data && diffGraph(diff, data, new Set(STATES.filter((state) => left.split(' ').includes(state)))),
    [diff, data, left],
  );
  const isTable = search.get('view') === 'table';
  return (
    <section className="card" aria-labelledby="drawn">
      <div className="card-top">
        <h2 id="drawn">Both ancestries, laid over each other</h2>
        <ViewButton isTable={isTable} show={(view) => set('view', view === 'table' ? ['table'] : [])} />
      </div>
      {error ? <Failure error={error} /> : null}
      {graph || error ? null : <Loading what="both ancestries" />}
      {graph ? (
        <DiffLegend graph={graph} left={left.split(' ')} leave={(states) => set('without', states)} />
      ) : null}
      {graph ? <LinesLeftOut ids={graph.unnamed} /> : null}
      {graph && isTable ? <DiffTable graph={graph} /> : null}
      {graph && !isTable ? (
        <Drawn
          graph={graph}
          chosen={search.get('look') ?? ''}
          choose={(id) => set('look', id === null ? [] : [id])}
        />
      ) : null}
      {graph ? <Looked graph={graph} diff={diff} id={search.get('look') ?? ''} /> : null}
    </section>
  );
}

/** What has so many lines that not all of them were asked for. */
function LinesLeftOut({ ids }: { readonly ids: readonly string[] }): ReactNode {
  if (ids.length === 0) return null;
  const names = ids.slice(0, 3).map((id) => parseId(id).name);
  return (
    <p className="notice" role="status">
      Lines are left out of {names.join(', ')}
      {ids.length > 3 ? ` and ${showCount(ids.length - 3)} more` : ''}: they have more than were asked for.
    </p>
  );
}

/** What the drawing shows is in the address, beside what is compared. */
function useDiffSearch(): readonly [URLSearchParams, (name: string, values: readonly string[]) => void] {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, values: readonly string[]): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete(name);
        for (const value of values) next.append(name, value);
        return next;
      },
      { replace: true },
    );
  return [search, set];
}

function ViewButton({
  isTable,
  show,
}: {
  readonly isTable: boolean;
  readonly show: (view: 'graph' | 'table') => void;
}): ReactNode {
  return (
    <div className="buttons">
      {(['graph', 'table'] as const).map((view) => (
        <button
          key={view}
          type="button"
          className="button quiet"
          aria-pressed={isTable === (view === 'table')}
          onClick={() => show(view)}
        >
          {view === 'graph' ? 'Drawing' : 'Table'}
        </button>
      ))}
    </div>
  );
}

interface DiffLegendProps {
  readonly graph: DiffGraph;
  readonly left: readonly string[];
  readonly leave: (states: readonly string[]) => void;
}

/** Each state by sign, pattern and colour, how many there are, and a way to leave it out. */
function DiffLegend({ graph: { counts }, left, leave }: DiffLegendProps): ReactNode {
  return (
    <>
      <ul className="legend" aria-label="What differs">
        {STATES.map((state) => {
          const isLeft = left.includes(state);
          const others = left.filter((name) => name !== state && name !== '');
          return (
            <li key={state}>
              <button
                type="button"
                aria-pressed={!isLeft}
                className="legend-kind"
                onClick={() => leave(isLeft ? others : [...others, state])}
              >
                <span className={`swatch diff-${state}`} aria-hidden="true">
                  {SAID[state].sign}
                </span>
                {SAID[state].words} <strong>{showCount(counts[state].total)}</strong>
              </button>
            </li>
          );
        })}
      </ul>
      {STATES.filter((state) => !left.includes(state) && counts[state].drawn < counts[state].total).map(
        (state) => (
          <p key={state} className="notice" role="status">
            {showCount(counts[state].drawn)} of {showCount(counts[state].total)} that are {SAID[state].words}{' '}
            are shown here: the nearest.
          </p>
        ),
      )}
    </>
  );
}

interface DrawnProps {
  readonly graph: DiffGraph;
  readonly chosen: string;
  readonly choose: (id: string | null) => void;
}

function Drawn({ graph: { drawing, boxes }, chosen, choose }: DrawnProps): ReactNode {
  const stateOf = useCallback((id: string): DiffState => boxes.get(id)?.state ?? 'shared', [boxes]);
  const lookOf = useCallback(
    ({ id }: Box): BoxLook => ({ tone: `diff-${stateOf(id)}`, badge: SAID[stateOf(id)] }),
    [stateOf],
  );
  const lineClass = useCallback(
    (cause: string, effect: string) =>
      `line-${[stateOf(cause), stateOf(effect)].find((state) => state.startsWith('only')) ?? 'shared'}`,
    [stateOf],
  );
  return (
    <BoxCanvas
      label="Both ancestries"
      drawing={drawing}
      lookOf={lookOf}
      lineClass={lineClass}
      chosen={chosen}
      choose={choose}
    />
  );
}

interface LookedProps {
  readonly graph: DiffGraph;
  readonly diff: Diff;
  readonly id: string;
}

/** The box that is looked at: its artifacts, and what differs in them. */
function Looked({ graph, diff, id }: LookedProps): ReactNode {
  const box = graph.boxes.get(id);
  if (!box) {
    return (
      <p className="fine">
        Causes are on the left. Choose a box to see what differs in it; with the keyboard: Tab, arrows along
        the lines, Enter.
      </p>
    );
  }
  const pair = diff.changed.items.find(({ a }) => a.id === box.id);
  return (
    <div className="changed" role="status">
      <p>
        {SAID[box.state].words}:{' '}
        {[...new Set([box.a, box.b])].map((each) =>
          each === undefined ? null : <ArtifactLink key={each} id={each} />,
        )}
      </p>
      {pair ? <FieldDifferences fields={pair.fields} /> : null}
    </div>
  );
}

/** The level of columns, on demand: what one column or feature was made from, or what was made from it. */
import { X } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { BoxCanvas, type BoxLook } from '../../graph/box-canvas.js';
import type { Direction } from '../../graph/lineage-graph.js';
import { ColumnLineageDocument } from '../../graphql/operations.gen.js';
import { KIND_WORDS, parseId } from '../../parts/artifact-id.js';
import { Failure, Loading } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { columnGraph, columnKey, columnTitle, type ColumnGraph } from './column-graph.js';
import type { ExploreProps, ExploreState } from './explore-state.js';

export function ColumnLevel({ state, change }: ExploreProps): ReactNode {
  const { column } = state;
  const { graph, error, isLoading, hasMore } = useColumns(state);
  if (column === null) return null;
  const { name } = parseId(column.id);
  return (
    <section className="card column-level" aria-labelledby="columns">
      <div className="card-top">
        <h2 id="columns">
          {column.name === null ? `Columns of the feature ${name}` : `Column ${column.name} of ${name}`}
        </h2>
        <button type="button" className="button quiet" onClick={() => change({ column: null })}>
          <X aria-hidden="true" /> Back to artifacts alone
        </button>
      </div>
      {error ? <Failure error={error} /> : null}
      {isLoading ? <Loading what="the columns" /> : null}
      {hasMore ? <p className="notice">There are more: the nearest 200 columns are shown.</p> : null}
      {graph.cut.map((cut) => (
        <p key={columnKey(cut)} className="notice">
          {columnTitle(cut)} of {cut.name} has more links than are shown.
        </p>
      ))}
      {graph.columns.length === 1 ? (
        <p className="absent">Nobody said what it was made from or what it feeds.</p>
      ) : null}
      {graph.columns.length > 1 ? <Columns graph={graph} /> : null}
    </section>
  );
}

interface AskedColumns {
  readonly graph: ColumnGraph;
  readonly error: Error | null;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
}

/** In the directions in which the explorer goes. */
function useColumns({ column, way, asOf }: ExploreState): AskedColumns {
  const of = { id: column?.id ?? '', column: column?.name ?? null };
  const isAsked = (direction: Direction): boolean => column !== null && (way === 'BOTH' || way === direction);
  const up = useAnswer(
    ColumnLineageDocument,
    { of, asOf, direction: 'UPSTREAM' },
    { when: isAsked('UPSTREAM') },
  );
  const down = useAnswer(
    ColumnLineageDocument,
    { of, asOf, direction: 'DOWNSTREAM' },
    { when: isAsked('DOWNSTREAM') },
  );
  const graph = useMemo(
    () => columnGraph([up.data, down.data].flatMap((data) => (data ? [data.columnLineage] : []))),
    [up.data, down.data],
  );
  return {
    graph,
    error: up.error ?? down.error,
    isLoading: up.isLoading || down.isLoading,
    hasMore: [up.data, down.data].some((data) => data?.columnLineage.hasNextPage === true),
  };
}

function Columns({ graph }: { readonly graph: ColumnGraph }): ReactNode {
  const [chosen, choose] = useState<string | null>(null);
  const lookOf = useCallback((): BoxLook => ({ tone: '' }), []);
  const near = useMemo(
    () =>
      new Set(
        graph.links
          .filter(({ from, to }) => from === chosen || to === chosen)
          .flatMap(({ from, to }) => [from, to]),
      ),
    [graph, chosen],
  );
  const lineClass = useCallback(
    (cause: string, effect: string) =>
      chosen === null || (near.has(cause) && near.has(effect)) ? '' : 'dim',
    [chosen, near],
  );
  return (
    <>
      <BoxCanvas
        label="Columns"
        drawing={graph.drawing}
        lookOf={lookOf}
        lineClass={lineClass}
        chosen={chosen ?? ''}
        choose={choose}
      />
      <ColumnTable graph={graph} />
    </>
  );
}

function ColumnTable({ graph: { columns, links } }: { readonly graph: ColumnGraph }): ReactNode {
  const titles = new Map(columns.map((each) => [columnKey(each), `${each.name}: ${columnTitle(each)}`]));
  return (
    <Table label="Columns as a table" heads={['Column', 'Of', 'Kind', 'Made from', 'How']}>
      {columns.map((column) => {
        const made = links.filter(({ from }) => from === columnKey(column));
        return (
          <tr key={columnKey(column)}>
            <th scope="row">{columnTitle(column)}</th>
            <td>
              {column.namespace}/{column.name}
            </td>
            <td>{KIND_WORDS[column.kind][0]}</td>
            <td>{made.map(({ to }) => titles.get(to) ?? to).join('; ')}</td>
            <td>{made.map(({ words }) => words).join('; ')}</td>
          </tr>
        );
      })}
    </Table>
  );
}

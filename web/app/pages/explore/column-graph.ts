/** Columns and what they were made from, as boxes and lines. Without a page and without a server. */
import { joinLines, type Box, type Drawing } from '../../graph/drawing.js';
import type { ColumnLineageQuery, ColumnNameFragment } from '../../graphql/operations.gen.js';

type Answer = ColumnLineageQuery['columnLineage'];

/** How one column was made from another. */
export interface ColumnLink {
  readonly from: string;
  readonly to: string;
  readonly words: string;
}

export interface ColumnGraph {
  readonly drawing: Drawing;
  readonly columns: readonly ColumnNameFragment[];
  readonly links: readonly ColumnLink[];
  /** Columns with more links than the answer names. */
  readonly cut: readonly ColumnNameFragment[];
}

/** Joins the answers for both directions: the same column is one box. */
export function columnGraph(answers: readonly Answer[]): ColumnGraph {
  const stops = answers.flatMap(({ root, columns }) => [root, ...columns]);
  const columns = new Map(stops.map(({ column }) => [columnKey(column), column]));
  const links = new Map(
    stops
      .flatMap((stop) => stop.links.items)
      .map(({ from, to, transformation, masking }) => {
        const words = [transformation ?? 'nobody says how', masking ? 'masked' : '']
          .filter(Boolean)
          .join(', ');
        return { from: columnKey(from), to: columnKey(to), words };
      })
      .filter(({ from, to }) => columns.has(from) && columns.has(to))
      .map((link) => [JSON.stringify(link), link]),
  );
  const root = answers[0] && columnKey(answers[0].root.column);
  return {
    drawing: {
      boxes: [...columns].map(([key, column]) => boxOf(key, column, key === root)),
      lines: joinLines([...links.values()].map(({ from, to, words }) => [from, to, [words]] as const)),
    },
    columns: [...columns.values()],
    links: [...links.values()],
    cut: stops.filter((stop) => stop.links.truncated).map(({ column }) => column),
  };
}

export function columnKey({ dataset, column }: ColumnNameFragment): string {
  return `${dataset} ${column ?? ''}`;
}

/** `*` stands for the data set as a whole; a feature has no column. */
export function columnTitle({ column, name }: ColumnNameFragment): string {
  if (column === null) return name;
  return column === '*' ? `all of ${name}` : column;
}

function boxOf(id: string, column: ColumnNameFragment, isRoot: boolean): Box {
  const { kind, namespace, name } = column;
  const detail = column.column === null ? namespace : `${namespace}/${name}`;
  return { id, kind, title: columnTitle(column), detail, shape: 'artifact', isRoot };
}

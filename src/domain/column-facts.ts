/**
 * What a declaration says about columns. It can be read again from the entry's values at any time, so the plane of
 * columns is an index of the log and nothing of its own.
 */
import { EVERY_COLUMN, type ColumnLineage } from './columns.js';
import type { CheckedDeclaration, CheckedEdge } from './declaration.js';
import type { SupplementedDataset } from './supplement.js';

/** A column of a data set, whichever version; a feature is the one column `*` of its definition. */
export interface ColumnRef {
  /** An id without its version: `dataset:namespace/name` or `featuredef:namespace/name`. */
  readonly dataset: string;
  readonly column: string;
}

/** `from` was made from `to`, by a transformation (`''` if nobody says which). */
export interface ColumnLink {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  readonly transformation: string;
  readonly masking: boolean;
}

export interface ColumnFacts {
  readonly columns: readonly ColumnRef[];
  readonly links: readonly ColumnLink[];
}

/** The members of a declaration that say something about columns. */
export type ColumnSource = Pick<CheckedDeclaration, 'id' | 'kind' | 'fields' | 'edges'>;

/** How a column depends on its data set as a whole. */
const OF_DATASET = 'DATASET';

/** The columns that a declaration names and the links between them, each once. */
export function columnFacts(declaration: ColumnSource): ColumnFacts {
  const schemas = schemasOf(declaration);
  const links = declaration.edges.flatMap((edge) => [...producedLinks(edge, schemas), ...derivedLinks(edge)]);
  const named = [...schemas].flatMap(([dataset, columns]) => columns.map((column) => ({ dataset, column })));
  return {
    columns: [...named, ...links.flatMap(({ from, to }) => [from, to])],
    links,
  };
}

/** The id of all versions of an artifact. */
export function unversionedId(id: string): string {
  return id.slice(0, id.lastIndexOf('@'));
}

/** The column names that a declaration gives to data sets. */
function schemasOf({ id, kind, fields }: ColumnSource): Map<string, string[]> {
  const namesOf = (schema: unknown): string[] =>
    ((schema ?? []) as { readonly name: string }[]).map(({ name }) => name);
  if (kind === 'Dataset') return new Map([[unversionedId(id), namesOf(fields.schema)]]);
  if (fields.type !== 'SUPPLEMENTS') return new Map();
  const datasets = (fields.datasets ?? []) as unknown as readonly SupplementedDataset[];
  return new Map(datasets.map((dataset) => [unversionedId(dataset.id), namesOf(dataset.schema)]));
}

function producedLinks(
  { type, from, props }: CheckedEdge,
  schemas: ReadonlyMap<string, readonly string[]>,
): ColumnLink[] {
  if (type !== 'PRODUCED_BY' || props.columns === undefined) return [];
  const lineage = props.columns as unknown as readonly ColumnLineage[];
  const dataset = unversionedId(from);
  const stated = lineage.flatMap(({ column, from: sources }) =>
    sources.map((source) => ({
      from: { dataset, column },
      to: { dataset: unversionedId(source.dataset), column: source.column },
      transformation: source.transformation ?? '',
      masking: source.masking ?? false,
    })),
  );
  if (!lineage.some(({ column }) => column === EVERY_COLUMN)) return stated;
  const known = new Set([...lineage.map(({ column }) => column), ...(schemas.get(dataset) ?? [])]);
  known.delete(EVERY_COLUMN);
  return [...stated, ...[...known].map((column) => ofDataset(dataset, column))];
}

/** What the whole data set depends on, each of its columns depends on. */
function ofDataset(dataset: string, column: string): ColumnLink {
  return {
    from: { dataset, column },
    to: { dataset, column: EVERY_COLUMN },
    transformation: OF_DATASET,
    masking: false,
  };
}

/** A feature from the columns it names; from the whole of what it was derived from where it names none. */
function derivedLinks({ type, from, to, props }: CheckedEdge): ColumnLink[] {
  if (type !== 'DERIVED_FROM') return [];
  const columns = (props.columns ?? [EVERY_COLUMN]) as readonly string[];
  return columns.map((column) => ({
    from: { dataset: unversionedId(from), column: EVERY_COLUMN },
    to: { dataset: unversionedId(to), column },
    transformation: '',
    masking: false,
  }));
}

/**
 * Following one row back through data sets whose producers said how output rows come from input rows
 * (DESIGN, Rows). A row path that nobody declared is never made up: there the trace ends and says why.
 */
import type { HeldKeys, RowKey, RowLineage } from '../domain/declaration.js';
import type { Json } from '../domain/json.js';
import type { StoredEdge } from '../store/lineage-reader.js';
import { openValues } from '../store/stored-values.js';
import type { RowGraph } from './remembered-graph.js';

/** Why a row is followed no further. */
export type RowEnd =
  'SOURCE' | 'AGGREGATED' | 'NOT_DECLARED' | 'DATASET_NOT_DECLARED' | 'HIDDEN' | 'LIMIT_REACHED';

/** A row of a data set that the decision depends on. */
export interface TracedRow {
  readonly dataset: string;
  readonly key: RowKey;
  /** Data sets between the decision and this row, this one included. */
  readonly depth: number;
  /** The data set whose row led here; undefined for the row that was scored. */
  readonly from?: string;
  /** False if several candidates fit and the producer did not say which. */
  readonly exact: boolean;
  /** Set where the path ends; `SOURCE` is a raw record. */
  readonly ends?: RowEnd;
}

/** Most rows in one trace: a lookup table of candidates must not flood the answer. */
const MAX_TRACED_ROWS = 1_000;

/** What following a row needs to know of data sets. */
export interface RowDatasets {
  readonly edges: ReadonlyMap<string, readonly StoredEdge[]>;
  readonly keys: ReadonlyMap<string, HeldKeys | undefined>;
  readonly declared: ReadonlySet<string>;
}

/**
 * Follows rows level by level, nearest first. Once there are {@link MAX_TRACED_ROWS}, the rows of the next level are named
 * but not followed, and say so.
 */
export async function traceRows(
  graph: RowGraph,
  start: readonly TracedRow[],
  asOf: number,
): Promise<TracedRow[]> {
  const traced = new Map<string, TracedRow>();
  let frontier = start;
  while (frontier.length > 0 && traced.size < MAX_TRACED_ROWS) {
    const datasets = await loadDatasets(graph, [...new Set(frontier.map((row) => row.dataset))], asOf);
    const next: TracedRow[] = [];
    for (const row of frontier) {
      const { causes, ends } = stepBack(row, datasets);
      traced.set(identity(row), ends === undefined ? row : { ...row, ends });
      next.push(...causes);
    }
    frontier = [...new Map(next.map((row) => [identity(row), row])).values()].filter(
      (row) => !traced.has(identity(row)),
    );
  }
  const unfollowed = frontier.map((row) => ({ ...row, ends: 'LIMIT_REACHED' as const }));
  return [...traced.values(), ...unfollowed];
}

async function loadDatasets(graph: RowGraph, ids: readonly string[], asOf: number): Promise<RowDatasets> {
  const edges = new Map(
    [...(await graph.edges(ids, 'UPSTREAM', asOf, MAX_TRACED_ROWS))].map(([id, { items }]) => [id, items]),
  );
  const parents = [...edges.values()].flat().flatMap((edge) => rowsOf(edge).map((rows) => rows.from));
  const nodes = await graph.nodes([...new Set([...ids, ...parents])], asOf);
  return {
    edges,
    keys: new Map(
      [...nodes].map(([id, props]) => [id, openValues(props).get('value/keys') as HeldKeys | undefined]),
    ),
    declared: new Set([...nodes].flatMap(([id, props]) => (props.declared === true ? [id] : []))),
  };
}

/** The rows that a row came from, one step back, or why it is followed no further. */
export function stepBack(row: TracedRow, datasets: RowDatasets): { causes: TracedRow[]; ends?: RowEnd } {
  const edges = datasets.edges.get(row.dataset) ?? [];
  if (edges.length === 0)
    return { causes: [], ends: datasets.declared.has(row.dataset) ? 'SOURCE' : 'DATASET_NOT_DECLARED' };
  const resolved = edges
    .filter((edge) => edge.type === 'RESOLVED_TO')
    .map((edge) => causeOf(row, edge.to, row.key));
  const rows = edges.filter((edge) => edge.type === 'PRODUCED_BY').flatMap(rowsOf);
  const causes = [...resolved, ...mappedCauses(row, rows), ...unionCauses(row, rows, datasets.keys)];
  if (causes.length > 0) return { causes };
  if (edges.some(({ rowsHidden }) => rowsHidden)) return { causes, ends: 'HIDDEN' };
  return { causes, ends: rows.some(({ mode }) => mode === 'AGGREGATE') ? 'AGGREGATED' : 'NOT_DECLARED' };
}

/** How the rows of a run's output come from its inputs, as a PRODUCED_BY edge says. */
export function rowsOf(edge: StoredEdge): readonly RowLineage[] {
  return (edge.props.rows ?? []) as unknown as readonly RowLineage[];
}

const KEY_SURVIVES = new Set(['SAME_KEYS', 'FILTER', 'JOIN', 'LOOKUP']);

function mappedCauses(row: TracedRow, rows: readonly RowLineage[]): TracedRow[] {
  return rows
    .filter(({ mode }) => KEY_SURVIVES.has(mode))
    .flatMap(({ from, keyMap }) => {
      const key = keyMap ? keyMap.map((position) => row.key[position]) : row.key;
      return key.some((part) => part === undefined) ? [] : [causeOf(row, from, key as RowKey)];
    });
}

/** A union's row came from one part: the one that says it holds the key; where none says so, from any that may. */
function unionCauses(
  row: TracedRow,
  rows: readonly RowLineage[],
  keys: ReadonlyMap<string, HeldKeys | undefined>,
): TracedRow[] {
  const parts = rows.filter(({ mode }) => mode === 'UNION');
  const holding = parts.filter(({ from }) => holdsKey(keys.get(from), row.key) === true);
  if (holding.length > 0) return holding.map(({ from }) => causeOf(row, from, row.key, holding.length === 1));
  const possible = parts.filter(({ from }) => holdsKey(keys.get(from), row.key) === undefined);
  return possible.map(({ from }) => causeOf(row, from, row.key, possible.length === 1));
}

function causeOf(row: TracedRow, dataset: string, key: RowKey, exact = true): TracedRow {
  return { dataset, key, depth: row.depth + 1, from: row.dataset, exact: row.exact && exact };
}

/** True or false where the data set says which keys it holds, undefined where it does not or has other keys. */
export function holdsKey(held: HeldKeys | undefined, key: RowKey): boolean | undefined {
  if (held?.columns.length !== key.length) return undefined;
  if (held.in?.some((candidate) => compareKeys(candidate, key) === 0)) return true;
  if (held.from && held.to) return compareKeys(held.from, key) <= 0 && compareKeys(key, held.to) <= 0;
  return held.in ? false : undefined;
}

/** Orders keys part by part: numbers by value, text by code unit; parts of different types are never equal. */
export function compareKeys(a: RowKey, b: RowKey): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = compareParts(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: Json | undefined, b: Json | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return a < b ? -1 : 1;
}

function identity({ dataset, key }: TracedRow): string {
  return JSON.stringify([dataset, key]);
}

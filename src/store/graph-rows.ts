/** The columns of the one statement that writes nodes without values, attestations and edges, from a planned batch. */
import { PedigreeError, required } from '../domain/errors.js';
import { OPEN_UNTIL } from './as-of.js';
import type { PlacedEntry } from './batch-plan.js';
import type { NodeRow } from './entry-rows.js';
import type { EntryWriteGraphParams } from './queries.gen.js';

type Made = EntryWriteGraphParams['made'];
type Attested = EntryWriteGraphParams['attested'];
type Edges = EntryWriteGraphParams['edges'];

/** Columns by the property that each holds; the others are named like theirs. */
const MADE = {
  ...{ id: 'ids', namespace: 'namespaces', name: 'names', version: 'versions', seq: 'seqs' },
  ...{ declared: 'declared', occurredAt: 'occurredAts', digest: 'digests', leafIndex: 'leafIndexes' },
  ...{ by: 'bys', k: 'ks' },
} as const;
const ATTESTED = {
  ...{ id: 'ids', namespace: 'namespaces', name: 'names', version: 'versions', occurredAt: 'occurredAts' },
  ...{ digest: 'digests', leafIndex: 'leafIndexes', by: 'bys', k: 'ks', values: 'values', sealed: 'sealed' },
  ...{ kid: 'kids', type: 'types', author: 'authors', state: 'states', finding: 'findings' },
  ...{ codeRepository: 'codeRepositories', codeCommit: 'codeCommits', sources: 'sources' },
} as const;
const EDGE_PROPS = {
  ...{ props: 'props', toDigest: 'toDigests', role: 'roles', input: 'inputs', split: 'splits' },
} as const;

/** Properties that are the same for all of a batch. */
const SHARED: ReadonlySet<string> = new Set(['recordedAt', 'declared']);

/** True if the statement can hold all that the node has: nothing but who declared it, when, and where it stands. */
export function isBare({ props, score }: NodeRow): boolean {
  return score === null && Object.keys(props).every((name) => name in MADE || SHARED.has(name));
}

/**
 * @param bare nodes to be made; see {@link isBare}
 * @param attested attestations' nodes
 * @param entries the entries whose edges are written; the ends of these edges are there by then, or in `bare`
 */
export function graphRows(
  bare: readonly NodeRow[],
  attested: readonly NodeRow[],
  entries: readonly PlacedEntry[],
): Omit<EntryWriteGraphParams, 'recordedAt'> {
  const places = new Map(bare.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => {
    let place = places.get(id);
    if (place === undefined) places.set(id, (place = places.size));
    return place;
  };
  const abouts = new Map(entries.map(({ item }) => [item.id, item.about]));
  const attestedRows = {
    ...columnsOf(attested, ATTESTED, SHARED),
    abouts: attested.map(({ id }) => (abouts.get(id) ?? []).map(placeOf)),
  } as unknown as Attested;
  const edges = edgeColumns(entries, placeOf);
  return {
    made: { ...columnsOf(bare, MADE, SHARED), kinds: bare.map(({ kind }) => kind) } as unknown as Made,
    found: [...places.keys()].slice(bare.length),
    attested: attestedRows,
    edges,
    open: OPEN_UNTIL,
  };
}

function edgeColumns(entries: readonly PlacedEntry[], placeOf: (id: string) => number): Edges {
  const all = entries.flatMap(({ item, leafIndex }) => item.edges.map((edge) => ({ ...edge, leafIndex })));
  return {
    types: all.map(({ type }) => type),
    froms: all.map(({ from }) => placeOf(from)),
    tos: all.map(({ to }) => placeOf(to)),
    leafIndexes: all.map(({ leafIndex }) => leafIndex),
    ...columnsOf(all, EDGE_PROPS),
  } as unknown as Edges;
}

/** A list for each property. A property that has no column would be lost, so there must be none. */
function columnsOf(
  rows: readonly { readonly props: Readonly<Record<string, unknown>> }[],
  columns: Readonly<Record<string, string>>,
  others: ReadonlySet<string> = new Set(),
): Record<string, unknown[]> {
  for (const { props } of rows) {
    for (const name in props) {
      if (name in columns || others.has(name)) continue;
      throw new PedigreeError(
        'INTERNAL',
        required(`a property must be one of ${Object.keys(columns).join(', ')}`, name),
      );
    }
  }
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [column, rows.map(({ props }) => props[name] ?? null)]),
  );
}

/** The graph as a storyline follows rows through it: what its ancestry has loaded already is not asked for again. */
import type { Bounded, LineageReader, StoredEdge } from '../store/lineage-reader.js';
import type { StoredProps } from '../store/stored-values.js';

/** What following rows needs of the graph. */
export type RowGraph = Pick<LineageReader, 'nodes' | 'edges'>;

interface Remembered {
  readonly nodes: ReadonlyMap<string, StoredProps>;
  /** Upstream, as of the same point. */
  readonly edges: ReadonlyMap<string, Bounded<StoredEdge>>;
}

/** Reads upstream edges and nodes as of the point of `remembered`, and what is not in it from the database. */
export function rememberedGraph(remembered: Remembered, graph: RowGraph): RowGraph {
  return {
    nodes: (ids, asOf) => withMissing(ids, remembered.nodes, (missing) => graph.nodes(missing, asOf)),
    edges: (ids, direction, asOf, first) =>
      withMissing(ids, remembered.edges, (missing) => graph.edges(missing, direction, asOf, first)),
  };
}

async function withMissing<T>(
  ids: readonly string[],
  known: ReadonlyMap<string, T>,
  load: (missing: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  const missing = ids.filter((id) => !known.has(id));
  const loaded = missing.length === 0 ? [] : await load(missing);
  return new Map([...ids.flatMap((id) => entryOf(known, id)), ...loaded]);
}

function entryOf<T>(known: ReadonlyMap<string, T>, id: string): [string, T][] {
  const value = known.get(id);
  return value === undefined ? [] : [[id, value]];
}

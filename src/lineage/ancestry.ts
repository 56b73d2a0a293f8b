/** A decision's whole ancestry in memory, as far as a storyline needs it. */
import type { EdgeType } from '../domain/kinds.js';
import type { Bounded, StoredEdge, WalkedNode } from '../store/lineage-reader.js';
import type { StoredProps } from '../store/stored-values.js';
import type { LineageGraph } from './lineage-graph.js';
import { notFound } from './lineage-service.js';

/** Most ancestors, attestations and edges of one artifact that a storyline holds; more is said, not cut silently. */
const STORYLINE_LIMIT = 2_000;

export interface AttestedFact {
  readonly props: StoredProps;
  /** The ancestors it is about. */
  readonly about: readonly string[];
}

export interface Ancestry {
  readonly id: string;
  readonly asOf: number;
  /** Ancestors, nearest first, without the decision itself. */
  readonly ancestors: readonly WalkedNode[];
  /** True if there are more than {@link STORYLINE_LIMIT}. */
  readonly truncated: boolean;
  /** The artifact that it is about. */
  readonly root: StoredProps;
  readonly nodes: ReadonlyMap<string, StoredProps>;
  /** The edges that leave each of them. */
  readonly edges: ReadonlyMap<string, Bounded<StoredEdge>>;
  readonly attestations: readonly AttestedFact[];
  /** The edges that leave an artifact, of these types. */
  edgesOf(id: string, ...types: readonly EdgeType[]): readonly StoredEdge[];
}

/** Loads the ancestry in four statements, sent two by two, however deep it is. Errors: `NOT_FOUND`. */
export async function loadAncestry(
  graph: Pick<LineageGraph, 'page' | 'nodes' | 'edges' | 'attestationsUpstream'>,
  id: string,
  asOf: number,
): Promise<Ancestry> {
  const walk = { of: id, direction: 'UPSTREAM', asOf } as const;
  const [found, attested] = await Promise.all([
    graph.page(walk, { depth: 0, seq: -1 }, STORYLINE_LIMIT + 1),
    graph.attestationsUpstream(id, asOf, STORYLINE_LIMIT + 1),
  ]);
  const ancestors = found.slice(0, STORYLINE_LIMIT);
  const ids = [id, ...ancestors.map((node) => node.id)];
  const [nodes, edges] = await Promise.all([
    graph.nodes(ids, asOf),
    graph.edges(ids, 'UPSTREAM', asOf, STORYLINE_LIMIT),
  ]);
  const root = nodes.get(id);
  if (!root) throw notFound(id);
  return {
    id,
    asOf,
    ancestors,
    truncated:
      found.length > STORYLINE_LIMIT ||
      attested.length > STORYLINE_LIMIT ||
      [...edges.values()].some(({ items, total }) => total > items.length),
    root,
    nodes,
    edges,
    attestations: groupByAttestation(attested),
    edgesOf: (from, ...types) => (edges.get(from)?.items ?? []).filter((edge) => types.includes(edge.type)),
  };
}

function groupByAttestation(rows: readonly { attestation: StoredProps; about: string }[]): AttestedFact[] {
  const facts = new Map<unknown, { props: StoredProps; about: string[] }>();
  for (const { attestation, about } of rows) {
    const fact = facts.get(attestation.id);
    if (fact) fact.about.push(about);
    else facts.set(attestation.id, { props: attestation, about: [about] });
  }
  return [...facts.values()];
}

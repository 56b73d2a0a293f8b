/** `paths`: how an effect hangs together with a cause, shortest ways first. */
import type { EdgeType } from '../domain/kinds.js';
import { parseUrn } from '../domain/urn.js';
import type { AsOfInput } from './as-of.js';
import type { ClosureGraph, GraphSource } from './lineage-graph.js';
import { requireArtifact } from './lineage-service.js';
import { shortestPaths } from './paths.js';

export interface PathsArgs {
  /** The effect. */
  readonly from: string;
  /** The cause. */
  readonly to: string;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
}

/** One step from effect to cause; several edges may join the same two. To and from a surrogate there are no types. */
export interface PathStep {
  readonly from: string;
  readonly to: string;
  readonly types: readonly EdgeType[];
}

export interface Paths {
  readonly from: string;
  readonly asOf: number;
  readonly paths: readonly (readonly PathStep[])[];
  /** True if there are more paths, or if part of the ancestry was too large to look at. */
  readonly truncated: boolean;
}

/** Most edges of the effect's ancestry that are looked at, nearest first. */
const MAX_EDGES = 300_000;
/** Most steps of all paths of an answer together. */
const MAX_STEPS = 20_000;
const TIMEOUT_MS = 30_000;

interface Ancestry {
  /** Cause → types of the edges to it, by effect. */
  readonly causes: ReadonlyMap<string, ReadonlyMap<string, readonly EdgeType[]>>;
  readonly truncated: boolean;
}

export class PathsService {
  constructor(
    private readonly graphs: GraphSource,
    private readonly maxEdges = MAX_EDGES,
  ) {}

  /** Errors: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `TIMEOUT`. No path is an empty answer. */
  async paths({ from, to, asOf, first }: PathsArgs): Promise<Paths> {
    parseUrn(from);
    parseUrn(to);
    return this.graphs.stream(async (graph, closure) => {
      const size = await graph.asOf(asOf);
      await requireArtifact(graph, from, size);
      await requireArtifact(graph, to, size);
      const ancestry = await loadCauses(closure, from, size, this.maxEdges);
      return { from, asOf: size, ...choosePaths(ancestry, from, to, first) };
    }, TIMEOUT_MS);
  }
}

/** Edges come nearest first, so what a bound leaves out is farther away than what is kept. */
async function loadCauses(
  closure: Pick<ClosureGraph, 'edges' | 'hidden'>,
  of: string,
  asOf: number,
  maxEdges: number,
): Promise<Ancestry> {
  const causes = new Map<string, Map<string, EdgeType[]>>();
  const join = (from: string, to: string, ...types: readonly EdgeType[]): void => {
    const known = causes.get(from) ?? new Map<string, EdgeType[]>();
    causes.set(from, known.set(to, [...(known.get(to) ?? []), ...types].sort()));
  };
  let count = 0;
  for await (const edges of closure.edges({ of, direction: 'UPSTREAM', asOf })) {
    for (const [i, from] of edges.from.entries()) {
      const to = edges.to[i] ?? from;
      join(from, to, edges.type);
    }
    count += edges.from.length;
    if (count > maxEdges) return { causes, truncated: true };
  }
  for (const surrogate of closure.hidden?.({ of, direction: 'UPSTREAM', asOf }).surrogates ?? []) {
    for (const effect of surrogate.effects) join(effect, surrogate.id);
    for (const cause of surrogate.causes) join(surrogate.id, cause);
  }
  return { causes, truncated: false };
}

/** Between paths of equal length the order of the ids decides. */
function choosePaths(
  { causes, truncated }: Ancestry,
  from: string,
  to: string,
  first: number,
): Pick<Paths, 'paths' | 'truncated'> {
  const next = (node: string): string[] => [...(causes.get(node)?.keys() ?? [])].sort();
  const paths: PathStep[][] = [];
  let steps = 0;
  for (const nodes of shortestPaths(from, to, next)) {
    steps += nodes.length - 1;
    if (paths.length === first || (steps > MAX_STEPS && paths.length > 0)) return { paths, truncated: true };
    paths.push(stepsOf(nodes, causes));
  }
  return { paths, truncated };
}

function stepsOf(nodes: readonly string[], causes: Ancestry['causes']): PathStep[] {
  return nodes.slice(1).map((to, i) => {
    const from = nodes[i] ?? to;
    return { from, to, types: causes.get(from)?.get(to) ?? [] };
  });
}

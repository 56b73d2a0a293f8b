/** Whole closures under a grant, in the pieces in which the stored ones come. */
import type { EdgeType } from '../../domain/kinds.js';
import type { ClosureNode, ClosureOf, EdgeColumns, NodeColumns } from '../../store/closure-reader.js';
import type { ScopeNode } from '../../store/scope-reader.js';
import type { ClosureGraph, GraphSource, HiddenPart } from '../lineage-graph.js';
import type { GrantedGraph } from './granted-graph.js';

/** Edges of one piece. */
const PIECE = 1_000;

/** The source for all services that read a graph. */
export function grantedSource(graph: GrantedGraph): GraphSource {
  const closure = new GrantedClosure(graph);
  return { read: (work) => work(graph), stream: (work) => work(graph, closure) };
}

/** Everything is in memory; the generators are asynchronous because the stored ones are. */
class GrantedClosure implements ClosureGraph {
  constructor(private readonly graph: GrantedGraph) {}

  async *nodes(closure: ClosureOf): AsyncGenerator<readonly ClosureNode[]> {
    await this.graph.admit([closure.of]);
    for (const [depth, level] of this.levels(closure)) {
      yield await Promise.resolve(
        level.map(({ id, kind, digest, occurredAt }) => ({
          ...{ id, kind, depth },
          ...(digest === undefined ? {} : { digest }),
          ...(occurredAt === undefined ? {} : { occurredAt }),
        })),
      );
    }
  }

  async *nodeColumns(closure: ClosureOf): AsyncGenerator<NodeColumns> {
    await this.graph.admit([closure.of]);
    for (const [depth, level] of this.levels(closure)) {
      yield await Promise.resolve({
        depth,
        ids: level.map(({ id }) => id),
        kinds: level.map(({ kind }) => kind),
        digests: level.map(({ digest }) => digest ?? null),
        times: level.map(({ occurredAt }) => occurredAt ?? null),
      });
    }
  }

  /** Nearest first, then by rank, then oldest first. */
  async *edges(closure: ClosureOf): AsyncGenerator<EdgeColumns> {
    await this.graph.admit([closure.of]);
    let from: string[] = [];
    let to: string[] = [];
    let type: EdgeType | undefined;
    const piece = (): EdgeColumns[] => (type === undefined || from.length === 0 ? [] : [{ type, from, to }]);
    for (const [, level] of this.levels(closure)) {
      for (const edge of level.flatMap(({ id }) => this.graph.edgesOf(id, closure.direction))) {
        if (edge.type !== type || from.length === PIECE) {
          yield* await Promise.resolve(piece());
          ({ type } = edge);
          [from, to] = [[], []];
        }
        from.push(edge.from);
        to.push(edge.to);
      }
    }
    yield* piece();
  }

  hidden({ of, direction }: ClosureOf): HiddenPart {
    const { graph } = this;
    return {
      incomplete: graph.incomplete(of, direction),
      surrogates: graph.surrogates(of, direction),
    };
  }

  private levels({ of, direction }: ClosureOf): ReadonlyMap<number, readonly ScopeNode[]> {
    const levels = new Map<number, ScopeNode[]>();
    const { asOf } = this.graph.parts;
    const root = this.graph.node(of);
    if (root) levels.set(0, [root]);
    for (const { node, depth } of this.graph.placed({ of, direction, asOf })) {
      const level = levels.get(depth);
      if (level) level.push(node);
      else levels.set(depth, [node]);
    }
    return levels;
  }
}

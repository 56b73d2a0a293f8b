/** A whole closure as a stream: flat in memory however large it is, and read as of one point. */
import { edgeTypeOf, type ArtifactKind, type EdgeType } from '../domain/kinds.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementStreamer } from './database.js';
import {
  lineageStreamEdgesDownstream,
  lineageStreamEdgesPresentDownstream,
  lineageStreamEdgesPresentUpstream,
  lineageStreamEdgesUpstream,
  lineageStreamNodesDownstream,
  lineageStreamNodesPresentDownstream,
  lineageStreamNodesPresentUpstream,
  lineageStreamNodesUpstream,
} from './queries.gen.js';
import type { Statement } from './statement.js';
import type { Direction } from './walk.js';

/** Which closure, and as of which tree size. */
export interface ClosureOf {
  readonly of: string;
  readonly direction: Direction;
  readonly asOf: number;
}

/** Nodes at one depth, as columns of equal length. */
export interface NodeColumns {
  readonly depth: number;
  readonly ids: readonly string[];
  readonly kinds: readonly ArtifactKind[];
  /** SHA-256 of the entry in hex; null for a placeholder. */
  readonly digests: readonly (string | null)[];
  /** Milliseconds since the epoch; null for a placeholder. */
  readonly times: readonly (number | null)[];
}

/** Edges of one type from effects to causes, whichever way the closure goes, as columns of equal length. */
export interface EdgeColumns {
  readonly type: EdgeType;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export interface ClosureNode {
  readonly id: string;
  readonly kind: ArtifactKind;
  readonly depth: number;
  /** SHA-256 of its entry in hex; left out for a placeholder. */
  readonly digest?: string;
  /** Milliseconds since the epoch; left out for a placeholder. */
  readonly occurredAt?: number;
}

export class ClosureReader {
  constructor(private readonly streamer: StatementStreamer) {}

  /** Nodes in groups, nearest first, the root before all others. */
  async *nodeColumns(closure: ClosureOf): AsyncGenerator<NodeColumns> {
    const rows =
      closure.direction === 'UPSTREAM'
        ? this.rows(closure, lineageStreamNodesPresentUpstream, lineageStreamNodesUpstream)
        : this.rows(closure, lineageStreamNodesPresentDownstream, lineageStreamNodesDownstream);
    for await (const row of rows) yield { ...row, kinds: row.kinds as ArtifactKind[] };
  }

  /** The same, one object for each node. */
  async *nodes(closure: ClosureOf): AsyncGenerator<readonly ClosureNode[]> {
    for await (const { depth, ids, kinds, digests, times } of this.nodeColumns(closure)) {
      yield ids.map((id, i) => {
        const [digest, occurredAt] = [digests[i], times[i]];
        return {
          id,
          kind: kinds[i] as ArtifactKind,
          depth,
          ...(digest == null ? {} : { digest }),
          ...(occurredAt == null ? {} : { occurredAt }),
        };
      });
    }
  }

  /** The edges by which the closure goes on from its nodes, in groups, nearest first. */
  async *edges(closure: ClosureOf): AsyncGenerator<EdgeColumns> {
    const upstream = closure.direction === 'UPSTREAM';
    const rows = upstream
      ? this.rows(closure, lineageStreamEdgesPresentUpstream, lineageStreamEdgesUpstream)
      : this.rows(closure, lineageStreamEdgesPresentDownstream, lineageStreamEdgesDownstream);
    for await (const { type, near, far } of rows) {
      const [nears, fars]: [string[], string[]] = [[], []];
      for (const [i, id] of near.entries()) {
        for (const other of far[i] ?? []) {
          nears.push(id);
          fars.push(other);
        }
      }
      yield { type: edgeTypeOf(type), from: upstream ? nears : fars, to: upstream ? fars : nears };
    }
  }

  /** As of the present first, which costs half as much; it gives no row where that is not the answer. */
  private async *rows<R extends object>(
    { of, asOf }: ClosureOf,
    present: Statement<{ log: string; of: string; asOf: number }, R>,
    asOfThen: Statement<{ of: string; asOf: number }, R>,
  ): AsyncGenerator<R> {
    let isPresent = false;
    for await (const row of this.streamer.stream(present, { log: LINEAGE_LOG, of, asOf })) {
      isPresent = true;
      yield row;
    }
    if (!isPresent) yield* this.streamer.stream(asOfThen, { of, asOf });
  }
}

/** A whole closure as a stream: flat in memory however large it is, and read as of one point. */
import { edgeTypeOf, type ArtifactKind, type EdgeType } from '../domain/kinds.js';
import type { StatementStreamer } from './database.js';
import type { Direction } from './lineage-reader.js';
import {
  lineageStreamEdgesDownstream,
  lineageStreamEdgesUpstream,
  lineageStreamNodesDownstream,
  lineageStreamNodesUpstream,
} from './queries.gen.js';

/** Which closure, and as of which tree size. */
export interface ClosureOf {
  readonly of: string;
  readonly direction: Direction;
  readonly asOf: number;
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

/** An edge from effect to cause, whichever way the closure goes. */
export interface ClosureEdge {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
}

export class ClosureReader {
  constructor(private readonly streamer: StatementStreamer) {}

  /** Nodes in groups, nearest first, the root before all others. */
  async *nodes({ direction, ...params }: ClosureOf): AsyncGenerator<readonly ClosureNode[]> {
    const statement = direction === 'UPSTREAM' ? lineageStreamNodesUpstream : lineageStreamNodesDownstream;
    for await (const { depth, ids, kinds, digests, times } of this.streamer.stream(statement, params)) {
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
  async *edges({ direction, ...params }: ClosureOf): AsyncGenerator<readonly ClosureEdge[]> {
    const upstream = direction === 'UPSTREAM';
    const statement = upstream ? lineageStreamEdgesUpstream : lineageStreamEdgesDownstream;
    for await (const { near, far, types } of this.streamer.stream(statement, params)) {
      yield near.flatMap((id, i) =>
        (far[i] ?? []).map((other, j) => {
          const type = edgeTypeOf(types[i]?.[j] ?? '');
          return upstream ? { type, from: id, to: other } : { type, from: other, to: id };
        }),
      );
    }
  }
}

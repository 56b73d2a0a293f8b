/** The graph as the lineage questions need it. Orders and limits are stated on each method; nothing is cut unsaid. */
import type { JsonObject } from '../domain/json.js';
import { edgeTypeOf, relationshipType, type ArtifactKind, type EdgeType } from '../domain/kinds.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  artifactReadArtifacts,
  attestationListAttestations,
  attestationListUpstream,
  lineageCountDownstream,
  lineageCountUpstream,
  lineageListEdgesDownstream,
  lineageListEdgesUpstream,
  lineageWalkDownstream,
  lineageWalkUpstream,
  logFindTime,
} from './queries.gen.js';
import type { StoredProps } from './stored-values.js';

export type Direction = 'UPSTREAM' | 'DOWNSTREAM';

/** Which part of the graph is walked, and as of which tree size. */
export interface Walk {
  readonly of: string;
  readonly direction: Direction;
  readonly asOf: number;
  /** Edge types followed; left out: all of the direction. */
  readonly edges?: readonly EdgeType[];
  /** Kinds returned; the walk itself goes through every kind. */
  readonly kinds?: readonly ArtifactKind[];
  /** Greatest depth returned; left out: unbounded. */
  readonly depth?: number;
}

/** A place in the order (depth, sequence number). */
export interface Position {
  readonly depth: number;
  readonly seq: number;
}

export interface WalkedNode extends Position {
  readonly id: string;
}

export interface DepthCount {
  readonly kind: ArtifactKind;
  readonly depth: number;
  readonly count: number;
}

export interface StoredEdge {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
  readonly since: number;
  readonly props: JsonObject;
  readonly toDigest?: string;
}

/** A list that says when it is not whole. */
export interface Bounded<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export class LineageReader {
  constructor(private readonly runner: StatementRunner) {}

  /** The first nodes of a walk after a position, ordered by depth, then by sequence number. The root is not in it. */
  async page(walk: Walk, after: Position, first: number): Promise<WalkedNode[]> {
    const statement = walk.direction === 'UPSTREAM' ? lineageWalkUpstream : lineageWalkDownstream;
    return this.runner.run(statement, {
      ...toParams(walk),
      afterDepth: after.depth,
      afterSeq: after.seq,
      first,
    });
  }

  /** Nodes of a walk counted by kind and depth, nearest first. The root is not counted. */
  async counts(walk: Walk): Promise<DepthCount[]> {
    const statement = walk.direction === 'UPSTREAM' ? lineageCountUpstream : lineageCountDownstream;
    const rows = await this.runner.run(statement, toParams(walk));
    return rows.map(({ labels, depth, count }) => ({ kind: kindOfLabels(labels), depth, count }));
  }

  /** For each id, the edges by which its ancestry (or impact) goes on: oldest first, at most `first` each. */
  async edges(
    ids: readonly string[],
    direction: Direction,
    asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, Bounded<StoredEdge>>> {
    const statement = direction === 'UPSTREAM' ? lineageListEdgesUpstream : lineageListEdgesDownstream;
    const rows = await this.runner.run(statement, { ids, asOf, first });
    return new Map(
      rows.map(({ id, total, edges }) => [
        id,
        {
          total,
          items: edges.map((edge) =>
            toEdge(edge, direction === 'UPSTREAM' ? [id, edge.other] : [edge.other, id]),
          ),
        },
      ]),
    );
  }

  /** The nodes of these ids that exist as of the tree size, by id. */
  async nodes(ids: readonly string[], asOf: number): Promise<ReadonlyMap<string, StoredProps>> {
    const rows = await this.runner.run(artifactReadArtifacts, { ids, asOf });
    return new Map(
      rows.flatMap(({ id, props, mentioned }) => {
        if (isDeclared(props, asOf)) return [[id, props] as const];
        return mentioned ? [[id, asPlaceholder(props)] as const] : [];
      }),
    );
  }

  /** For each id, what was attested about it: oldest first, at most `first` each. */
  async attestations(
    ids: readonly string[],
    asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, Bounded<StoredProps>>> {
    const rows = await this.runner.run(attestationListAttestations, { ids, asOf, first });
    return new Map(rows.map(({ id, total, attestations }) => [id, { total, items: attestations }]));
  }

  /** What was attested about an artifact and everything upstream of it: oldest first, at most `first` rows. */
  async attestationsUpstream(
    of: string,
    asOf: number,
    first: number,
  ): Promise<{ attestation: StoredProps; about: string }[]> {
    return this.runner.run(attestationListUpstream, { of, asOf, first });
  }

  /** The size that the log had at a time, in milliseconds since the epoch. */
  async sizeAt(time: number): Promise<number> {
    const [row] = await this.runner.run(logFindTime, { log: LINEAGE_LOG, at: time });
    return row?.size ?? 0;
  }
}

function toParams(walk: Walk): {
  of: string;
  asOf: number;
  edges: string[] | null;
  kinds: readonly string[] | null;
  maxDepth: number;
} {
  const { of, asOf, edges, kinds, depth } = walk;
  const relationships = edges?.flatMap((type) => [
    relationshipType(type, 'Dataset'),
    relationshipType(type, 'Model'),
  ]);
  return {
    of,
    asOf,
    edges: relationships === undefined ? null : [...new Set(relationships)],
    kinds: kinds ?? null,
    maxDepth: depth ?? OPEN_UNTIL,
  };
}

function kindOfLabels(labels: readonly string[]): ArtifactKind {
  return labels.find((label) => label !== 'Artifact') as ArtifactKind;
}

function isDeclared(props: StoredProps, asOf: number): boolean {
  return typeof props.leafIndex === 'number' && props.leafIndex < asOf;
}

/** A node as it was before its declaration: its id and nothing else. */
function asPlaceholder({ id, seq, namespace, name, version }: StoredProps): StoredProps {
  return { id, seq, namespace, name, version, declared: false };
}

interface EdgeRow {
  readonly type: string;
  readonly since: number;
  readonly props: string | null;
  readonly toDigest: string | null;
}

function toEdge(
  { type, since, props, toDigest }: EdgeRow,
  [from, to]: readonly [string, string],
): StoredEdge {
  return {
    type: edgeTypeOf(type),
    from,
    to,
    since,
    props: props === null ? {} : (JSON.parse(props) as JsonObject),
    ...(toDigest === null ? {} : { toDigest }),
  };
}

/** The graph as the lineage questions need it. Orders and limits are stated on each method; nothing is cut unsaid. */
import type { JsonObject } from '../domain/json.js';
import {
  edgeTypeOf,
  relationshipType,
  type ArtifactKind,
  type Classification,
  type EdgeType,
} from '../domain/kinds.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  artifactReadArtifacts,
  attestationListAttestations,
  attestationListCorrections,
  attestationListUpstream,
  lineageCountDownstream,
  lineageCountFilteredDownstream,
  lineageCountFilteredUpstream,
  lineageCountUpstream,
  lineageListEdgesDownstream,
  lineageListEdgesUpstream,
  lineageWalkDownstream,
  lineageWalkFilteredDownstream,
  lineageWalkFilteredUpstream,
  lineageWalkGroupsDownstream,
  lineageWalkGroupsUpstream,
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
  /** Greatest depth returned; left out: unbounded. */
  readonly depth?: number;
  /** What is returned; the walk itself goes through everything. */
  readonly filter?: NodeFilter;
}

/** How a run ended, if it did. */
export type RunOutcome = 'COMPLETED' | 'FAILED' | 'ABORTED' | 'UNFINISHED';

/** Every member that is given must hold. What a node says about itself counts only once it is declared. */
export interface NodeFilter {
  readonly kinds?: readonly ArtifactKind[];
  readonly namespaces?: readonly string[];
  /** Milliseconds since the epoch: from, inclusive. */
  readonly occurredFrom?: number;
  /** Milliseconds since the epoch: to, exclusive. */
  readonly occurredTo?: number;
  readonly classifications?: readonly Classification[];
  /** False: placeholders only. */
  readonly declared?: boolean;
  /** Runs only. */
  readonly runStates?: readonly RunOutcome[];
}

/** A place in the order (depth, sequence number). */
export interface Position {
  readonly depth: number;
  readonly seq: number;
}

export interface WalkedNode extends Position {
  readonly id: string;
}

/** Versions or runs of one name at one depth. Its position is that of the oldest of them. */
export interface WalkedGroup extends WalkedNode {
  readonly kind: ArtifactKind;
  readonly namespace: string;
  readonly name: string;
  readonly count: number;
}

export interface KindCount {
  readonly kind: ArtifactKind;
  /** The depth counted at; left out where all depths are counted together. */
  readonly depth?: number;
  /** The greatest depth at which there is one that was counted. */
  readonly deepest: number;
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

/** That an earlier statement about an artifact was wrong: what was said, and what corrects it. */
export interface Correction {
  readonly artifact: string;
  /** The attestation. */
  readonly props: StoredProps;
  readonly withdrawn: readonly StoredEdge[];
  readonly added: readonly StoredEdge[];
}

/** A list that says when it is not whole. */
export interface Bounded<T> {
  readonly items: readonly T[];
  readonly total: number;
  /** True if there may be more than `total`: it was too much to count. */
  readonly atLeast?: boolean;
}

/** Most edges of one artifact that are looked at to find the oldest: a hub can have millions. */
const EDGE_BOUND = 10_000;

export class LineageReader {
  constructor(private readonly runner: StatementRunner) {}

  /** The first nodes of a walk after a position, ordered by depth, then by sequence number. The root is not in it. */
  async page(walk: Walk, after: Position, first: number): Promise<WalkedNode[]> {
    const position = { afterDepth: after.depth, afterSeq: after.seq, first };
    if (!isFiltered(walk)) {
      const statement = walk.direction === 'UPSTREAM' ? lineageWalkUpstream : lineageWalkDownstream;
      return this.runner.run(statement, { ...plainParams(walk), ...position });
    }
    const statement =
      walk.direction === 'UPSTREAM' ? lineageWalkFilteredUpstream : lineageWalkFilteredDownstream;
    return this.runner.run(statement, { ...filterParams(walk), ...position });
  }

  /** The first groups of a walk after a position, in the same order. Every node of the walk is in one group. */
  async groups(walk: Walk, after: Position, first: number): Promise<WalkedGroup[]> {
    const statement = walk.direction === 'UPSTREAM' ? lineageWalkGroupsUpstream : lineageWalkGroupsDownstream;
    const position = { afterDepth: after.depth, afterSeq: after.seq, first };
    const rows = await this.runner.run(statement, { ...filterParams(walk), ...position });
    return rows.map(({ labels, ...group }) => ({ ...group, kind: kindOfLabels(labels) }));
  }

  /** Nodes of a walk counted by kind, and by depth, nearest first, if that is wanted. The root is not counted. */
  async counts(walk: Walk, byDepth: boolean): Promise<KindCount[]> {
    const upstream = walk.direction === 'UPSTREAM';
    const rows = isFiltered(walk)
      ? await this.runner.run(upstream ? lineageCountFilteredUpstream : lineageCountFilteredDownstream, {
          ...filterParams(walk),
          byDepth,
        })
      : await this.runner.run(upstream ? lineageCountUpstream : lineageCountDownstream, {
          ...plainParams(walk),
          byDepth,
        });
    return rows.map(({ labels, depth, deepest, count }) => ({
      kind: kindOfLabels(labels),
      ...(depth === null ? {} : { depth }),
      deepest,
      count,
    }));
  }

  /**
   * For each id, the edges by which its ancestry (or impact) goes on: oldest first, at most `first` each. Of a hub with
   * more than {@link EDGE_BOUND} edges, that many are looked at: the total says "at least".
   */
  async edges(
    ids: readonly string[],
    direction: Direction,
    asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, Bounded<StoredEdge>>> {
    const statement = direction === 'UPSTREAM' ? lineageListEdgesUpstream : lineageListEdgesDownstream;
    const rows = await this.runner.run(statement, {
      ids,
      asOf,
      first,
      bound: EDGE_BOUND + 1,
    });
    return new Map(
      rows.map(({ id, total, edges }) => [
        id,
        {
          total,
          atLeast: total > EDGE_BOUND,
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

  /** For each id that was corrected, what corrects it: oldest first. */
  async corrections(
    ids: readonly string[],
    asOf: number,
  ): Promise<ReadonlyMap<string, readonly Correction[]>> {
    const found = new Map<string, Correction[]>();
    for (const row of await this.runner.run(attestationListCorrections, { ids, asOf })) {
      const { id: artifact, correction: props } = row;
      const [withdrawn, added] = [row.withdrawn, row.added].map((edges) =>
        edges.map((edge) => toEdge(edge, [artifact, edge.other])),
      ) as [StoredEdge[], StoredEdge[]];
      found.set(artifact, [...(found.get(artifact) ?? []), { artifact, props, withdrawn, added }]);
    }
    return found;
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

function isFiltered({ edges, filter }: Walk): boolean {
  return edges !== undefined || Object.keys(filter ?? {}).length > 0;
}

interface PlainParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
}

function plainParams({ of, asOf, depth }: Walk): PlainParams {
  return { of, asOf, maxDepth: depth ?? OPEN_UNTIL };
}

type FilterParams = PlainParams & { readonly edges: readonly string[] | null } & {
  readonly [K in keyof NodeFilter]-?: Exclude<NodeFilter[K], undefined> | null;
};

function filterParams(walk: Walk): FilterParams {
  const relationships = walk.edges?.flatMap((type) => [
    relationshipType(type, 'Dataset'),
    relationshipType(type, 'Model'),
  ]);
  return {
    ...plainParams(walk),
    edges: relationships === undefined ? null : [...new Set(relationships)],
    kinds: null,
    namespaces: null,
    occurredFrom: null,
    occurredTo: null,
    classifications: null,
    declared: null,
    runStates: null,
    ...walk.filter,
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

/** The graph as the lineage questions need it. Orders and limits are stated on each method; nothing is cut unsaid. */
import type { JsonObject } from '../domain/json.js';
import { edgeTypeOf, type ArtifactKind, type EdgeType } from '../domain/kinds.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  artifactReadArtifacts,
  attestationListAttestations,
  attestationListCorrections,
  attestationListUpstream,
  lineageListEdgesDownstream,
  lineageListEdgesUpstream,
  lineageWalkDownstream,
  lineageWalkFilteredDownstream,
  lineageWalkFilteredUpstream,
  lineageWalkGroupsDownstream,
  lineageWalkGroupsPresentDownstream,
  lineageWalkGroupsPresentUpstream,
  lineageWalkGroupsUpstream,
  lineageWalkTypedGroupsPresentDownstream,
  lineageWalkTypedGroupsPresentUpstream,
  lineageWalkUpstream,
  logFindTime,
} from './queries.gen.js';
import type { StoredProps } from './stored-values.js';
import {
  filterParams,
  isAtPresent,
  isFiltered,
  kindOfLabels,
  plainParams,
  presentParams,
  relationshipsOf,
  type Direction,
  type Walk,
} from './walk.js';

/** A place in the order (depth, sequence number). */
export interface Position {
  readonly depth: number;
  readonly seq: number;
}

export interface WalkedNode extends Position {
  readonly id: string;
}

/** Versions or runs of one name. Its position is the depth of the nearest and the sequence number of the oldest. */
export interface WalkedGroup extends WalkedNode {
  /** The greatest depth of any of them. */
  readonly deepest: number;
  /** Depth of the oldest, whose id it is. */
  readonly oldestDepth: number;
  readonly kind: ArtifactKind;
  readonly namespace: string;
  readonly name: string;
  readonly count: number;
}

interface GroupPosition {
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface StoredEdge {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
  readonly since: number;
  readonly props: JsonObject;
  readonly toDigest?: string;
  /** True if a grant hides some of the inputs that its rows come from. */
  readonly rowsHidden?: boolean;
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
  /** True if some are not shown to this reader; neither the items nor the total have them. */
  readonly hidden?: boolean;
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

  /**
   * The first groups of a walk after a position, in the same order. Every node of the walk is in one group: of its name
   * at its depth, or of its name alone.
   */
  async groups(walk: Walk, byDepth: boolean, after: Position, first: number): Promise<WalkedGroup[]> {
    const position = { byDepth, afterDepth: after.depth, afterSeq: after.seq, first };
    return (await this.groupsPresent(walk, position)) ?? this.groupsAsOf(walk, position);
  }

  /** At the present without intervals, which costs half as much; undefined where that is not the answer. */
  private async groupsPresent(walk: Walk, position: GroupPosition): Promise<WalkedGroup[] | undefined> {
    if (!(await isAtPresent(walk, this.runner))) return undefined;
    const [all, typed] =
      walk.direction === 'UPSTREAM'
        ? [lineageWalkGroupsPresentUpstream, lineageWalkTypedGroupsPresentUpstream]
        : [lineageWalkGroupsPresentDownstream, lineageWalkTypedGroupsPresentDownstream];
    const params = { ...presentParams(walk), ...position };
    const [found] =
      walk.edges === undefined
        ? await this.runner.run(all, params)
        : await this.runner.run(typed, { ...params, edges: relationshipsOf(walk.edges) });
    return found?.page.map((group) => ({ ...group, kind: group.kind as ArtifactKind }));
  }

  private async groupsAsOf(walk: Walk, position: GroupPosition): Promise<WalkedGroup[]> {
    const statement = walk.direction === 'UPSTREAM' ? lineageWalkGroupsUpstream : lineageWalkGroupsDownstream;
    const rows = await this.runner.run(statement, { ...filterParams(walk), ...position });
    return rows.map(({ labels, ...group }) => ({ ...group, kind: kindOfLabels(labels) }));
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

/**
 * The graph under a grant, for every question that reads a graph: structure from memory, what artifacts say from the
 * database and only for visible ones. Orders, depths, totals and cursors come from what is shown, never from what is stored.
 */
import { LRUCache } from 'lru-cache';
import type { RedactionProfile } from '../../access/redaction-profile.js';
import { PedigreeError, required } from '../../domain/errors.js';
import type { Bounded, Correction, Position, StoredEdge, WalkedGroup } from '../../store/lineage-reader.js';
import type { KindCount } from '../../store/lineage-totals.js';
import type { ScopeNode } from '../../store/scope-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import type { Direction, Walk } from '../../store/walk.js';
import type { AsOfInput } from '../as-of.js';
import type { ArtifactGraph, LineageGraph } from '../lineage-graph.js';
import type { Shown } from './hide.js';
import { ranksOf } from './ranks.js';
import type { Redaction } from './redaction.js';
import { countNodes, groupNodes, passes, type PlacedNode } from './shown-nodes.js';
import type { Incomplete, Surrogate } from './surrogate.js';
import { ShownLinks } from './walk-shown.js';

export interface GrantedGraphParts {
  readonly shown: Shown;
  readonly asOf: number;
  /**
   * In each direction, the artifacts whose lineage that way was looked at: whatever of it is hidden, a surrogate stands for.
   * Of all others there may be more that nothing stands for.
   */
  readonly covered: Readonly<Record<Direction, ReadonlySet<string>>>;
  readonly redaction: Redaction;
  /** How personal values are masked; left out: not at all. */
  readonly profile: RedactionProfile | undefined;
  /**
   * Finds those of some decisions that the grant opens although they are not part of its graph: downstream, a model may have
   * made more than anybody could hold.
   */
  readonly findDecisions: (ids: readonly string[]) => Promise<readonly OpenDecision[]>;
}

/** A decision downstream of a root, with its edges into the granted graph. */
export interface OpenDecision {
  readonly node: ScopeNode;
  /** To visible artifacts. */
  readonly causes: readonly StoredEdge[];
  /** Surrogates that stand for its hidden causes. */
  readonly surrogates: readonly string[];
}

/** Most decisions that are remembered; a page has at most 1,000. */
const MAX_DECISIONS = 10_000;

export class GrantedGraph implements LineageGraph {
  readonly links: ShownLinks;
  private readonly ranks: ReadonlyMap<string, number>;
  /** Decisions that were asked about, with what was found. */
  private readonly decisions = new LRUCache<string, OpenDecision>({ max: MAX_DECISIONS });

  constructor(
    readonly parts: GrantedGraphParts,
    private readonly stored: ArtifactGraph,
  ) {
    this.links = new ShownLinks(parts.shown);
    this.ranks = ranksOf(parts.shown);
  }

  /** True for an artifact that the holder may see; of a decision downstream once `admit` was asked about it. */
  has(id: string): boolean {
    return this.parts.shown.nodes.has(id) || this.decisions.has(id);
  }

  /** Looks whether decisions that are not part of the granted graph are opened by the grant all the same. */
  async admit(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => id.startsWith('prediction:') && !this.has(id));
    if (unknown.length === 0) return;
    for (const decision of await this.parts.findDecisions(unknown)) {
      this.decisions.set(decision.node.id, decision);
    }
  }

  /** A visible artifact; undefined for any other. */
  node(id: string): ScopeNode | undefined {
    return this.parts.shown.nodes.get(id) ?? this.decisions.get(id)?.node;
  }

  /** The edges by which the lineage goes on from a visible artifact. */
  edgesOf(id: string, direction: Direction): readonly StoredEdge[] {
    const decision = this.decisions.get(id);
    if (!decision) return this.links.edgesOf(id, direction);
    return direction === 'UPSTREAM' ? decision.causes : [];
  }

  /** Everything reached from an artifact, surrogates among it, with its distance; itself at 0. */
  walk(of: string, direction: Direction, edges?: Walk['edges']): ReadonlyMap<string, number> {
    const decision = direction === 'UPSTREAM' ? this.decisions.get(of) : undefined;
    if (!decision) return this.links.walk(of, direction, edges);
    const followed = decision.causes.filter(({ type }) => edges === undefined || edges.includes(type));
    const hidden = edges === undefined ? decision.surrogates : [];
    return this.links.walk(of, direction, edges, [...followed.map(({ to }) => to), ...hidden]);
  }

  /** A grant is read as of one point, or what was recorded when could be found out by asking. Error: `BAD_INPUT`. */
  asOf(input: AsOfInput | null | undefined): Promise<number> {
    const { asOf } = this.parts;
    const { treeSize, time } = input ?? {};
    if (time != null || (treeSize != null && treeSize !== asOf)) {
      const message = `a grant is read as of tree size ${String(asOf)}: leave asOf out`;
      return Promise.reject(new PedigreeError('BAD_INPUT', required(message, { treeSize, time })));
    }
    return Promise.resolve(asOf);
  }

  /** Why the lineage of an artifact is not all there is; undefined if nothing of it is hidden. */
  incomplete(of: string, direction: Direction): Incomplete | undefined {
    if (!this.parts.covered[direction].has(of)) return 'OUTSIDE_DIRECTION';
    return this.surrogates(of, direction).length > 0 ? 'HIDDEN' : undefined;
  }

  /** What stands for hidden artifacts in the lineage of one, nearest first, then by what they join. */
  surrogates(of: string, direction: Direction): (Surrogate & { readonly depth: number })[] {
    const depths = this.walk(of, direction);
    const found = this.parts.shown.surrogates.flatMap((surrogate) => {
      const depth = depths.get(surrogate.id);
      return depth === undefined ? [] : [{ ...surrogate, depth }];
    });
    return found.sort((a, b) => a.depth - b.depth);
  }

  /** Visible decisions whose ancestry, as far as it is shown, has an artifact in it; the artifact itself is not among them. */
  decisionsThatReach(of: string): string[] {
    return this.links.effectsOf(of).filter((id) => id !== of && id.startsWith('prediction:') && this.has(id));
  }

  async page(walk: Walk, after: Position, first: number): Promise<(Position & { id: string })[]> {
    await this.admit([walk.of]);
    const nodes = this.placed(walk).filter((place) => isAfter(place, after));
    return nodes.slice(0, first).map(({ node, depth, seq }) => ({ id: node.id, depth, seq }));
  }

  async groups(walk: Walk, byDepth: boolean, after: Position, first: number): Promise<WalkedGroup[]> {
    await this.admit([walk.of]);
    const groups = groupNodes(this.placed(walk), byDepth).filter((group) => isAfter(group, after));
    return groups.slice(0, first);
  }

  async count(walk: Walk, byDepth: boolean): Promise<KindCount[]> {
    await this.admit([walk.of]);
    return countNodes(this.placed(walk), byDepth);
  }

  async nodes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredProps>> {
    const { asOf, redaction } = this.parts;
    await this.admit(ids);
    const visible = ids.filter((id) => this.has(id));
    const found = await this.stored.nodes(visible, asOf);
    return new Map([...found].map(([id, props]) => [id, redaction.props(props)]));
  }

  async edges(
    ids: readonly string[],
    direction: Direction,
    _asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, Bounded<StoredEdge>>> {
    await this.admit(ids);
    const lists = ids
      .filter((id) => this.has(id))
      .map((id): [string, Bounded<StoredEdge>] => {
        const edges = this.edgesOf(id, direction).map((edge) => this.parts.redaction.edge(edge));
        const hidden = this.links.leadsToHidden(id, direction) || !this.parts.covered[direction].has(id);
        return [id, { items: edges.slice(0, first), total: edges.length, hidden }];
      });
    return new Map(lists);
  }

  async attestations(
    ids: readonly string[],
    _asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, Bounded<StoredProps>>> {
    const { asOf, redaction } = this.parts;
    await this.admit(ids);
    const found = await this.stored.attestations(
      ids.filter((id) => this.has(id)),
      asOf,
      first,
    );
    return new Map(
      [...found].map(([id, { items, total }]) => [
        id,
        { total, items: items.map((props) => redaction.props(props)) },
      ]),
    );
  }

  async corrections(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Correction[]>> {
    const { asOf, redaction } = this.parts;
    await this.admit(ids);
    const found = await this.stored.corrections(
      ids.filter((id) => this.has(id)),
      asOf,
    );
    const shownOf = (edges: readonly StoredEdge[]): StoredEdge[] =>
      edges.filter(({ to }) => this.has(to)).map((edge) => redaction.edge(edge));
    return new Map(
      [...found].map(([id, list]) => [
        id,
        list.map(({ props, withdrawn, added, ...correction }) => ({
          ...correction,
          props: redaction.props(props),
          withdrawn: shownOf(withdrawn),
          added: shownOf(added),
        })),
      ]),
    );
  }

  /** Oldest first; what is attested about several is listed about each in the order of their ranks. */
  async attestationsUpstream(
    of: string,
    asOf: number,
    first: number,
  ): Promise<{ attestation: StoredProps; about: string }[]> {
    await this.admit([of]);
    const ids = [...this.walk(of, 'UPSTREAM').keys()].filter((id) => this.has(id));
    const found = await this.attestations(ids, asOf, first);
    const rows = ids.flatMap((about) =>
      (found.get(about)?.items ?? []).map((attestation) => ({ attestation, about })),
    );
    const leaf = ({ attestation }: { attestation: StoredProps }): number => attestation.leafIndex as number;
    return rows
      .sort((a, b) => leaf(a) - leaf(b) || this.rankOf(a.about) - this.rankOf(b.about))
      .slice(0, first);
  }

  /** The visible artifacts of a walk, nearest first, then by rank; the root is not among them. */
  placed({ of, direction, edges, depth: maxDepth, filter }: Walk): PlacedNode[] {
    if (!this.has(of)) return [];
    const placed: PlacedNode[] = [];
    for (const [id, depth] of this.walk(of, direction, edges)) {
      const node = this.parts.shown.nodes.get(id);
      if (!node || id === of || depth > (maxDepth ?? Infinity) || !passes(node, filter)) continue;
      placed.push({ node, depth, seq: this.rankOf(id) });
    }
    return placed.sort((a, b) => a.depth - b.depth || a.seq - b.seq);
  }

  private rankOf(id: string): number {
    return this.ranks.get(id) ?? 0;
  }
}

function isAfter({ depth, seq }: Position, after: Position): boolean {
  return depth > after.depth || (depth === after.depth && seq > after.seq);
}

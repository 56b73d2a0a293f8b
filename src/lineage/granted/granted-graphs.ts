/**
 * The granted graph of each grant, computed once: what holds as of its point never changes, so it stays good for as long
 * as the grant does. What artifacts say is read each time, because an erasure may take values away.
 */
import { LRUCache } from 'lru-cache';
import type { Grant, GrantDirection, ProfileRef } from '../../access/grant.js';
import type { RedactionProfile } from '../../access/redaction-profile.js';
import { PedigreeError } from '../../domain/errors.js';
import { forEverybody } from '../../store/cancellation.js';
import type { Database } from '../../store/database.js';
import { LineageReader, type StoredEdge } from '../../store/lineage-reader.js';
import { ScopeReader, type ScopeNode } from '../../store/scope-reader.js';
import type { Direction } from '../../store/walk.js';
import { isWithin, showGranted, type Closure, type Label } from './hide.js';
import { GrantedGraph, type GrantedGraphParts, type OpenDecision } from './granted-graph.js';
import { Redaction } from './redaction.js';

/** Most artifacts and edges that a grant's roots may lead to. */
const MAX_NODES = 100_000;
const MAX_EDGES = 400_000;
/** Most artifacts and edges of all granted graphs that are kept in memory. */
const MAX_KEPT = 1_000_000;

interface CoveredClosure extends Closure {
  readonly covered: Readonly<Record<Direction, ReadonlySet<string>>>;
}

export class GrantedGraphs {
  private readonly kept = new LRUCache<string, GrantedGraph>({ maxSize: MAX_KEPT });
  private readonly loading = new Map<string, Promise<GrantedGraph>>();

  /** @param labelOf makes the names of a grant's surrogates, which nobody can join with another grant's */
  constructor(
    private readonly database: Database,
    private readonly labelOf: (grant: string) => Label,
    private readonly profileOf: (ref: ProfileRef) => Promise<RedactionProfile>,
    private readonly maxNodes = MAX_NODES,
  ) {}

  /** Errors: `GRANT_TOO_LARGE`, `TIMEOUT`, `LOG_DIVERGED` for a profile that is not what was pinned. */
  async open(grant: Grant): Promise<GrantedGraph> {
    const known = this.kept.get(grant.id);
    if (known) return known;
    const loading = this.loading.get(grant.id) ?? this.loadForAll(grant);
    this.loading.set(grant.id, loading);
    try {
      return await loading;
    } finally {
      this.loading.delete(grant.id);
    }
  }

  /** Several requests may wait for one load: it does not end with the request that happened to begin it. */
  private loadForAll(grant: Grant): Promise<GrantedGraph> {
    return forEverybody(() => this.load(grant));
  }

  private async load(grant: Grant): Promise<GrantedGraph> {
    const profile = grant.profile && (await this.profileOf(grant.profile));
    const { covered, ...closure } = await this.closureOf(grant);
    const shown = showGranted(closure, grant, this.labelOf(grant.id));
    const graph = new GrantedGraph(
      {
        shown,
        asOf: grant.asOf,
        covered,
        redaction: new Redaction((id) => shown.nodes.has(id), profile),
        profile,
        findDecisions: (ids) => this.findDecisions(grant, { covered, shown }, ids),
      },
      new LineageReader(this.database),
    );
    this.kept.set(grant.id, graph, { size: 1 + closure.nodes.size + closure.edges.length });
    return graph;
  }

  /** Only where the grant goes downstream: declared decisions within its terms that one of its artifacts there caused. */
  private async findDecisions(
    grant: Grant,
    { covered, shown }: Pick<GrantedGraphParts, 'covered' | 'shown'>,
    ids: readonly string[],
  ): Promise<OpenDecision[]> {
    if (covered.DOWNSTREAM.size === 0) return [];
    return this.database.read(async (runner) => {
      const reader = new ScopeReader(runner, grant.asOf);
      const nodes = (await reader.decisions(ids)).filter((node) => isWithin(node, grant));
      // Also of what is missing or outside of the terms: whether there is anything must not show in what is asked.
      const links = await reader.links(ids, MAX_EDGES);
      return nodes.flatMap((node) => {
        const own = links.filter(({ from }) => from === node.id);
        if (!own.some(({ to }) => covered.DOWNSTREAM.has(to))) return [];
        const surrogates = own.flatMap(({ to }) => shown.standsFor.get(to) ?? []);
        const causes = own.filter(({ to }) => shown.nodes.has(to));
        return [{ node, causes, surrogates: [...new Set(surrogates)].sort() }];
      });
    });
  }

  private closureOf({ roots, direction, asOf }: Grant): Promise<CoveredClosure> {
    return this.database.read(async (runner) => {
      const reader = new ScopeReader(runner, asOf);
      const nodes = new Map<string, ScopeNode>();
      const covered = { UPSTREAM: new Set<string>(), DOWNSTREAM: new Set<string>() };
      for (const way of directionsOf(direction)) {
        for (const node of await reader.closure(roots, way, this.maxNodes + 1)) {
          nodes.set(node.id, node);
          covered[way].add(node.id);
        }
      }
      if (nodes.size > this.maxNodes) throw tooLarge(this.maxNodes, 'artifacts');
      const links = await reader.links([...nodes.keys()], MAX_EDGES + 1);
      if (links.length > MAX_EDGES) throw tooLarge(MAX_EDGES, 'edges');
      const edges = links.filter(({ to }) => nodes.has(to)).sort(inOrder);
      return { nodes, edges, covered };
    });
  }
}

function directionsOf(direction: GrantDirection): readonly Direction[] {
  return direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction];
}

/** Oldest first; those of one entry by their names, because an order of first mention may come from hidden entries. */
function inOrder(a: StoredEdge, b: StoredEdge): number {
  const key = ({ from, to, type }: StoredEdge): string => JSON.stringify([from, to, type]);
  return a.since - b.since || (key(a) < key(b) ? -1 : 1);
}

function tooLarge(max: number, what: string): PedigreeError {
  return new PedigreeError(
    'GRANT_TOO_LARGE',
    `a grant's roots may lead to at most ${max.toLocaleString('en')} ${what}, visible or not, but these lead to more: issue it for roots that are nearer to what is asked`,
    { max },
  );
}

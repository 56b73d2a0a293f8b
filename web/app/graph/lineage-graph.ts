/**
 * The explorer's graph, without a page or a server: what was loaded, joined; what of it is visible; and what many
 * versions of one name look like as one. Edges point from effect to cause, as everywhere.
 */
import type { Kind } from '../graphql/operations.gen.js';
import { parseId } from '../parts/artifact-id.js';

export type Direction = 'UPSTREAM' | 'DOWNSTREAM';

export interface Stop {
  readonly id: string;
  readonly kind: Kind;
  readonly declared: boolean;
  readonly occurredAt: string | null;
  /** How many edges lead on from it, by direction, where that was asked for. */
  readonly onward: Readonly<Partial<Record<Direction, number>>>;
  /** Where it has more edges than the answers name: how many it has, and how many were named, by direction. */
  readonly unnamed?: Readonly<
    Partial<Record<Direction, { readonly named: number; readonly total: number } | null>>
  >;
  /** How many of its edges are in the graph, by direction. */
  readonly loaded?: Readonly<Record<Direction, number>>;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly types: readonly string[];
}

export interface LineageGraph {
  readonly root: string;
  readonly stops: ReadonlyMap<string, Stop>;
  readonly links: readonly Link[];
}

/** One answer of `lineage`, as far as the graph needs it. */
export interface LoadedPart {
  readonly direction: Direction;
  readonly stops: readonly {
    readonly id: string;
    readonly kind: Kind;
    readonly artifact: { readonly declared: boolean; readonly occurredAt: string | null };
    readonly edges: {
      readonly total: number;
      readonly items: readonly { readonly type: string; readonly from: string; readonly to: string }[];
    };
  }[];
}

/** Joins answers that overlap. An edge is in the graph if both of its ends are. */
export function joinParts(root: string, parts: readonly LoadedPart[]): LineageGraph {
  const stops = new Map<string, Stop>();
  const types = new Map<string, { from: string; to: string; types: Set<string> }>();
  for (const { direction, stops: loaded } of parts) {
    for (const { id, kind, artifact, edges } of loaded) {
      const onward = { ...stops.get(id)?.onward, [direction]: edges.total };
      // A later answer may name more of them: parts of hubs come last.
      const { items, total } = edges;
      const short = total > items.length ? { named: items.length, total } : null;
      const unnamed = { ...stops.get(id)?.unnamed, [direction]: short };
      stops.set(id, { id, kind, ...artifact, onward, unnamed });
      for (const { type, from, to } of items) {
        const link = types.get(`${from} ${to}`) ?? { from, to, types: new Set<string>() };
        types.set(`${from} ${to}`, { ...link, types: link.types.add(type) });
      }
    }
  }
  const links = [...types.values()]
    .filter(({ from, to }) => stops.has(from) && stops.has(to))
    .map(({ from, to, types: all }) => ({ from, to, types: [...all].sort() }));
  return { root, stops: countLoaded(stops, links), links };
}

function countLoaded(stops: ReadonlyMap<string, Stop>, links: readonly Link[]): Map<string, Stop> {
  const count = { UPSTREAM: new Map<string, number>(), DOWNSTREAM: new Map<string, number>() };
  for (const { from, to, types } of links) {
    count.UPSTREAM.set(from, (count.UPSTREAM.get(from) ?? 0) + types.length);
    count.DOWNSTREAM.set(to, (count.DOWNSTREAM.get(to) ?? 0) + types.length);
  }
  const loadedOf = (id: string): Record<Direction, number> => ({
    UPSTREAM: count.UPSTREAM.get(id) ?? 0,
    DOWNSTREAM: count.DOWNSTREAM.get(id) ?? 0,
  });
  return new Map([...stops].map(([id, stop]) => [id, { ...stop, loaded: loadedOf(id) }]));
}

/**
 * What can be reached from the root without going on from a folded stop; the way there may go in both directions. Stops
 * whose edges were not named, because a hub has too many, are beyond no fold, and stay.
 */
export function unfolded(graph: LineageGraph, folded: ReadonlySet<string>): LineageGraph {
  if (folded.size === 0) return graph;
  const attached = reachable(graph, new Set());
  const reached = reachable(graph, folded);
  return restrict(graph, (id) => reached.has(id) || !attached.has(id));
}

function reachable({ root, links }: LineageGraph, folded: ReadonlySet<string>): Set<string> {
  const causes = neighbours(links, 'UPSTREAM');
  const effects = neighbours(links, 'DOWNSTREAM');
  const reached = new Set([root]);
  for (const id of reached) {
    if (!folded.has(`${id} UPSTREAM`)) for (const cause of causes.get(id) ?? []) reached.add(cause);
    if (!folded.has(`${id} DOWNSTREAM`)) for (const effect of effects.get(id) ?? []) reached.add(effect);
  }
  return reached;
}

/** Everything a stop comes from and everything that comes from it, itself included. */
export function connected({ links }: Pick<LineageGraph, 'links'>, id: string): Set<string> {
  const both = (['UPSTREAM', 'DOWNSTREAM'] as const).map((direction) => {
    const next = neighbours(links, direction);
    const reached = new Set([id]);
    for (const stop of reached) for (const other of next.get(stop) ?? []) reached.add(other);
    return reached;
  });
  return new Set(both.flatMap((reached) => [...reached]));
}

/** Leaves kinds out; where the way leads through them, one link stands for it, of the type `VIA`. */
export function withoutKinds(graph: LineageGraph, hidden: ReadonlySet<Kind>): LineageGraph {
  if (hidden.size === 0) return graph;
  return bridged(graph, ({ kind }) => !hidden.has(kind));
}

/** Keeps the root and what fits; where the way leads through others, one link stands for it, of the type `VIA`. */
export function bridged(graph: LineageGraph, fits: (stop: Stop) => boolean): LineageGraph {
  const isShown = (id: string): boolean => {
    const stop = graph.stops.get(id);
    return id === graph.root || (stop !== undefined && fits(stop));
  };
  const causes = neighbours(graph.links, 'UPSTREAM');
  const bridges = [...graph.stops.keys()].filter(isShown).flatMap((from) => {
    const through = new Set((causes.get(from) ?? []).filter((id) => !isShown(id)));
    const ends = new Set<string>();
    for (const id of through) {
      for (const cause of causes.get(id) ?? []) (isShown(cause) ? ends : through).add(cause);
    }
    return [...ends].map((to) => ({ from, to, types: ['VIA'] }));
  });
  const shown = restrict(graph, isShown);
  const known = new Set(shown.links.map(({ from, to }) => `${from} ${to}`));
  return {
    ...shown,
    links: [...shown.links, ...bridges.filter(({ from, to }) => !known.has(`${from} ${to}`))],
  };
}

export interface Group {
  readonly key: string;
  readonly kind: Kind;
  readonly members: readonly string[];
}

/** Names with more versions than this are shown as one until they are opened. */
const MOST_VERSIONS = 4;

/** Versions of one name, taken together. The root and opened groups stay as they are. */
export function groupsOf({ root, stops }: LineageGraph, opened: ReadonlySet<string>): Group[] {
  const byName = new Map<string, { kind: Kind; members: string[] }>();
  for (const { id, kind } of stops.values()) {
    if (id === root) continue;
    const key = groupKey(id);
    const group = byName.get(key) ?? { kind, members: [] };
    group.members.push(id);
    byName.set(key, group);
  }
  return [...byName]
    .filter(([key, { members }]) => members.length > MOST_VERSIONS && !opened.has(key))
    .map(([key, group]) => ({ key, ...group }));
}

/** Kind, namespace and name: everything of an id but the version. */
function groupKey(id: string): string {
  const { kind, namespace, name } = parseId(id);
  return `${kind ?? ''}:${namespace}/${name}`;
}

/** Cause or effect of each stop. */
export function neighbours(links: readonly Link[], direction: Direction): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) {
    const [at, on] = direction === 'UPSTREAM' ? [from, to] : [to, from];
    const found = next.get(at);
    if (found) found.push(on);
    else next.set(at, [on]);
  }
  return next;
}

function restrict(graph: LineageGraph, keep: (id: string) => boolean): LineageGraph {
  return {
    root: graph.root,
    stops: new Map([...graph.stops].filter(([id]) => keep(id))),
    links: graph.links.filter(({ from, to }) => keep(from) && keep(to)),
  };
}

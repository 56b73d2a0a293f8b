/**
 * What a grant shows of a closure: the visible artifacts, and surrogates for what is hidden between and behind them. Pure.
 *
 * Artifacts that are hidden and hang together are one surrogate, and two that join the same visible artifacts are one,
 * too. So nothing here depends on how many are hidden, what they are, or how they hang together among themselves: only on
 * which visible artifacts they join.
 */
import type { GrantScope, Reveal } from '../../access/grant.js';
import type { StoredEdge } from '../../store/lineage-reader.js';
import type { ScopeNode } from '../../store/scope-reader.js';
import type { Surrogate } from './surrogate.js';

/** Everything that a grant's roots lead to, as it is stored. */
export interface Closure {
  readonly nodes: ReadonlyMap<string, ScopeNode>;
  /** Between these nodes. */
  readonly edges: readonly StoredEdge[];
}

/** The graph as a grant's holder sees it. */
export interface Shown {
  readonly nodes: ReadonlyMap<string, ScopeNode>;
  /** Between visible artifacts. */
  readonly edges: readonly StoredEdge[];
  readonly surrogates: readonly Surrogate[];
  /** Which surrogate stands for a hidden artifact: for the server alone. */
  readonly standsFor: ReadonlyMap<string, string>;
}

/** Makes a surrogate's id from a text that tells it from the others of its grant. */
export type Label = (text: string) => string;

/** The graph that a grant shows. */
export function showGranted(closure: Closure, scope: GrantScope & { reveal: Reveal }, label: Label): Shown {
  const roots = new Set(scope.roots);
  const isShown = (node: ScopeNode): boolean => roots.has(node.id) || isWithin(node, scope);
  const visible = new Set([...closure.nodes.values()].filter(isShown).map(({ id }) => id));
  const hidden = [...closure.nodes.keys()].filter((id) => !visible.has(id));
  const single = new Set(scope.reveal === 'KIND' ? hidden : []);
  const shown = collapse(closure, visible, single, label);
  if (scope.depth === undefined) return shown;
  const near = nearby(shown, scope, scope.depth);
  const isNear = (id: string): boolean => near.has(shown.standsFor.get(id) ?? id);
  return collapse(closure, new Set([...visible].filter(isNear)), new Set([...single].filter(isNear)), label);
}

/** True for an artifact that a scope opens, but for its depth. */
export function isWithin(
  { kind, occurredAt }: ScopeNode,
  { kinds, decidedFrom, decidedTo }: Pick<GrantScope, 'kinds' | 'decidedFrom' | 'decidedTo'>,
): boolean {
  if (kinds && !kinds.includes(kind)) return false;
  if (kind !== 'Prediction' || (decidedFrom === undefined && decidedTo === undefined)) return true;
  if (occurredAt === undefined) return false;
  return (decidedFrom ?? 0) <= occurredAt && occurredAt < (decidedTo ?? Infinity);
}

/** Hidden artifacts in `single` are shown one by one, with their kind; of all others only what they join. */
function collapse(
  closure: Closure,
  visible: ReadonlySet<string>,
  single: ReadonlySet<string>,
  label: Label,
): Shown {
  const groups = groupHidden(closure, visible, single);
  const { effects, causes } = neighbours(closure, groups);
  const names = nameGroups(groups, single, effects, causes, label);
  const named = (id: string): string => names.get(groups.get(id) ?? '') ?? id;
  const surrogates = new Map<string, Surrogate>();
  for (const [group, id] of names) {
    const kind = single.has(group) ? closure.nodes.get(group)?.kind : undefined;
    surrogates.set(id, {
      id,
      ...(kind === undefined ? {} : { kind }),
      effects: [...new Set([...(effects.get(group) ?? [])].map(named))].sort(),
      causes: [...new Set([...(causes.get(group) ?? [])].map(named))].sort(),
    });
  }
  return {
    nodes: new Map([...closure.nodes].filter(([id]) => visible.has(id))),
    edges: closure.edges.filter(({ from, to }) => visible.has(from) && visible.has(to)),
    surrogates: inOrder([...surrogates.values()], visible),
    standsFor: new Map([...groups].map(([id, group]) => [id, names.get(group) as string])),
  };
}

/** By the visible artifacts that they join: their names are made up, and an order by these would be another one under each grant. */
function inOrder(surrogates: readonly Surrogate[], visible: ReadonlySet<string>): Surrogate[] {
  const joined = (ids: readonly string[]): readonly string[] => ids.filter((id) => visible.has(id));
  return surrogates
    .map((surrogate) => {
      const { id, kind, effects, causes } = surrogate;
      return { surrogate, key: JSON.stringify([joined(effects), joined(causes), kind, id]) };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ surrogate }) => surrogate);
}

/** Hidden id → its group: those that hang together without a visible or single artifact in between (union-find). */
function groupHidden(
  { nodes, edges }: Closure,
  visible: ReadonlySet<string>,
  single: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const parents = new Map([...nodes.keys()].filter((id) => !visible.has(id)).map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    for (let up = parents.get(at) as string; up !== at; up = parents.get(at) as string) {
      parents.set(at, parents.get(up) as string);
      at = up;
    }
    return at;
  };
  const joins = (id: string): boolean => parents.has(id) && !single.has(id);
  for (const { from, to } of edges) {
    if (joins(from) && joins(to)) parents.set(find(from), find(to));
  }
  return new Map([...parents.keys()].map((id) => [id, find(id)]));
}

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

/** Group → what lies outside of it and depends on it, and what it depends on. */
function neighbours(
  { edges }: Closure,
  groups: ReadonlyMap<string, string>,
): { effects: Neighbours; causes: Neighbours } {
  const effects = new Map<string, Set<string>>();
  const causes = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, group: string, id: string): void => {
    const known = map.get(group);
    if (known) known.add(id);
    else map.set(group, new Set([id]));
  };
  for (const { from, to } of edges) {
    const [near, far] = [groups.get(from), groups.get(to)];
    if (near === far) continue;
    if (far !== undefined) add(effects, far, from);
    if (near !== undefined) add(causes, near, to);
  }
  return { effects, causes };
}

/** A group is named by what it joins, so that the same name comes out whatever is inside. */
function nameGroups(
  groups: ReadonlyMap<string, string>,
  single: ReadonlySet<string>,
  effects: Neighbours,
  causes: Neighbours,
  label: Label,
): ReadonlyMap<string, string> {
  const boundary = (group: string): string =>
    JSON.stringify([effects, causes].map((side) => [...(side.get(group) ?? [])].sort()));
  return new Map(
    [...new Set(groups.values())].map((group) => [group, label(single.has(group) ? group : boundary(group))]),
  );
}

type Pair = readonly [from: string, to: string];

/** What lies within a distance of the roots in the directions of the scope, in the graph as it is shown. */
function nearby(
  { edges, surrogates }: Shown,
  { roots, direction }: Pick<GrantScope, 'roots' | 'direction'>,
  depth: number,
): ReadonlySet<string> {
  const pairs: Pair[] = [
    ...edges.map(({ from, to }): Pair => [from, to]),
    ...surrogates.flatMap(({ id, effects, causes }) => [
      ...effects.map((effect): Pair => [effect, id]),
      ...causes.map((cause): Pair => [id, cause]),
    ]),
  ];
  const up = direction === 'DOWNSTREAM' ? [] : within(pairs, roots, depth);
  const down =
    direction === 'UPSTREAM'
      ? []
      : within(
          pairs.map(([from, to]): Pair => [to, from]),
          roots,
          depth,
        );
  return new Set([...up, ...down]);
}

function within(pairs: readonly Pair[], roots: readonly string[], depth: number): Iterable<string> {
  const next = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
  }
  const depths = new Map(roots.map((id) => [id, 0]));
  for (const [id, at] of depths) {
    // A map goes on to the keys that are added while it is walked, in order: breadth first.
    if (at === depth) continue;
    for (const other of next.get(id) ?? []) if (!depths.has(other)) depths.set(other, at + 1);
  }
  return depths.keys();
}

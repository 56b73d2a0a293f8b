/**
 * Which artifacts of a world a grant may show, made from the words of docs/grants.md and from nothing of the server's: what
 * the server shows beyond these counts as hidden here, is changed, and makes the answers differ.
 */
import type { GrantSketch } from './readers.js';
import type { SketchEdge, SketchNode, World } from './world.js';

type Way = 'UPSTREAM' | 'DOWNSTREAM';

/** Indexes of the visible nodes. */
export function visibleUnder(world: World, grant: GrantSketch): ReadonlySet<number> {
  const { nodes } = world;
  const ways = grant.direction === 'BOTH' ? (['UPSTREAM', 'DOWNSTREAM'] as const) : [grant.direction];
  const closure = new Set(ways.flatMap((way) => [...reached(world, grant.roots, way)]));
  const isOpen = (i: number): boolean => grant.roots.includes(i) || isWithin(nodes[i]!, grant);
  const open = new Set([...closure].filter(isOpen));
  const near = grant.depth === undefined ? open : within(world, closure, open, grant, ways, grant.depth);
  // Decisions downstream are opened one by one, however far they are: a walk downstream does not enter them.
  const decisions = nodes.flatMap(({ kind }, i) =>
    kind === 'Prediction' && grant.direction !== 'UPSTREAM' && isOpen(i) ? [i] : [],
  );
  return new Set([...[...open].filter((i) => near.has(i)), ...decisions]);
}

function isWithin({ kind, day }: SketchNode, { kinds, window }: GrantSketch): boolean {
  if (!kinds.includes(kind)) return false;
  return kind !== 'Prediction' || !window || (window[0] <= day && day < window[1]);
}

/** The neighbours of a node in one direction: downstream neither decisions are entered from others, nor is data blamed for definitions. */
function nextOf({ nodes }: World, i: number, way: Way): number[] {
  if (way === 'UPSTREAM') return nodes[i]!.edges.map(({ to }) => to);
  const isFollowed = ({ type, to }: SketchEdge): boolean =>
    to === i &&
    type !== 'MADE_BY' &&
    type !== 'SCORED' &&
    (type !== 'DERIVED_FROM' || nodes[to]!.kind === 'FeatureDef');
  return nodes.flatMap(({ edges }, from) => (edges.some(isFollowed) ? [from] : []));
}

function reached(world: World, roots: readonly number[], way: Way): ReadonlySet<number> {
  const found = new Set(roots);
  // A set yields what is added to it while it is walked.
  for (const i of found) for (const next of nextOf(world, i, way)) found.add(next);
  return found;
}

/** Within a distance of the roots where each group of hidden nodes that hang together is one step. */
function within(
  { nodes }: World,
  closure: ReadonlySet<number>,
  open: ReadonlySet<number>,
  { roots, reveal }: GrantSketch,
  ways: readonly Way[],
  depth: number,
): ReadonlySet<number> {
  const group = nodes.map((_, i) => i);
  const isJoined = (i: number): boolean => reveal === 'NOTHING' && closure.has(i) && !open.has(i);
  const pairs = nodes.flatMap(({ edges }, from) =>
    edges.filter(({ to }) => closure.has(from) && closure.has(to)).map(({ to }) => [from, to] as const),
  );
  for (const [from, to] of pairs) {
    const [one, other] = [group[from]!, group[to]!];
    if (isJoined(from) && isJoined(to)) group.forEach((g, i) => (group[i] = g === other ? one : g));
  }
  const near = new Set<number>();
  for (const way of ways) {
    const depths = new Map(roots.map((root) => [group[root]!, 0]));
    for (const [g, at] of depths) {
      if (at === depth) continue;
      for (const [from, to] of pairs) {
        const [here, there] = way === 'UPSTREAM' ? [from, to] : [to, from];
        if (group[here] === g && !depths.has(group[there]!)) depths.set(group[there]!, at + 1);
      }
    }
    nodes.forEach((_, i) => depths.has(group[i]!) && near.add(i));
  }
  return near;
}

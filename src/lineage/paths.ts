/**
 * The k shortest paths of a graph without cycles, shortest first, in work that grows with k and the paths' lengths and
 * never with the number of all paths: best-first search with the exact distance that is left as its estimate (A*, Hart,
 * Nilsson and Raphael 1968), so that every partial path that is looked at is the beginning of a path that is given.
 */

/** What to follow from a node, in a fixed order, which decides between paths of equal length. */
export type Successors = (node: string) => readonly string[];

interface Partial {
  readonly node: string;
  readonly length: number;
  readonly before: Partial | undefined;
}

/**
 * Paths as the nodes on them, ends included. Takes the graph to be acyclic. Lazy: who stops taking stops the search.
 *
 * @example [...shortestPaths('a', 'd', (node) => next.get(node) ?? [])].slice(0, 3)
 */
export function* shortestPaths(from: string, to: string, next: Successors): Generator<string[]> {
  const left = distancesTo(from, to, next);
  const total = left.get(from);
  if (total === undefined) return;
  // Partial paths by the length of the whole path that they begin; of one length, the newest and so longest first.
  const open: Partial[][] = [];
  push(open, total, { node: from, length: 0, before: undefined });
  for (let whole = total; whole < open.length; whole += 1) {
    for (let partial = open[whole]?.pop(); partial; partial = open[whole]?.pop()) {
      if (partial.node === to) {
        yield nodesOf(partial);
        continue;
      }
      const length = partial.length + 1;
      for (const node of next(partial.node).toReversed()) {
        const rest = left.get(node);
        if (rest !== undefined) push(open, length + rest, { node, length, before: partial });
      }
    }
  }
}

function push(open: Partial[][], whole: number, partial: Partial): void {
  while (open.length <= whole) open.push([]);
  open[whole]?.push(partial);
}

function nodesOf(last: Partial): string[] {
  const nodes: string[] = [];
  for (let at: Partial | undefined = last; at; at = at.before) nodes.push(at.node);
  return nodes.reverse();
}

/** Fewest edges to the goal, for every node between the two; others are not in it. */
function distancesTo(from: string, to: string, next: Successors): Map<string, number> {
  const causes = predecessors(from, next);
  const left = new Map<string, number>();
  if (from === to || causes.has(to)) left.set(to, 0);
  for (const [node, distance] of left) {
    for (const effect of causes.get(node) ?? []) {
      if (!left.has(effect)) left.set(effect, distance + 1);
    }
  }
  return left;
}

/** The edges that can be reached, turned round. A Map is read in the order in which it grows: it is its own queue. */
function predecessors(from: string, next: Successors): Map<string, string[]> {
  const found = new Map<string, string[]>([[from, []]]);
  for (const [node] of found) {
    for (const other of next(node)) {
      const known = found.get(other);
      if (known) known.push(node);
      else found.set(other, [node]);
    }
  }
  return found;
}

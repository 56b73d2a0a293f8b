/** The reference: a plain breadth-first search over lists in memory. */
import type { BenchGraph } from './graph.js';

const LISTS = new WeakMap<BenchGraph, readonly (readonly number[])[]>();

/** The depth of every node that a root reaches, by number; the lists are made once for each graph. */
export function reach(graph: BenchGraph, root: number): ReadonlyMap<number, number> {
  const lists = LISTS.get(graph) ?? adjacencyLists(graph);
  LISTS.set(graph, lists);
  const depths = new Map<number, number>();
  let level = [root];
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: number[] = [];
    for (const from of level) {
      for (const to of lists[from] ?? []) {
        if (depths.has(to)) continue;
        depths.set(to, depth);
        next.push(to);
      }
    }
    level = next;
  }
  return depths;
}

function adjacencyLists({ nodes, edges }: BenchGraph): number[][] {
  const lists = nodes.map((): number[] => []);
  for (const { from, to } of edges) lists[from]?.push(to);
  return lists;
}

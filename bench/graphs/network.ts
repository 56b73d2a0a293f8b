/** Lineage as a page shows it: layers of artifacts with names of their own, each from one or two of the layer before. */
import { benchNode, type BenchEdge, type BenchGraph } from './graph.js';

/** So many of ten come from two, the others from one. */
const FROM_TWO = 6;

/** `count` artifacts: a data set, which comes first, and what comes from it, in layers of `width`. Deterministic. */
export function network(name: string, count: number, width: number): BenchGraph {
  const layerOf = (i: number): number => (i === 0 ? 0 : 1 + Math.floor((i - 1) / width));
  const nodes = Array.from({ length: count }, (_, i) =>
    benchNode(layerOf(i) % 2 === 0 ? 'Dataset' : 'Transform', `${name}-${String(i)}`, 1),
  );
  const edges = nodes.flatMap((_, i) => causesOf(i, width).map((to) => edge(i, to, layerOf(i))));
  return { nodes, edges };
}

/** Spread over the layer before by multipliers that have no divisor in common with its width. */
function causesOf(i: number, width: number): number[] {
  if (i === 0) return [];
  const before = Math.floor((i - 1) / width) - 1;
  if (before < 0) return [0];
  const cause = (spread: number): number => 1 + before * width + ((i * spread) % width);
  return [...new Set((i * 7) % 10 < FROM_TWO ? [cause(13), cause(29)] : [cause(13)])];
}

function edge(from: number, to: number, layer: number): BenchEdge {
  return { from, to, type: layer % 2 === 1 ? 'READ' : 'PRODUCED_BY' };
}

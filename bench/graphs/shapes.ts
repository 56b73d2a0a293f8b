/** The shapes that lineage is measured on. Deterministic: the same graph in every run. */
import type { ArtifactKind, EdgeType } from '../../src/domain/kinds.js';
import { benchNode, type BenchEdge, type BenchGraph, type BenchNode } from './graph.js';

/** The layered closure of the published figures, without its root. */
const LAYERED = { nodes: 44_829, edges: 115_044, levels: 101 };

/**
 * `lanes` graphs of 44,829 nodes and 115,044 edges in 101 levels under one model each; the model is the first level.
 * Runs and data sets take turns. Every lane but the first also reads from the first, so that what lies around the
 * measured closure hangs together with it without being in it. Ten lanes make 448,300 nodes.
 */
export function layered(lanes: number): BenchGraph {
  const nodes: BenchNode[] = [];
  const edges: BenchEdge[] = [];
  let previous: readonly (readonly number[])[] = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    const levels = addLevels(nodes, lane);
    addEdges(levels, edges, generator(lane + 1));
    if (lane > 0) joinLanes(levels, previous, edges);
    else previous = levels;
  }
  return { nodes, edges };
}

/** Data sets and runs in one line of `length` edges. Its root comes first. */
export function chain(length: number, name = 'chain'): BenchGraph {
  const nodes = Array.from({ length: length + 1 }, (_, i) => benchNode(kindAt(i + 1), name, i));
  const edges = nodes.slice(1).map((_, i) => ({ from: i, to: i + 1, type: typeAt(i + 1) }));
  return { nodes, edges };
}

/** A data set, two runs, a data set, two runs, …: 2^count paths over 4 × count edges. Its root comes first. */
export function diamonds(count: number): BenchGraph {
  const nodes: BenchNode[] = [benchNode('Dataset', 'diamond', 0)];
  const edges: BenchEdge[] = [];
  for (let i = 1; i <= count; i += 1) {
    const top = nodes.length - 1;
    nodes.push(benchNode('Transform', 'diamond', `${String(i)}-left`));
    nodes.push(benchNode('Transform', 'diamond', `${String(i)}-right`));
    nodes.push(benchNode('Dataset', 'diamond', i));
    for (const side of [top + 1, top + 2]) {
      edges.push({ from: top, to: side, type: 'PRODUCED_BY' }, { from: side, to: top + 3, type: 'READ' });
    }
  }
  return { nodes, edges };
}

/** One data set that `readers` runs have read. It comes first. */
export function hub(readers: number): BenchGraph {
  const name = `hub-${String(readers)}`;
  const nodes = [benchNode('Dataset', name, 'hub')];
  const edges: BenchEdge[] = [];
  for (let i = 1; i <= readers; i += 1) {
    nodes.push(benchNode('Transform', name, i));
    edges.push({ from: i, to: 0, type: 'READ' });
  }
  return { nodes, edges };
}

function addLevels(nodes: BenchNode[], lane: number): number[][] {
  const below = LAYERED.levels - 1;
  const name = `lane-${String(lane)}`;
  const levels = [[nodes.push(benchNode('Model', name, 'root')) - 1]];
  for (let level = 1; level <= below; level += 1) {
    const width = Math.floor(LAYERED.nodes / below) + (level <= LAYERED.nodes % below ? 1 : 0);
    levels.push(
      Array.from(
        { length: width },
        (_, i) => nodes.push(benchNode(kindAt(level), name, `${String(level)}-${String(i)}`)) - 1,
      ),
    );
  }
  return levels;
}

/** Every node is reached from the level above it once; the rest of the edges is spread at random, none twice. */
function addEdges(levels: readonly (readonly number[])[], edges: BenchEdge[], random: () => number): void {
  const seen = new Set<string>();
  const start = edges.length;
  const add = (level: number, from: number, to: number): void => {
    const key = `${String(from)} ${String(to)}`;
    if (seen.has(key)) return;
    seen.add(key);
    edges.push({ from, to, type: level === 1 ? 'TRAINED_BY' : typeAt(level - 1) });
  };
  for (let level = 1; level < levels.length; level += 1) {
    for (const to of levels[level] ?? []) add(level, pick(levels[level - 1], random), to);
  }
  while (edges.length - start < LAYERED.edges) {
    const level = 2 + Math.floor(random() * (levels.length - 2));
    add(level, pick(levels[level - 1], random), pick(levels[level], random));
  }
}

function joinLanes(
  levels: readonly (readonly number[])[],
  first: readonly (readonly number[])[],
  edges: BenchEdge[],
): void {
  for (let level = 2; level < levels.length; level += 1) {
    const from = levels[level - 1]?.[0] ?? 0;
    const to = first[level]?.[0] ?? 0;
    edges.push({ from, to, type: typeAt(level - 1) });
  }
}

function kindAt(level: number): ArtifactKind {
  return level % 2 === 1 ? 'Transform' : 'Dataset';
}

function typeAt(level: number): EdgeType {
  return level % 2 === 1 ? 'READ' : 'PRODUCED_BY';
}

function pick(items: readonly number[] = [], random: () => number): number {
  return items[Math.floor(random() * items.length)] ?? 0;
}

/** A small congruential generator (Numerical Recipes): from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The parts of the lineage benchmark: what each writes, and its figures. */
import { required } from '../../src/domain/errors.js';
import { fanNode, writeFan, type Fan } from '../graphs/many.js';
import { writeGraph, type BenchGraph } from '../graphs/graph.js';
import { reach } from '../graphs/breadth-first.js';
import { chain, diamonds, hub, layered } from '../graphs/shapes.js';
import { heldBy } from '../live-memory.js';
import { compare, timed } from '../measure.js';
import type { Figure } from '../report.js';
import {
  ask,
  askTotals,
  countRaw,
  exportAll,
  exportStream,
  readColumns,
  requireEqual,
  rootOf,
  type Sides,
} from './sides.js';

/** Two lanes: the measured closure and as much again around it, 89,660 nodes in all. */
const LANES = 2;
const CHAIN = 10_000;
const DIAMONDS = 40;
const HUB = 100_000;
const MANY = 1_000_000;
const RUNS = 15;

const HUB_EDGES = `query ($id: ID!) { lineage(of: $id, direction: DOWNSTREAM, first: 1) {
  root { edges { total totalIsExact items { from } } } } }`;

const HUB_PAGE = `query ($id: ID!) { lineage(of: $id, direction: DOWNSTREAM) { nodes { id depth } hasNextPage } }`;
const DOWNSTREAM = `query ($id: ID!) { lineage(of: $id, direction: DOWNSTREAM) { nodes { id } totals { nodes } } }`;

/** A million decisions of the measured model: the layered graph is a mixed one, with more decisions than anything else. */
const DECISIONS: Fan = {
  to: 'model:bench/lane-0@root',
  kind: 'Prediction',
  type: 'MADE_BY',
  name: 'decision',
  count: MANY,
};
const READERS: Fan = {
  to: `dataset:bench/hub-0@hub`,
  kind: 'Transform',
  type: 'READ',
  name: 'reader',
  count: MANY,
};

/** The graphs that are written node by node, each at most once. */
const SHAPES = {
  layers: () => layered(LANES),
  chain: () => chain(CHAIN),
  diamonds: () => diamonds(DIAMONDS),
  short: () => chain(2 * DIAMONDS, 'short'),
  hub: () => hub(HUB),
  bare: () => hub(0),
} as const;
type Shape = keyof typeof SHAPES;
type Graphs = Readonly<Record<Shape, BenchGraph>>;

/** Those in which a search in memory must find as much as both sides do. */
const SEARCHED: readonly Shape[] = ['layers', 'chain', 'diamonds', 'short'];

interface Part {
  readonly shapes: readonly Shape[];
  readonly fans?: readonly Fan[];
  readonly figures: (sides: Sides, graphs: Graphs) => Promise<Figure[]>;
}

const PARTS = {
  layers: { shapes: ['layers'], figures: layerFigures },
  chain: { shapes: ['chain'], figures: chainFigures },
  diamonds: { shapes: ['diamonds', 'short'], figures: diamondFigures },
  hub: { shapes: ['hub'], figures: hubFigures },
  many: { shapes: ['layers', 'hub', 'bare'], fans: [DECISIONS, READERS], figures: manyFigures },
} as const satisfies Record<string, Part>;

/** Writes what the parts need, checks that all sides find the same, then measures. No names: all parts. */
export async function measureParts(
  sides: Sides,
  only: readonly string[] | undefined,
  log: (line: string) => void,
): Promise<Figure[]> {
  const parts = choose(only);
  const graphs = await writeShapes(sides, new Set(parts.flatMap(({ shapes }) => shapes)), log);
  for (const fan of new Set(parts.flatMap(({ fans = [] }) => fans))) {
    log(`writing ${String(fan.count)} nodes that hang on ${fan.to}`);
    await writeFan(sides.driver, fan);
  }
  const figures: Figure[] = [];
  for (const part of parts) figures.push(...(await part.figures(sides, graphs)));
  return figures;
}

function choose(only: readonly string[] = Object.keys(PARTS)): readonly Part[] {
  const parts: Readonly<Record<string, Part>> = PARTS;
  return only.map((name) => {
    const part = parts[name];
    if (part) return part;
    throw new Error(required(`--only must name parts: ${Object.keys(PARTS).join(', ')}`, name));
  });
}

async function writeShapes(
  sides: Sides,
  shapes: ReadonlySet<Shape>,
  log: (line: string) => void,
): Promise<Graphs> {
  const graphs: Partial<Record<Shape, BenchGraph>> = {};
  for (const shape of shapes) {
    const graph = SHAPES[shape]();
    graphs[shape] = graph;
    log(`writing ${shape}: ${String(graph.nodes.length)} nodes, ${String(graph.edges.length)} edges`);
    await writeGraph(sides.driver, graph);
  }
  for (const shape of SEARCHED) if (graphs[shape]) await requireEqual(sides, graphs[shape]);
  return graphs as Graphs;
}

async function layerFigures(sides: Sides, { layers }: Graphs): Promise<Figure[]> {
  return [
    await totalsBesideCount(sides, 'layers: totals and first page, ms', layers, 2),
    await totalsBesideMemory(sides, layers),
    await exportBesideColumns(sides, layers),
  ];
}

async function chainFigures(sides: Sides, graphs: Graphs): Promise<Figure[]> {
  return [await totalsBesideCount(sides, 'chain of 10,000: totals and first page, ms', graphs.chain, 3)];
}

async function diamondFigures(sides: Sides, graphs: Graphs): Promise<Figure[]> {
  return [
    await compare({
      name: '40 diamonds beside a chain as deep, ms',
      ours: () => timed(() => askTotals(sides, rootOf(graphs.diamonds))),
      reference: () => timed(() => askTotals(sides, rootOf(graphs.short))),
      runs: RUNS,
      bar: { atMost: 3 },
    }),
  ];
}

async function hubFigures(sides: Sides, graphs: Graphs): Promise<Figure[]> {
  return [
    await compare({
      name: 'first edges of a hub of 100,000 beside a leaf, ms',
      ours: () => timed(() => ask(sides, HUB_EDGES, rootOf(graphs.hub))),
      reference: () => timed(() => ask(sides, HUB_EDGES, graphs.hub.nodes[1]?.id ?? '')),
      runs: RUNS,
    }),
  ];
}

/** What a million nodes beside, below and in a closure cost. */
async function manyFigures(sides: Sides, { layers }: Graphs): Promise<Figure[]> {
  const decision = fanNode(DECISIONS, 7);
  return [
    await compare({
      name: 'layers: totals of one of 1M decisions beside those of its model, ms',
      ours: () => timed(() => askTotals(sides, decision)),
      reference: () => timed(() => askTotals(sides, rootOf(layers))),
      runs: RUNS,
      bar: { atMost: 1.3 },
    }),
    await compare({
      name: 'downstream of a model with 1M decisions beside one with none, ms',
      ours: () => timed(() => ask(sides, DOWNSTREAM, DECISIONS.to)),
      reference: () => timed(() => ask(sides, DOWNSTREAM, 'model:bench/lane-1@root')),
      runs: RUNS,
    }),
    await compare({
      name: 'first edges of a hub of 1,000,000 beside one of 100,000, ms',
      ours: () => timed(() => ask(sides, HUB_EDGES, READERS.to)),
      reference: () => timed(() => ask(sides, HUB_EDGES, `dataset:bench/hub-${String(HUB)}@hub`)),
      runs: RUNS,
    }),
    await compare({
      name: 'first page of 100 of a hub of 1,000,000 beside one of 100,000, ms',
      ours: () => timed(() => ask(sides, HUB_PAGE, READERS.to)),
      reference: () => timed(() => ask(sides, HUB_PAGE, `dataset:bench/hub-${String(HUB)}@hub`)),
      runs: 5,
    }),
    await compare({
      name: 'memory held by an export of 1,000,001 nodes beside one of 44,830, MiB',
      ours: () => heldBy(() => exportStream(sides, READERS.to, 'downstream')),
      reference: () => heldBy(() => exportStream(sides, rootOf(layers), 'upstream')),
      runs: 3,
    }),
  ];
}

function totalsBesideCount(sides: Sides, name: string, graph: BenchGraph, atMost: number): Promise<Figure> {
  return compare({
    name: `${name}, beside counting Cypher`,
    ours: () => timed(() => askTotals(sides, rootOf(graph))),
    reference: () => timed(() => countRaw(sides, rootOf(graph))),
    runs: RUNS,
    bar: { atMost },
  });
}

function totalsBesideMemory(sides: Sides, graph: BenchGraph): Promise<Figure> {
  return compare({
    name: 'layers: the same, beside a search in memory',
    ours: () => timed(() => askTotals(sides, rootOf(graph))),
    reference: () => timed(() => Promise.resolve(reach(graph, 0))),
    runs: RUNS,
  });
}

function exportBesideColumns(sides: Sides, graph: BenchGraph): Promise<Figure> {
  return compare({
    name: 'layers: whole closure as NDJSON beside two reads of columns, ms',
    ours: () => timed(() => exportAll(sides, rootOf(graph))),
    reference: () => timed(() => readColumns(sides, rootOf(graph))),
    runs: 5,
    bar: { atMost: 2 },
  });
}

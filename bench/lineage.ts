/**
 * Lineage beside hand-written Cypher over Bolt and a breadth-first search in memory, on one database in one run. The
 * answers of all sides must be equal before anything is measured. What is written is in bench/graphs.
 */
import neo4j, { type Driver } from 'neo4j-driver';
import { readConfig } from '../src/app/config.js';
import { startServer, type RunningServer } from '../src/app/server.js';
import { startEmbeddedNeo4j } from '../src/neo4j/embedded-neo4j.js';
import { reach } from './graphs/breadth-first.js';
import { writeGraph, type BenchGraph } from './graphs/graph.js';
import { fanNode, writeFan, type Fan } from './graphs/many.js';
import { chain, diamonds, hub, layered } from './graphs/shapes.js';
import { heldBy } from './live-memory.js';
import type { BenchContext } from './main.js';
import { compare, timed } from './measure.js';
import type { Figure } from './report.js';

/** Two lanes: the measured closure and as much again around it, 89,660 nodes in all. */
const LANES = 2;
const CHAIN = 10_000;
const DIAMONDS = 40;
const HUB = 100_000;
const MANY = 1_000_000;
const RUNS = 15;

const UPSTREAM =
  'PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO';
const COUNT = `MATCH (n:Artifact {id: $id})-[:${UPSTREAM}*1..]->(a) RETURN count(DISTINCT a) AS count`;
const NODES = `MATCH (n:Artifact {id: $id}) MATCH q = (n)-[:${UPSTREAM}*1..]->(a) WITH a, min(length(q)) AS depth
  RETURN collect(a.id) AS ids, collect(depth) AS depths, collect(labels(a)[1]) AS kinds`;
const EDGES = `MATCH (n:Artifact {id: $id})-[:${UPSTREAM}*0..]->(a) WITH DISTINCT a MATCH (a)-[r:${UPSTREAM}]->(b)
  RETURN collect(id(a)) AS froms, collect(id(b)) AS tos`;
const TOTALS = `query ($id: ID!) { lineage(of: $id, direction: UPSTREAM) {
  nodes { id kind depth } endCursor totals { nodes maxDepth byKind { kind count } } } }`;
const HUB_EDGES = `query ($id: ID!) { lineage(of: $id, direction: DOWNSTREAM, first: 1) {
  root { edges { total totalIsExact items { from } } } } }`;

const HUB_PAGE = `query ($id: ID!) { lineage(of: $id, direction: DOWNSTREAM) { nodes { id depth } hasNextPage } }`;
const DOWNSTREAM = `query ($id: ID!) { lineage(of: $id, direction: DOWNSTREAM) { nodes { id } totals { nodes } } }`;

interface Sides {
  readonly server: RunningServer;
  readonly driver: Driver;
  readonly token: string;
}

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

/** Measures all shapes; the graphs are written first, which takes a few minutes. */
export async function run({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const database = await startEmbeddedNeo4j({ dataDir: workDir, log });
  const driver = neo4j.driver(database.uri, neo4j.auth.basic(database.user, database.password), {
    disableLosslessIntegers: true,
  });
  try {
    const server = await startServer(
      readConfig({
        NEO4J_URI: database.uri,
        NEO4J_USERNAME: database.user,
        NEO4J_PASSWORD: database.password,
        PEDIGREE_PORT: '0',
        PEDIGREE_DATA_DIR: workDir,
        PEDIGREE_READ_BUDGET: '0',
      }),
      { log },
    );
    try {
      const token = await server.tokens.sign({ name: 'bench', role: 'reader' });
      return await measure({ server, driver, token }, log);
    } finally {
      await server.stop();
    }
  } finally {
    await driver.close();
    await database.stop();
  }
}

async function measure(sides: Sides, log: BenchContext['log']): Promise<Figure[]> {
  const write = async (name: string, graph: BenchGraph): Promise<BenchGraph> => {
    log(`writing ${name}: ${String(graph.nodes.length)} nodes, ${String(graph.edges.length)} edges`);
    await writeGraph(sides.driver, graph);
    return graph;
  };
  const layers = await write('layers', layered(LANES));
  const line = await write('a chain', chain(CHAIN));
  const stacked = await write('diamonds', diamonds(DIAMONDS));
  const short = await write('a short chain', chain(2 * DIAMONDS, 'short'));
  const star = await write('a hub', hub(HUB));
  for (const graph of [layers, line, stacked, short]) await requireEqual(sides, graph);
  await write('a hub without readers', hub(0));
  for (const fan of [DECISIONS, READERS]) {
    log(`writing ${String(fan.count)} nodes that hang on ${fan.to}`);
    await writeFan(sides.driver, fan);
  }
  return [
    await totalsBesideCount(sides, 'layers: totals and first page, ms', layers, 2),
    await totalsBesideMemory(sides, layers),
    await exportBesideColumns(sides, layers),
    await totalsBesideCount(sides, 'chain of 10,000: totals and first page, ms', line, 3),
    await compare({
      name: '40 diamonds beside a chain as deep, ms',
      ours: () => timed(() => askTotals(sides, rootOf(stacked))),
      reference: () => timed(() => askTotals(sides, rootOf(short))),
      runs: RUNS,
      bar: { atMost: 3 },
    }),
    await compare({
      name: 'first edges of a hub of 100,000 beside a leaf, ms',
      ours: () => timed(() => ask(sides, HUB_EDGES, rootOf(star))),
      reference: () => timed(() => ask(sides, HUB_EDGES, star.nodes[1]?.id ?? '')),
      runs: RUNS,
    }),
    ...(await manyFigures(sides, layers)),
  ];
}

/** What a million nodes beside, below and in a closure cost. */
async function manyFigures(sides: Sides, layers: BenchGraph): Promise<Figure[]> {
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

/** The three sides count the same nodes, and as deep. Throws if not. */
async function requireEqual(sides: Sides, graph: BenchGraph): Promise<void> {
  const depths = reach(graph, 0);
  const memory = { nodes: depths.size, maxDepth: [...depths.values()].reduce((a, b) => Math.max(a, b), 0) };
  const { nodes, maxDepth } = await askTotals(sides, rootOf(graph));
  const raw = await countRaw(sides, rootOf(graph));
  if (nodes === memory.nodes && raw === memory.nodes && maxDepth === memory.maxDepth) return;
  throw new Error(
    `the answers must be equal, but got: ${JSON.stringify({ memory, ours: { nodes, maxDepth }, raw })}`,
  );
}

function rootOf({ nodes }: BenchGraph): string {
  return nodes[0]?.id ?? '';
}

async function askTotals(sides: Sides, id: string): Promise<{ nodes: number; maxDepth: number }> {
  const { lineage } = (await ask(sides, TOTALS, id)) as {
    lineage: { totals: { nodes: number; maxDepth: number } };
  };
  return lineage.totals;
}

async function ask({ server, token }: Sides, query: string, id: string): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { id } }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function exportAll({ server, token }: Sides, id: string): Promise<void> {
  const query = new URLSearchParams({ of: id, direction: 'upstream', format: 'ndjson' });
  const response = await fetch(`${server.url}/v1/export?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const lines = (await response.text()).trimEnd().split('\n');
  if (!response.ok || !lines.at(-1)?.includes('"end"')) throw new Error(lines.at(-1));
}

/** Reads an export piece by piece and keeps nothing of it. */
async function exportStream({ server, token }: Sides, of: string, direction: string): Promise<void> {
  const query = new URLSearchParams({ of, direction });
  const response = await fetch(`${server.url}/v1/export?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  let last = '';
  for await (const piece of response.body ?? [])
    last = Buffer.from((piece as Uint8Array).slice(-200)).toString('latin1');
  if (!last.includes('"end"')) throw new Error(last);
}

async function countRaw({ driver }: Sides, id: string): Promise<number> {
  const { records } = await driver.executeQuery(COUNT, { id }, { routing: 'READ' });
  return records[0]?.get('count') as number;
}

async function readColumns({ driver }: Sides, id: string): Promise<void> {
  await driver.executeQuery(NODES, { id }, { routing: 'READ' });
  await driver.executeQuery(EDGES, { id }, { routing: 'READ' });
}

/**
 * What authorization costs: the same requests to two servers in one process on one database, one of them assembled without
 * the gate and the guard of arguments (tokens are checked by both). Rows cost a role nothing: its statements are the same.
 * And whether what is hidden from a grant's holder can be told from what is missing by the time of the answer.
 */
import neo4j from 'neo4j-driver';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/app/config.js';
import { startServer, type RunningServer } from '../src/app/server.js';
import type { Weakness } from '../src/graphql/schema.js';
import { startEmbeddedNeo4j } from '../src/neo4j/embedded-neo4j.js';
import { existenceFigures } from './grants/existence.js';
import { writeGraph } from './graphs/graph.js';
import { layered } from './graphs/shapes.js';
import type { BenchContext } from './main.js';
import { compare, timed } from './measure.js';
import type { Figure } from './report.js';

const RUNS = 31;
const EXPORT_RUNS = 9;
const BAR = { atMost: 1.15 };

/** A list of 1,000 rows with ten fields each. */
const LIST = `{ datasets(limit: 1000) {
  id namespace name version declared digest occurredAt recordedAt occurredAtMs recordedAtMs } }`;
const PAGE = `query ($id: ID!) { lineage(of: $id, direction: UPSTREAM, first: 1000) {
  nodes { id kind depth } endCursor hasNextPage } }`;

interface Side {
  readonly server: RunningServer;
  readonly token: string;
}

/** The graph is written first, which takes a minute. */
export async function run({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const database = await startEmbeddedNeo4j({ dataDir: workDir, log });
  const { uri, user, password } = database;
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const servers: RunningServer[] = [];
  const start = async (name: string, weakness: Weakness): Promise<Side> => {
    const dataDir = join(workDir, name);
    mkdirSync(dataDir);
    const config = readConfig({
      NEO4J_URI: uri,
      NEO4J_USERNAME: user,
      NEO4J_PASSWORD: password,
      PEDIGREE_PORT: '0',
      PEDIGREE_DATA_DIR: dataDir,
      PEDIGREE_KEYS_DIR: join(workDir, 'keys'),
      PEDIGREE_READ_BUDGET: '0',
    });
    const server = await startServer(config, { log, weakness });
    servers.push(server);
    return { server, token: await server.tokens.sign({ name: 'bench', role: 'reader' }) };
  };
  try {
    const guarded = await start('guarded', {});
    const open = await start('open', { without: ['GATE', 'ARGUMENTS'] });
    const graph = layered(1);
    log(`writing ${String(graph.nodes.length)} nodes, ${String(graph.edges.length)} edges`);
    await writeGraph(driver, graph);
    const figures = await measure(guarded, open, graph.nodes[0]?.id ?? '');
    return [...figures, ...(await existenceFigures(guarded.server, graph))];
  } finally {
    for (const server of servers.toReversed()) await server.stop();
    await driver.close();
    await database.stop();
  }
}

async function measure(guarded: Side, open: Side, root: string): Promise<Figure[]> {
  const figure = (name: string, runs: number, work: (side: Side) => Promise<number>): Promise<Figure> =>
    compare({
      name: `${name}, beside the same without authorization, ms`,
      ours: () => timed(() => work(guarded)),
      reference: () => timed(() => work(open)),
      runs,
      bar: BAR,
    });
  await requireEqual(guarded, open, root);
  return [
    await figure('generated list of 1,000 rows x 10 fields', RUNS, (side) => ask(side, LIST, {})),
    await figure('lineage page of 1,000 nodes', RUNS, (side) => ask(side, PAGE, { id: root })),
    await figure('export of 44,829 nodes', EXPORT_RUNS, (side) => exported(side, root)),
  ];
}

/** Throws if one side answers less than the other. */
async function requireEqual(guarded: Side, open: Side, root: string): Promise<void> {
  for (const work of [
    (side: Side) => ask(side, LIST, {}),
    (side: Side) => ask(side, PAGE, { id: root }),
    (side: Side) => exported(side, root),
  ]) {
    const [ours, reference] = [await work(guarded), await work(open)];
    if (ours !== reference) throw new Error(`${String(ours)} bytes beside ${String(reference)}`);
  }
}

/** Length of the answer; throws if it is a refusal. */
async function ask({ server, token }: Side, query: string, variables: object): Promise<number> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  if (text.includes('"errors"')) throw new Error(text.slice(0, 300));
  // A cursor is sealed under a random nonce; its length is the same.
  return text.length;
}

async function exported({ server, token }: Side, root: string): Promise<number> {
  const path = `/v1/export?of=${encodeURIComponent(root)}`;
  const response = await fetch(server.url + path, { headers: { Authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text.slice(0, 300));
  return text.length;
}

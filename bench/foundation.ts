/**
 * What GraphQL, HTTP, tokens and the gate cost: `trace` and the first page of `lineage` over HTTP, beside the very same
 * Cypher statements with the same parameters, sent through the driver in one transaction.
 */
import { deepStrictEqual } from 'node:assert';

import neo4j, { type Driver } from 'neo4j-driver';

import { readConfig } from '../src/app/config.js';
import { startServer, type RunningServer } from '../src/app/server.js';
import { QUERIES } from '../src/store/queries.gen.js';
import { toParameters, type Statement } from '../src/store/statement.js';
import { ownNeo4j } from '../test/support/own-neo4j.js';
import { DECISION, layeredGraph, MODEL } from './layered-graph.js';
import { compare, median, timed } from './measure.js';
import type { Figure } from './report.js';

const RUNS = 15;
const REQUESTS = 10;
const POST = 2_000;
const BAR = { atMost: 2 };

type Sent = readonly [statement: Statement<object, object>, params: object];

interface Bench {
  readonly server: RunningServer;
  readonly driver: Driver;
  /** Everything that the server has sent to the database since this was last emptied. */
  readonly sent: Sent[];
  readonly token: string;
}

interface Question {
  readonly name: string;
  readonly query: string;
  /** The ids in an answer, in order, by which it is compared with the statements' rows. */
  readonly idsOf: (data: never) => readonly string[];
  /** The statement whose rows those ids are. */
  readonly statement: string;
}

const QUESTIONS: readonly Question[] = [
  {
    name: 'trace over HTTP, ms',
    query: `{ trace(prediction: "${DECISION}") {
      asOf prediction { id outcome score subjects explanation } model { id artifact { name digest } trainedOn { id } }
      features { name state value contribution definition { id fields } }
      rows { dataset key depth from exact ends location }
      steps { id depth job state reads code { commit } }
      attestations { about attestation { type } }
      completeness { complete checked missing { code artifact message } }
    } }`,
    idsOf: ({ trace }: { trace: { steps: { id: string }[] } }) => trace.steps.map(({ id }) => id),
    statement: 'lineage/walk-upstream',
  },
  {
    name: 'first page of lineage over HTTP, ms',
    query: `{ lineage(of: "${MODEL}", direction: UPSTREAM) {
      asOf hasNextPage endCursor nodes { id kind depth }
    } }`,
    idsOf: ({ lineage }: { lineage: { nodes: { id: string }[] } }) => lineage.nodes.map(({ id }) => id),
    statement: 'lineage/walk-upstream',
  },
  {
    name: 'the same with artifacts, edges and totals, ms',
    query: `{ lineage(of: "${MODEL}", direction: UPSTREAM) {
      asOf hasNextPage endCursor totals { nodes maxDepth byKind { kind count } }
      nodes { id kind depth artifact { name digest recordedAt } edges { items { type to } total } }
    } }`,
    idsOf: ({ lineage }: { lineage: { nodes: { id: string }[] } }) => lineage.nodes.map(({ id }) => id),
    statement: 'lineage/walk-upstream',
  },
];

export async function run({
  workDir,
  log,
}: {
  workDir: string;
  log: (line: string) => void;
}): Promise<Figure[]> {
  const database = await ownNeo4j(workDir, log);
  const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD } = database.env;
  const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD), {
    disableLosslessIntegers: true,
  });
  const sent: Sent[] = [];
  const config = readConfig({
    ...database.env,
    PEDIGREE_DATA_DIR: workDir,
    PEDIGREE_PORT: '0',
    PEDIGREE_READ_BUDGET: '0',
    PEDIGREE_LOG_LEVEL: 'silent',
  });
  const statements = new Map(
    QUERIES.map((statement) => [statement.name, statement as unknown as Statement<object, object>]),
  );
  const server = await startServer(config, {
    log,
    onStatement: (name, params) => sent.push([statements.get(name) as Statement<object, object>, params]),
  });
  try {
    const bench = { server, driver, sent, token: await server.tokens.sign({ name: 'bench', role: 'admin' }) };
    await fill(bench, log);
    const figures: Figure[] = [];
    for (const question of QUESTIONS) figures.push(await measure(bench, question));
    return figures;
  } finally {
    await server.stop();
    await driver.close();
    await database.stop();
  }
}

async function fill({ server, token }: Bench, log: (line: string) => void): Promise<void> {
  const items = layeredGraph();
  for (let i = 0; i < items.length; i += POST) {
    const response = await fetch(`${server.url}/v1/declare`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(items.slice(i, i + POST)),
    });
    const receipts = await response.text();
    if (response.status !== 200 || receipts.includes('"error"')) throw new Error(receipts.slice(0, 500));
  }
  log(`declared ${items.length} items`);
}

async function measure(bench: Bench, question: Question): Promise<Figure> {
  bench.sent.length = 0;
  const data = await ask(bench, question.query);
  // The record of a read in the access log is ours: by hand nobody would write it.
  const statements = bench.sent.filter(([{ mode, name }]) => mode === 'read' && !name.startsWith('access/'));
  deepStrictEqual(question.idsOf(data as never), await expectedIds(bench.driver, statements, question));
  return compare({
    name: `${question.name} (${statements.length} statements)`,
    ours: () => medianOf(() => ask(bench, question.query)),
    reference: () => medianOf(() => replay(bench.driver, statements)),
    runs: RUNS,
    bar: BAR,
  });
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i++) times.push(await timed(work));
  return median(times);
}

async function ask({ server, token }: Bench, query: string): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** By hand: one transaction, each statement after the one before, as plain rows. */
async function replay(driver: Driver, statements: readonly Sent[]): Promise<Record<string, unknown>[][]> {
  const session = driver.session({ defaultAccessMode: neo4j.session.READ });
  try {
    return await session.executeRead(async (tx) => {
      const results: Record<string, unknown>[][] = [];
      for (const [statement, params] of statements) {
        const { records } = await tx.run(statement.text, toParameters(statement, params));
        results.push(records.map((record) => record.toObject()));
      }
      return results;
    });
  } finally {
    await session.close();
  }
}

/** The ids that the statements themselves give: of a page as many as it has, of a storyline those of its runs. */
async function expectedIds(
  driver: Driver,
  statements: readonly Sent[],
  question: Question,
): Promise<unknown[]> {
  const results = await replay(driver, statements);
  const walk = statements.findIndex(([{ name }]) => name === question.statement);
  const ids = (results[walk] ?? []).map((row) => row.id as string);
  return question.query.includes('trace(')
    ? ids.filter((id) => id.startsWith('transform:'))
    : ids.slice(0, 100);
}

/** What a query may cost, and what becomes of it when nobody waits for the answer. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { writeGraph } from '../../../bench/graphs/graph.js';
import { hub } from '../../../bench/graphs/shapes.js';
import { testDriver } from '../../support/database.js';
import { TestServer } from '../../support/server.js';
import { eventually, runningQueries } from '../../support/sessions.js';

const READERS = 15_000;
const HUB = `dataset:bench/hub-${READERS}@hub`;

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
  await writeGraph(driver, hub(READERS));
}, 120_000);

afterAll(async () => {
  await driver.close();
  await server.stop();
});

const PAGES = `query ($of: ID!, $first: PageSize!, $edges: PageSize!) {
  lineage(of: $of, direction: DOWNSTREAM, first: $first) { nodes { id edges(first: $edges) { items { from } } } } }`;

test('a query that costs too much is refused before it runs, with its cost and the limit', async () => {
  server.statements.length = 0;
  const { status, errors } = await server.graphql(PAGES, { of: HUB, first: 1_000, edges: 1_000 });
  expect(status).toBe(400);
  expect(errors).toEqual([
    {
      message:
        'a query may cost at most 250000 (objects that it can return): ask for smaller pages, but got: 2005000',
      extensions: { code: 'QUERY_TOO_COSTLY', cost: 2_005_000, limit: 250_000 },
    },
  ]);
  expect(server.statements).toEqual([]);
});

test('what fits within the limit is answered', async () => {
  const { lineage } = await server.ask(PAGES, { of: HUB, first: 100, edges: 100 });
  expect(lineage.nodes).toHaveLength(100);
});

test('of a hub no more edges than the bound are looked at, and the total says so', async () => {
  const query = `query ($of: ID!) { lineage(of: $of, direction: DOWNSTREAM, first: 1) {
    root { edges(first: 3) { total totalIsExact truncated items { type } } } totals { nodes } } }`;
  const { lineage } = await server.ask(query, { of: HUB });
  expect(lineage.totals.nodes).toBe(READERS);
  expect(lineage.root.edges).toEqual({
    total: 10_001,
    totalIsExact: false,
    truncated: true,
    items: [{ type: 'READ' }, { type: 'READ' }, { type: 'READ' }],
  });
});

test('when the client of a GraphQL query leaves, its transaction ends', async () => {
  const client = new AbortController();
  // A walk that takes long: the state of each of the runs, many times over.
  const field = `lineage(of: "${HUB}", direction: DOWNSTREAM, first: 1, filter: { runStates: [FAILED] }) { hasNextPage }`;
  const query = `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: ${field}`).join(' ')} }`;
  const answer = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await server.token('reader')}` },
    body: JSON.stringify({ query }),
    signal: client.signal,
  }).catch(() => 'gone');
  await eventually('it runs', async () => (await runningQueries(driver, 'runStates')).length > 0);
  client.abort();
  expect(await answer).toBe('gone');
  const left = Date.now();
  await eventually('it ends', async () => (await runningQueries(driver, 'runStates')).length === 0);
  expect(Date.now() - left).toBeLessThan(2_000);
});

test('when the client of a generated read leaves, its transaction ends, too', async () => {
  const client = new AbortController();
  // For each of 600 runs the hub's 15,000 readers.
  const query = `{ datasets(limit: 1, where: { id: { eq: "${HUB}" } }) {
    readBy(limit: 600) { read(limit: 1) { readBy(limit: 400, sort: [{ name: ASC }]) { id } } } } }`;
  const answer = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await server.token('reader')}` },
    body: JSON.stringify({ query }),
    signal: client.signal,
  }).catch(() => 'gone');
  const generated = async (): Promise<number> => (await runningQueries(driver, 'CYPHER 5')).length;
  await eventually('it runs', async () => (await generated()) > 0);
  client.abort();
  expect(await answer).toBe('gone');
  await eventually('it ends', async () => (await generated()) === 0);
});

test('a token has a budget a minute; a refusal says its cost, the limit and when to come back, and reads nothing', async () => {
  const small = await startSmall();
  try {
    const token = await small.token('reader', { name: 'one' });
    const ask = (first: number) => small.graphql(PAGES, { of: HUB, first, edges: 100 }, 'reader', token);
    expect((await ask(900)).errors).toEqual([]);
    small.statements.length = 0;
    const refused = await ask(900);
    const cost = 3_000 + 900 * 202;
    expect(refused).toMatchObject({
      status: 429,
      data: null,
      errors: [{ extensions: { code: 'RATE_LIMITED', cost, limit: 250_000, used: cost } }],
    });
    expect(small.statements).toEqual([]);
    // What was refused was not paid for, and another token has a budget of its own.
    expect((await ask(1)).errors).toEqual([]);
    const other = await small.token('reader', { name: 'two' });
    expect((await small.graphql(PAGES, { of: HUB, first: 900, edges: 100 }, 'reader', other)).errors).toEqual(
      [],
    );
  } finally {
    await small.stop();
  }
});

test('an export pays by what it had, at the same budget', async () => {
  const small = await startSmall();
  try {
    const headers = { Authorization: `Bearer ${await small.token('reader')}` };
    const get = async (): Promise<Response> => {
      const response = await fetch(`${small.url}/v1/export?direction=downstream&of=${HUB}`, { headers });
      await response.text();
      return response;
    };
    const answers: Response[] = [];
    for (let i = 0; i < 9; i += 1) answers.push(await get());
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(8).fill(200), 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toMatch(/^\d+$/);
  } finally {
    await small.stop();
  }
});

/** Another server on the same database, whose tokens have a small budget. */
function startSmall(): Promise<TestServer> {
  const env = { PEDIGREE_READ_BUDGET: '250000' };
  return TestServer.start({ keep: true, keysDir: server.keysDir, env });
}

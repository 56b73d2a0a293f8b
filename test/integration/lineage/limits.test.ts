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
        'a query may cost at most 250000 (objects that it can return): ask for smaller pages, but got: 2004000',
      extensions: { code: 'QUERY_TOO_COSTLY', cost: 2_004_000, limit: 250_000 },
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

/** `GET /v1/export`: whole closures, and what becomes of the transaction when the client leaves. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { writeGraph } from '../../../bench/graphs/graph.js';
import { chain, hub } from '../../../bench/graphs/shapes.js';
import { ClosureReader } from '../../../src/store/closure-reader.js';
import { Database } from '../../../src/store/database.js';
import { testDatabase, testDriver } from '../../support/database.js';
import { artifact, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';
import { eventually, runningQueries } from '../../support/sessions.js';

const READERS = 20_000;
const HUB = `dataset:bench/hub-${String(READERS)}@hub`;

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
  await server.declareAll([
    artifact('Model', 'm', [
      { type: 'TRAINED_ON', to: id('Dataset', 'd') },
      { type: 'EVALUATED_ON', to: id('Dataset', 'd') },
    ]),
    artifact('Dataset', 'd', [{ type: 'PRODUCED_BY', to: id('Transform', 't') }]),
  ]);
  await writeGraph(driver, chain(3_000));
  await writeGraph(driver, hub(READERS));
}, 120_000);

afterAll(async () => {
  await driver.close();
  await server.stop();
});

async function get(
  query: Record<string, string>,
): Promise<{ status: number; text: string; type: string | null }> {
  const response = await fetch(`${server.url}/v1/export?${new URLSearchParams(query).toString()}`, {
    headers: { Authorization: `Bearer ${await server.token('reader')}` },
  });
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
}

function lines(text: string): unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('NDJSON has the nodes, nearest first, then the edges, then their number', async () => {
  const { status, text, type } = await get({ of: id('Model', 'm') });
  expect(status).toBe(200);
  expect(type).toContain('application/x-ndjson');
  const hex = expect.stringMatching(/^[0-9a-f]{64}$/);
  const occurredAt = Date.parse('2026-02-01T00:00:00Z');
  const edge = (type: string, from: string, to: string) => ({ record: 'edge', type, from, to });
  const [begin, root, data, run, ...rest] = lines(text);
  expect(begin).toEqual({ record: 'begin', asOf: expect.any(String) });
  expect(root).toEqual({
    record: 'node',
    id: id('Model', 'm'),
    kind: 'Model',
    depth: 0,
    digest: hex,
    occurredAt,
  });
  expect(data).toEqual({
    record: 'node',
    id: id('Dataset', 'd'),
    kind: 'Dataset',
    depth: 1,
    digest: hex,
    occurredAt,
  });
  // A placeholder says nothing of itself.
  expect(run).toEqual({ record: 'node', id: id('Transform', 't'), kind: 'Transform', depth: 2 });
  expect(rest.slice(0, 2)).toEqual(
    expect.arrayContaining([
      edge('TRAINED_ON', id('Model', 'm'), id('Dataset', 'd')),
      edge('EVALUATED_ON', id('Model', 'm'), id('Dataset', 'd')),
    ]),
  );
  expect(rest.slice(2)).toEqual([
    edge('PRODUCED_BY', id('Dataset', 'd'), id('Transform', 't')),
    { record: 'end', nodes: 3, edges: 3 },
  ]);
});

test('downstream, edges still point from effect to cause', async () => {
  const { text } = await get({ of: id('Transform', 't'), direction: 'downstream' });
  expect(lines(text).filter((line) => (line as { record: string }).record === 'edge')).toContainEqual({
    ...{ record: 'edge', type: 'PRODUCED_BY' },
    ...{ from: id('Dataset', 'd'), to: id('Transform', 't') },
  });
});

test('as of an earlier tree, what came later is not there', async () => {
  const { text } = await get({ of: id('Model', 'm'), asOf: '1' });
  expect(lines(text).at(-1)).toEqual({ record: 'end', nodes: 2, edges: 2 });
});

test('CSV has one table and ends with a row that says so', async () => {
  const { text, type } = await get({ of: 'transform:bench/chain@0', format: 'csv' });
  expect(type).toContain('text/csv');
  const rows = text.trimEnd().split('\r\n');
  expect(rows[0]).toBe('record,id,kind,depth,digest,occurredAt,type,from,to');
  expect(rows).toHaveLength(1 + 3_001 + 3_000 + 1);
  expect(rows.at(-1)).toBe('end,,,,,,,,');
  expect(rows[3_002]).toBe('edge,,,,,,READ,transform:bench/chain@0,dataset:bench/chain@1');
});

test.each([
  [{ of: 'nonsense' }, 400, 'BAD_URN'],
  [{ of: 'model:test/none@1' }, 404, 'NOT_FOUND'],
  [{ of: id('Model', 'm'), format: 'xml' }, 400, 'BAD_INPUT'],
  [{ of: id('Model', 'm'), direction: 'sideways' }, 400, 'BAD_INPUT'],
  [{ of: id('Model', 'm'), asOf: 'yesterday' }, 400, 'BAD_INPUT'],
  [{ of: id('Model', 'm'), asOf: '99999999' }, 400, 'AS_OF_IN_FUTURE'],
])('refuses %j with %d %s', async (query, status, code) => {
  const answer = await get(query);
  expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([status, code]);
});

test.each(['the present', 'an earlier tree'])(
  "all of a hub's edges are exported, and no more than 5,000 are held at once, as of %s",
  async (point) => {
    const { log } = await server.ask('{ log { treeSize } }');
    const asOf = Number(log.treeSize);
    if (point !== 'the present') await server.declareAll([artifact('Dataset', 'later')]);
    const { text } = await get({ of: HUB, direction: 'downstream', asOf: String(asOf) });
    const edges = (lines(text) as { record: string; from: string; to: string }[]).filter(
      ({ record }) => record === 'edge',
    );
    expect(new Set(edges.map(({ from }) => from)).size).toBe(READERS);
    expect(edges).toHaveLength(READERS);
    expect(new Set(edges.map(({ to }) => to))).toEqual(new Set([HUB]));
    const pieces: number[] = [];
    const database = await Database.connect(testDatabase());
    await database.stream(async (streamer) => {
      const reader = new ClosureReader(streamer);
      for await (const { from } of reader.edges({ of: HUB, direction: 'DOWNSTREAM', asOf })) {
        pieces.push(from.length);
      }
    }, 60_000);
    await database.close();
    expect(Math.max(...pieces)).toBeLessThanOrEqual(5_000);
    expect(pieces.reduce((sum, size) => sum + size, 0)).toBe(READERS);
  },
);

test('needs a bearer token', async () => {
  const response = await fetch(`${server.url}/v1/export?of=${id('Model', 'm')}`);
  expect(response.status).toBe(401);
});

test('a client that does not read holds the transaction back, and its leaving ends it', async () => {
  const socket = await request('/v1/export?direction=downstream&of=dataset:bench/hub-20000@hub');
  socket.pause();
  await eventually(
    'the export waits',
    async () => (await runningQueries(driver, 'collect(a) AS nodes')).length === 1,
  );
  socket.destroy();
  await eventually(
    'the transaction ends',
    async () => (await runningQueries(driver, 'collect(a) AS nodes')).length === 0,
  );
});

async function request(path: string): Promise<Socket> {
  const token = await server.token('reader');
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await new Promise((resolve) => socket.once('readable', resolve));
  return socket;
}

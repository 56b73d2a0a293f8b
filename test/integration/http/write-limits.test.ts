/** What one token may write a second, at every door: who is refused hears when to come back, and nothing is lost. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { PedigreeClient, type Declaration } from '../../../src/sdk/index.js';
import { artifact } from '../../support/declarations.js';
import { runEvent } from '../../support/openlineage.js';
import { TestServer } from '../../support/server.js';

const JSON_TYPE = 'application/json';
/** One request of this many leaves nothing for the next three seconds. */
const MUCH = 200;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ env: { PEDIGREE_ITEMS_PER_SECOND: '50' } });
});

afterAll(() => server.stop());

function items(name: string, count: number): Declaration[] {
  return Array.from({ length: count }, (_, i) => artifact('Dataset', `${name}${String(i)}`));
}

function send(path: string, token: string, type: string, body: string): Promise<Response> {
  const headers = { 'Content-Type': type, Authorization: `Bearer ${token}` };
  return fetch(`${server.url}${path}`, { method: 'POST', headers, body });
}

async function spentToken(name: string): Promise<string> {
  const token = await server.token('writer');
  const reply = await send('/v1/declare', token, JSON_TYPE, JSON.stringify(items(name, MUCH)));
  expect(reply.status).toBe(200);
  await reply.text();
  return token;
}

const ndjson = (list: readonly Declaration[]): string =>
  list.map((item) => `${JSON.stringify(item)}\n`).join('');

test.each([
  ['an array', JSON_TYPE, JSON.stringify(items('array', 1))],
  ['a stream that has not begun', 'application/x-ndjson', ndjson(items('stream', 1))],
])('%s gets 429, with the limit, what was used, and when to come back', async (_, type, body) => {
  const token = await spentToken('spent');
  const reply = await send('/v1/declare', token, type, body);
  const seconds = Number(reply.headers.get('retry-after'));
  expect([reply.status, seconds > 0 && seconds <= 4]).toEqual([429, true]);
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await reply.json()).toEqual({
    type: 'urn:pedigree:error:RATE_LIMITED',
    title: 'rate limited',
    status: 429,
    code: 'RATE_LIMITED',
    detail: `a token may write at most 50 items a second, but this one sent: 200; come back in ${String(seconds)} s`,
    unit: 'items',
    limit: 50,
    used: 200,
    retryAfterSeconds: seconds,
  });
  // Another token of the same subject has limits of its own.
  expect((await send('/v1/declare', await server.token('writer'), type, body)).status).toBe(200);
});

test('GraphQL says the same, in HTTP and in the error', async () => {
  const token = await spentToken('spent');
  const query = 'mutation($items: [JSON!]!) { declare(items: $items) { digest } }';
  const body = JSON.stringify({ query, variables: { items: items('graphql', 1) } });
  const reply = await send('/graphql', token, JSON_TYPE, body);
  expect([reply.status, Number(reply.headers.get('retry-after')) > 0]).toEqual([429, true]);
  const { errors } = (await reply.json()) as { errors: { extensions: object }[] };
  expect(errors[0]!.extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 50, used: 200, unit: 'items' });
});

test.each([
  ['', JSON.stringify(runEvent({}))],
  ['/batch', JSON.stringify([runEvent({}), runEvent({ type: 'START' })])],
])('the OpenLineage door%s answers 503: its clients lose events on 429', async (path, body) => {
  const token = await spentToken('spent');
  const reply = await send(`/api/v1/lineage${path}`, token, JSON_TYPE, body);
  expect([reply.status, Number(reply.headers.get('retry-after')) > 0]).toEqual([503, true]);
  expect(await reply.json()).toMatchObject({
    code: 'OVERLOADED',
    detail: expect.stringContaining('50 items'),
  });
});

test('a stream that has begun is slowed down and not refused: every line gets its receipt', async () => {
  const stream = httpRequest(`${server.url}/v1/declare`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-ndjson',
      Authorization: `Bearer ${await server.token('writer')}`,
    },
  });
  const began = Date.now();
  stream.write(ndjson(items('slow-a', 80)));
  const [response] = (await once(stream, 'response')) as [IncomingMessage];
  const receipts = createInterface({ input: response })[Symbol.asyncIterator]();
  const take = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const { value } = await receipts.next();
      expect(JSON.parse(value as string)).toMatchObject({ digest: expect.any(String) });
    }
  };
  await take(80);
  // 30 more than the limit were taken: whoever begins now is refused, and what has begun waits.
  stream.end(ndjson(items('slow-b', 80)));
  await take(80);
  // A second for the limit, and 0.6 for the 30: never less, whatever the machine does.
  expect(Date.now() - began).toBeGreaterThan(1_500);
  expect((await receipts.next()).done).toBe(true);
});

test('the SDK comes back when it is told to, and loses nothing', async () => {
  const client = new PedigreeClient({ url: server.url, token: await spentToken('spent') });
  expect(await client.declareAll(items('sdk', 20))).toEqual({ accepted: 20, repeated: 0, refused: 0 });
  await client.close();
});

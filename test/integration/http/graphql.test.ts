/** `/graphql` and the sign-in link at the level of HTTP: bodies, cookies, cross-site requests, masked failures. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { testDriver } from '../../support/database.js';
import { artifact } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await TestServer.start();
  token = await server.token('admin');
});

afterAll(() => server.stop());

interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

async function post(body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

describe('bodies', () => {
  test.each([
    ['{"query":"{ log { treeSize } }","query":"{ __typename }"}', 'DUPLICATE_KEY'],
    [
      '{"query":"mutation ($i: [JSON!]!) { declare(items: $i) { index } }","variables":{"i":[{"id":1,"id":2}]}}',
      'DUPLICATE_KEY',
    ],
    [
      '{"query":"mutation ($i: [JSON!]!) { declare(items: $i) { index } }","variables":{"i":[{"n":9007199254740993}]}}',
      'UNSAFE_NUMBER',
    ],
    ['{"query":"{ __typename }","variables":{"a":"\\ud800"}}', 'LONE_SURROGATE'],
    ['{"query":', 'BAD_JSON'],
  ])('%s', async (body, code) => {
    const reply = await post(body);
    expect([reply.status, reply.body.code]).toEqual([400, code]);
  });

  test('a big integer in the document itself is refused, too', async () => {
    const { errors } = await server.graphql(
      'mutation { declare(items: [{ id: "x", n: 9007199254740993 }]) { index } }',
    );
    expect(errors[0]?.message).toContain('±(2^53 − 1)');
  });

  test.each([
    ['syntax', '{ log {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a wrong variable', 'query ($n: PageSize!) { datasets(limit: $n) { id } }', 'BAD_INPUT'],
  ])("%s is the caller's error and shows no stack", async (_name, query, code) => {
    const { status, body } = await post(JSON.stringify({ query, variables: { n: 'x' } }));
    expect([status, body.errors[0].extensions.code]).toEqual([400, code]);
    expect(JSON.stringify(body)).not.toMatch(/stacktrace|node_modules/);
  });

  test('a list of requests is refused', async () => {
    const { status } = await post('[{"query":"{ __typename }"},{"query":"{ __typename }"}]');
    expect(status).toBe(400);
  });
});

describe('declare as a mutation', () => {
  const DECLARE =
    'mutation ($items: [JSON!]!) { declare(items: $items) { index id leafIndex repeated error { code message } } }';

  test('gives the same receipts as the stream', async () => {
    const item = artifact('Dataset', 'by-mutation');
    const { declare } = await server.ask(DECLARE, { items: [item, { ...item, kind: 'Thing' }] });
    expect(declare).toEqual([
      { index: 0, id: item.id, leafIndex: expect.stringMatching(/^\d+$/), repeated: false, error: null },
      {
        index: 1,
        id: item.id,
        leafIndex: null,
        repeated: null,
        error: { code: 'UNKNOWN_KIND', message: expect.stringMatching(/^item 1/) },
      },
    ]);
    const [receipt] = await server.declareAll([item]);
    expect(receipt).toMatchObject({ leafIndex: Number(declare[0].leafIndex), repeated: true });
  });

  test.each([
    ['EMPTY_BATCH', 0],
    ['BATCH_TOO_LARGE', 10_001],
  ])('%s', async (code, length) => {
    const { errors } = await server.graphql(DECLARE, { items: Array.from({ length }, () => ({})) });
    expect(errors[0]?.extensions.code).toBe(code);
  });
});

describe('requests from elsewhere', () => {
  test("a form or a plain text cannot carry a query past the browser's preflight", async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const { status } = await post('{"query":"{ log { treeSize } }"}', { 'Content-Type': type });
      expect(status).toBe(400);
    }
    const get = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ log { treeSize } }')}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(get.status).toBe(400);
  });

  test('every answer forbids framing, sniffing and foreign scripts', async () => {
    const { headers } = await fetch(`${server.url}/health`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('the sign-in link', () => {
  test('works once, and its cookie is for pages of this server only', async () => {
    const link = server.running.signInLink()!;
    const first = await fetch(link);
    const cookie = first.headers.get('set-cookie')!;
    expect(first.status).toBe(200);
    expect(cookie).toMatch(/^pedigree_token=[\w.-]+;/);
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=28800'])
      expect(cookie).toContain(flag);
    expect((await fetch(link)).status).toBe(410);
    const { status, body } = await post('{"query":"{ log { treeSize } }"}', {
      Authorization: '',
      Cookie: cookie.split(';')[0]!,
    });
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie.split(';')[0]! },
      body: '{"query":"{ log { treeSize } }"}',
    });
    expect(response.status).toBe(200);
  });

  test('a cookie does not declare: that takes a token in the header', async () => {
    const cookie = (await fetch(server.running.signInLink()!)).headers.get('set-cookie')!.split(';')[0]!;
    const response = await fetch(`${server.url}/v1/declare`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/x-ndjson' },
      body: '{}',
    });
    expect(response.status).toBe(401);
  });

  test('is too old after ten minutes', async () => {
    const link = server.running.signInLink()!;
    server.clock.now += 10 * 60_000 + 1;
    expect((await fetch(link)).status).toBe(410);
  });
});

describe("failures that are not the caller's", () => {
  test('are masked, and named by an id', async () => {
    const driver = testDriver();
    const broken = artifact('Dataset', 'broken');
    await server.declareAll([broken]);
    await driver.executeQuery('MATCH (d:Dataset {id: $id}) SET d.values = "{secret"', { id: broken.id });
    const { errors } = await server.graphql(`{ artifact(id: "${broken.id}") { fields } }`);
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(
        /^something went wrong in the server; its log has the reason under [0-9a-f-]{36}$/,
      ),
      extensions: { code: 'INTERNAL', errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(JSON.stringify(errors)).not.toContain('secret');
    await driver.executeQuery('MATCH (h:LogHead) DETACH DELETE h');
    const health = await fetch(`${server.url}/health`);
    expect([health.status, ((await health.json()) as { code: string }).code]).toEqual([
      503,
      'UNKNOWN_FORMAT',
    ]);
    await driver.close();
  });
});

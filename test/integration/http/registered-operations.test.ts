/** Operations by their hash, and servers that run nothing else, at both doors to the schema. */
import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact, id } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const QUERY = 'query Kind($id: ID!) { artifact(id: $id) { kind } }';
const WATCH = `subscription Watch { lineageChanged(of: "${id('Dataset', 'a')}", since: 0) { artifacts } }`;
const PERSONAL = 'query Who { accessLog(first: 1) { asOf } }';
const LOG = 'query Log { log { treeSize } }';
const VARIABLES = { id: id('Dataset', 'a') };

function manifest(bodies: readonly string[], change: object = {}): string {
  const operations = bodies.map((body) => ({
    ...{ id: hash('sha256', body), name: body.split(/\W/)[1], type: body.split(/\W/)[0], body },
    ...change,
  }));
  const path = join(temporaryFolder(), 'persisted-query-manifest.json');
  const file = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  writeFileSync(path, JSON.stringify(file));
  return path;
}

let open: TestServer;
let closed: TestServer;

beforeAll(async () => {
  const env = { PEDIGREE_OPERATIONS: manifest([QUERY, WATCH, PERSONAL, LOG]) };
  open = await TestServer.start({ env });
  await open.declareAll([artifact('Dataset', 'a')]);
  const only = { ...env, PEDIGREE_OPERATIONS_ONLY: 'everybody' };
  closed = await TestServer.start({ keep: true, keysDir: open.keysDir, env: only });
});

afterAll(async () => {
  await closed.stop();
  await open.stop();
});

async function post(server: TestServer, body: object, path = '/graphql') {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: path === '/graphql' ? 'application/json' : 'text/event-stream',
      Authorization: `Bearer ${await server.token('reader')}`,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, response };
}

async function answer(server: TestServer, body: object): Promise<{ status: number; text: string }> {
  const { status, response } = await post(server, body);
  return { status, text: await response.text() };
}

function byHash(text: string): object {
  return { extensions: { persistedQuery: { version: 1, sha256Hash: hash('sha256', text) } } };
}

/** The first event of a stream, which then ends. */
async function firstEvent(server: TestServer, body: object): Promise<string> {
  const { response } = await post(server, body, '/graphql/stream');
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (text.includes('event: next') || text.includes('OPERATION')) break;
  }
  return text;
}

describe('a registered operation', () => {
  test('runs by its hash, with variables', async () => {
    const { status, text } = await answer(open, { ...byHash(QUERY), variables: VARIABLES });
    expect([status, JSON.parse(text)]).toEqual([200, { data: { artifact: { kind: 'Dataset' } } }]);
  });

  test('runs by its hash on the stream', async () => {
    expect(await firstEvent(open, byHash(WATCH))).toContain(id('Dataset', 'a'));
  });

  test('still asks for the scopes of its fields', async () => {
    const { status, text } = await answer(open, byHash(PERSONAL));
    expect([status, text]).toEqual([400, expect.stringContaining('Cannot query field')]);
  });

  test('is the only one with its hash: a client cannot register another', async () => {
    const other = '{ log { treeSize } }';
    await answer(open, { query: other, ...byHash(other) });
    const { text } = await answer(open, byHash(other));
    expect(text).toContain('PERSISTED_QUERY_NOT_SUPPORTED');
    const mixed = await answer(open, { query: '{ log { treeSize } }', ...byHash(QUERY) });
    expect(mixed.text).not.toContain('Dataset');
  });

  test('is free to be any where nobody is restricted', async () => {
    expect((await answer(open, { query: '{ log { treeSize } }' })).status).toBe(200);
  });
});

describe('where nothing else may be run', () => {
  test('it runs by its hash and word for word', async () => {
    for (const body of [byHash(QUERY), { query: QUERY }])
      expect((await answer(closed, { ...body, variables: VARIABLES })).status).toBe(200);
    for (const body of [byHash(WATCH), { query: WATCH }])
      expect(await firstEvent(closed, body)).toContain(id('Dataset', 'a'));
  });

  test.each([
    ['another text', { query: '{ log { treeSize } }' }],
    ['a text that differs by a blank', { query: `${QUERY} ` }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a text of the wrong syntax', { query: '{' }],
    ['a hash that is not registered', byHash('{ log { treeSize } }')],
    ['a text under the hash of a registered one', { query: '{ log { treeSize } }', ...byHash(QUERY) }],
    ['nothing', {}],
  ])('%s is refused at both doors', async (_what, body) => {
    const { status, text } = await answer(closed, body);
    expect([status, JSON.parse(text).code]).toEqual([403, 'OPERATION_NOT_REGISTERED']);
    expect(await firstEvent(closed, body)).toContain('OPERATION_NOT_REGISTERED');
  });

  test('a GET may send a registered text, and no other', async () => {
    const get = async (path: string, query: string) => {
      const response = await fetch(`${closed.url}${path}?${new URLSearchParams({ query }).toString()}`, {
        headers: {
          Authorization: `Bearer ${await closed.token('reader')}`,
          'Apollo-Require-Preflight': '1',
          Accept: 'text/event-stream, application/json',
        },
        signal: AbortSignal.timeout(20_000),
      });
      await response.body?.cancel();
      return response.status;
    };
    expect(await get('/graphql', LOG)).toBe(200);
    expect(await get('/graphql/stream', `${WATCH} `)).toBe(403);
    expect(await get('/graphql', '{ log { treeSize } }')).toBe(403);
  });
});

test('where grants are restricted, their holders run registered operations and everybody else any', async () => {
  const env = { PEDIGREE_OPERATIONS: manifest([QUERY]), PEDIGREE_OPERATIONS_ONLY: 'grants' };
  const server = await TestServer.start({ keep: true, keysDir: open.keysDir, env });
  try {
    const holder = await issueGrant(server, { roots: [VARIABLES.id] });
    expect((await holder.graphql(QUERY, VARIABLES)).data).toEqual({ artifact: { kind: 'Dataset' } });
    const other = '{ checkpoint { treeSize } }';
    expect(await holder.graphql(other)).toMatchObject({ status: 403, data: null });
    expect(await holder.graphql('{ __schema { queryType { name } } }')).toMatchObject({ status: 403 });
    expect((await server.graphql(other, {}, 'reader')).errors).toEqual([]);
  } finally {
    await server.stop();
  }
});

describe('a server does not start with', () => {
  test.each([
    [
      'a restriction without operations',
      { PEDIGREE_OPERATIONS_ONLY: 'everybody' },
      /PEDIGREE_OPERATIONS names/,
    ],
    [
      'a restriction of somebody unknown',
      { PEDIGREE_OPERATIONS_ONLY: 'some' },
      /one of nobody, grants, everybody/,
    ],
    ['a file that is not there', { PEDIGREE_OPERATIONS: 'nowhere.json' }, /nowhere\.json/],
    ['an id that is no hash', { PEDIGREE_OPERATIONS: manifest([QUERY], { id: 'k1' }) }, /id of Kind.*k1/],
    ['a text that is no operation', { PEDIGREE_OPERATIONS: manifest(['query {']) }, /Syntax Error/],
    ['another sort of file', { PEDIGREE_OPERATIONS: manifest([QUERY], { body: 1 }) }, /operations\.0\.body/],
  ])('%s', async (_what, env, reason) => {
    const starting = TestServer.start({ keep: true, env });
    await expect(starting).rejects.toMatchObject({ code: 'CONFIGURATION' });
    await expect(starting).rejects.toThrow(reason);
  });
});

/** Writers are bound to namespaces, at every door that writes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  const models = ['risk', 'borrow', 'lending', 'lending-2'].flatMap((namespace) =>
    Array.from({ length: 8 }, (_, i) => ({ ...artifact('Model', 'm'), id: modelIn(namespace, i) })),
  );
  await server.declareAll(models);
});

afterAll(() => server.stop());

type Send = (namespace: string, headers: Record<string, string>) => Promise<Response>;

let sent = 0;
let retired = 0;

function modelIn(namespace: string, number: number): string {
  return `model:${namespace}/m${String(number)}@1`;
}

function declaration(namespace: string): object {
  return { ...artifact('Dataset', 'x'), id: `dataset:${namespace}/x${String(sent++)}@1` };
}

function event(namespace: string): object {
  return {
    eventTime: '2026-02-01T00:00:00Z',
    eventType: 'COMPLETE',
    producer: 'https://producer.example',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `0190a3b4-0000-7000-8000-${String(sent++).padStart(12, '0')}` },
    job: { namespace, name: 'job' },
    inputs: [],
    outputs: [{ namespace, name: 'out' }],
  };
}

const post = (path: string, body: unknown, headers: Record<string, string>): Promise<Response> =>
  fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Each door that writes: a request that writes in a namespace. */
const DOORS: Readonly<Record<string, Send>> = {
  'POST /v1/declare, NDJSON': (namespace, headers) =>
    post('/v1/declare', declaration(namespace), { ...headers, 'Content-Type': 'application/x-ndjson' }),
  'POST /v1/declare, a list': (namespace, headers) =>
    post('/v1/declare', [declaration(namespace)], { ...headers, ...JSON_TYPE }),
  'mutation declare': (namespace, headers) =>
    post(
      '/graphql',
      {
        query: 'mutation ($items: [JSON!]!) { declare(items: $items) { leafIndex error { code } } }',
        variables: { items: [declaration(namespace)] },
      },
      { ...headers, ...JSON_TYPE },
    ),
  'mutation retireModel': (namespace, headers) =>
    post(
      '/graphql',
      {
        query: 'mutation ($model: ID!) { retireModel(model: $model, reason: "old") { id } }',
        variables: { model: modelIn(namespace, retired++) },
      },
      { ...headers, ...JSON_TYPE },
    ),
  'POST /api/v1/lineage': (namespace, headers) =>
    post('/api/v1/lineage', event(namespace), { ...headers, ...JSON_TYPE }),
  'POST /api/v1/lineage/batch': (namespace, headers) =>
    post('/api/v1/lineage/batch', [event(namespace)], { ...headers, ...JSON_TYPE }),
};

async function send(door: string, allowed: readonly string[], namespace: string): Promise<string> {
  const token = await server.token('writer', { namespaces: allowed });
  const response = await DOORS[door]!(namespace, { Authorization: `Bearer ${token}` });
  return response.text();
}

async function treeSize(): Promise<string> {
  return (await server.ask('{ log { treeSize } }')).log.treeSize as string;
}

describe.each(Object.keys(DOORS))('%s', (door) => {
  test.each([
    [['lending'], 'risk'],
    [['lend*'], 'borrow'],
    [['lending'], 'lending-2'],
    [['LENDING'], 'lending'],
    [[], 'lending'],
  ])('a token for %j writes nothing in %s', async (allowed, namespace) => {
    const before = await treeSize();
    const text = await send(door, allowed, namespace);
    expect(text).toMatch(/NAMESPACE_FORBIDDEN|may write in the namespaces/);
    expect(await treeSize()).toBe(before);
  });

  test.each([
    [['risk', 'lending'], 'lending'],
    [['lend*'], 'lending'],
    [['*'], 'lending'],
  ])('a token for %j writes in %s', async (allowed, namespace) => {
    const before = await treeSize();
    expect(await send(door, allowed, namespace)).not.toMatch(/FORBIDDEN|may write/);
    expect(Number(await treeSize())).toBeGreaterThan(Number(before));
  });
});

test('the table has every door that writes', async () => {
  const mutations = await server.ask('{ __type(name: "Mutation") { fields { name } } }', {}, 'admin');
  const names = mutations.__type.fields.map(({ name }: { name: string }) => name);
  // Those without a door above write what the server says, and ask for scopes of their own.
  expect(names.toSorted()).toEqual([
    'declare',
    'declareRedactionProfile',
    'eraseSubject',
    'issueGrant',
    'retireModel',
    'revokeGrant',
    'runRetention',
  ]);
});

/** Subscriptions over server-sent events, as a client without any library reads them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { TestServer } from '../../support/server.js';

let server: TestServer;
const open: AbortController[] = [];

beforeAll(async () => {
  server = await TestServer.start();
  await server.declare([
    { kind: 'Dataset', id: 'dataset:live/raw@1', occurredAt: 1 },
    {
      kind: 'Transform',
      id: 'transform:live/clean@1',
      occurredAt: 1,
      edges: [{ type: 'READ', to: 'dataset:live/raw@1' }],
    },
    { kind: 'Dataset', id: 'dataset:live/other@1', occurredAt: 1 },
  ]);
});

afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});

afterAll(() => server.stop());

/** The payloads of a subscription, one by one. */
async function* subscribe(
  query: string,
  token?: string,
): AsyncGenerator<{ data?: Record<string, never>; errors?: { message: string }[] }> {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    signal: controller.signal,
    headers: {
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
      Authorization: `Bearer ${token ?? (await server.token('reader'))}`,
    },
    body: JSON.stringify({ query }),
  });
  if (response.status !== 200 || response.body === null) throw new Error(`status ${response.status}`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: next\ndata: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data) as { data: Record<string, never> };
      if (event.startsWith('event: complete')) return;
    }
  }
}

async function treeSize(): Promise<string> {
  const { log } = (await server.ask('{ log { treeSize } }')) as { log: { treeSize: string } };
  return log.treeSize;
}

function incident(key: string, about: string): object {
  return {
    kind: 'Attestation',
    type: 'INCIDENT',
    id: `attestation:live/INCIDENT@${key}`,
    about: [about],
    occurredAt: 2,
    fields: { title: 'x', severity: 'LOW', status: 'OPEN' },
  };
}

describe('attested', () => {
  test('tells what happens upstream, not what happens elsewhere, and goes on from a tree size', async () => {
    const since = await treeSize();
    await server.declare([incident('1', 'dataset:live/other@1'), incident('2', 'dataset:live/raw@1')]);
    const events = subscribe(
      `subscription { attested(of: "transform:live/clean@1", types: ["INCIDENT"], since: ${since}) { asOf about attestation { id } } }`,
    );
    expect((await events.next()).value).toEqual({
      data: {
        attested: {
          asOf: String(Number(since) + 2),
          about: ['dataset:live/raw@1'],
          attestation: { id: 'attestation:live/INCIDENT@2' },
        },
      },
    });
    const next = events.next();
    await server.declare([incident('3', 'dataset:live/raw@1')]);
    expect((await next).value).toMatchObject({
      data: { attested: { attestation: { id: 'attestation:live/INCIDENT@3' } } },
    });
  });

  test('hears what another server on the same database writes, before it began and while it lasts', async () => {
    const other = await TestServer.start({ keep: true, keysDir: server.keysDir });
    try {
      const since = await treeSize();
      await other.declare([incident('4', 'dataset:live/raw@1')]);
      const events = subscribe(
        `subscription { attested(of: "transform:live/clean@1", since: ${since}) { attestation { id } } }`,
      );
      const told = (key: string) => ({
        data: { attested: { attestation: { id: `attestation:live/INCIDENT@${key}` } } },
      });
      expect((await events.next()).value).toMatchObject(told('4'));
      const next = events.next();
      await other.declare([incident('5', 'dataset:live/other@1'), incident('6', 'dataset:live/raw@1')]);
      expect((await next).value).toMatchObject(told('6'));
    } finally {
      await other.stop();
    }
  });
});

test('lineageChanged tells of what is declared downstream of the watched artifact', async () => {
  const since = await treeSize();
  await server.declare([
    {
      kind: 'Dataset',
      id: 'dataset:live/clean@1',
      occurredAt: 1,
      edges: [{ type: 'PRODUCED_BY', to: 'transform:live/clean@1' }],
    },
  ]);
  const events = subscribe(
    `subscription { lineageChanged(of: "dataset:live/raw@1", direction: DOWNSTREAM, since: ${since}) { artifacts } }`,
  );
  expect((await events.next()).value).toEqual({
    data: { lineageChanged: { artifacts: ['dataset:live/clean@1'] } },
  });
});

describe('what is refused', () => {
  test.each([
    ['a query', '{ log { treeSize } }', 'only subscriptions are served here: send queries to /graphql'],
    [
      'an artifact that does not exist',
      'subscription { attested(of: "dataset:live/none@1") { asOf } }',
      'there is no artifact dataset:live/none@1 that you may read as of this point',
    ],
    [
      'a tree size to come',
      'subscription { attested(of: "dataset:live/raw@1", since: 1000000) { asOf } }',
      expect.stringMatching(/^since must be a tree size from 0 to \d+, but got: 1000000$/),
    ],
  ])('%s', async (_what, query, message) => {
    const { value } = (await subscribe(query).next()) as { value: { errors: { message: string }[] } };
    expect(value.errors[0]?.message).toEqual(message);
  });

  test('a personal value, because its read would pass the access log by', async () => {
    const since = await treeSize();
    const secret = { ...incident('secret', 'dataset:live/raw@1'), subjects: ['ann'], personal: ['title'] };
    await server.declare([secret]);
    const query = `subscription { attested(of: "transform:live/clean@1", since: ${since}) { attestation { personal { path state value } } } }`;
    const { value } = await subscribe(query, await server.token('auditor')).next();
    const personal = ['value/subjects/0', 'value/title'].map((path) => ({
      path,
      state: 'OPEN',
      value: null,
    }));
    expect(value).toMatchObject({ data: { attested: { attestation: { personal } } } });
    expect(value!.errors).toMatchObject([
      { message: 'personal values are read by queries to /graphql, where the read is recorded' },
      {},
    ]);
  });

  test('nobody anonymous', async () => {
    await expect(subscribe('subscription { attested(of: "x") { asOf } }', 'x.y.z').next()).rejects.toThrow(
      'status 401',
    );
  });
});

test('a stream ends with its token', async () => {
  const token = await server.token('reader', { lifetime: 2 });
  const events = subscribe('subscription { attested(of: "dataset:live/raw@1") { asOf } }', token);
  expect((await events.next()).done).toBe(true);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
  dataset,
  DeclarationRefused,
  PedigreeClient,
  RequestFailed,
  type Declaration,
  type DeclareProgress,
  type PedigreeClientOptions,
  type Receipt,
} from '../../../src/sdk/index.js';
import { accepted, DoubleServer, problem, receipts, refused } from './double-server.js';
import { TestClock } from './test-clock.js';

let server: DoubleServer;

beforeEach(async () => {
  server = await DoubleServer.start();
});

afterEach(async () => {
  await server.stop();
});

function clientOf(options: Partial<PedigreeClientOptions> = {}): PedigreeClient {
  return new PedigreeClient({ url: server.url, token: 'secret', ...options });
}

function item(version: string): Declaration {
  return dataset({ namespace: 'lending', name: 'loans', version, occurredAt: 1 });
}

function items(count: number): Declaration[] {
  return Array.from({ length: count }, (_, i) => item(String(i)));
}

const sizes = (): number[] => server.requests.map(({ ids }) => ids.length);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('a declaration', () => {
  test('is sent as NDJSON under the token and gets its own receipt', async () => {
    const receipt = await clientOf().declare(item('1'));
    expect(receipt).toEqual({
      index: 0,
      id: 'dataset:lending/loans@1',
      digest: 'ab'.repeat(32),
      leafIndex: 100,
      repeated: false,
    });
    const [request] = server.requests;
    expect(request?.path).toBe('/v1/declare');
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/x-ndjson',
    });
    expect(request?.body).toBe(`${JSON.stringify(item('1'))}\n`);
  });

  test('keeps the path prefix of the URL and asks for a token each time', async () => {
    let asked = 0;
    const client = clientOf({ url: `${server.url}/pedigree/`, token: () => `token-${++asked}` });
    await client.declare(item('1'));
    await client.declare(item('2'));
    expect(server.requests.map(({ path }) => path)).toEqual(Array(2).fill('/pedigree/v1/declare'));
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('that is refused rejects with code, message and details; its neighbours are accepted', async () => {
    server.script(receipts((index, ids) => (index === 1 ? refused(index, ids) : accepted(index, ids))));
    const client = clientOf();
    const [first, second, third] = await Promise.allSettled(items(3).map((one) => client.declare(one)));
    expect(first?.status).toBe('fulfilled');
    expect(third?.status).toBe('fulfilled');
    const error = (second as PromiseRejectedResult).reason as DeclarationRefused;
    expect(error).toBeInstanceOf(DeclarationRefused);
    expect(error).toMatchObject({
      code: 'CYCLE',
      id: 'dataset:lending/loans@1',
      details: { reason: 'test' },
      message: 'item 0 (dataset:lending/loans@1): refused by the test',
    });
  });

  test.each([
    [400, 'BAD_INPUT'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [500, 'INTERNAL'],
  ])('fails with the request: %i %s is not tried again', async (status, code) => {
    server.script(problem(status, code));
    const failed = clientOf().declare(item('1'));
    await expect(failed).rejects.toMatchObject({
      name: 'RequestFailed',
      code,
      status,
      message: `the server answered ${status}: because of ${code}`,
    });
    expect(sizes()).toEqual([1]);
  });

  test('cannot be made with a closed client', async () => {
    const client = clientOf();
    const last = client.declare(item('1'));
    await client.close();
    await expect(last).resolves.toMatchObject({ leafIndex: 100 });
    await expect(client.declare(item('2'))).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
  });
});

describe('batches', () => {
  test('hold what is declared together, in order, and at most maxBatch', async () => {
    const client = clientOf({ maxBatch: 4, maxDelayMs: 0 });
    await Promise.all(items(10).map((one) => client.declare(one)));
    expect(sizes()).toEqual([4, 4, 2]);
    expect(server.requests.flatMap(({ ids }) => ids)).toEqual(items(10).map(({ id }) => id));
  });

  test('wait at most maxDelayMs for more', async () => {
    const clock = new TestClock();
    const client = clientOf({ maxDelayMs: 50, clock });
    const declared = [client.declare(item('1'))];
    await turn();
    declared.push(client.declare(item('2')));
    clock.advance(49);
    await turn();
    expect(sizes()).toEqual([]);
    clock.advance(1);
    await Promise.all(declared);
    expect(sizes()).toEqual([2]);
    expect(clock.waits).toEqual([50]);
  });

  test('go at once when they are full, and when flushed', async () => {
    const client = clientOf({ maxBatch: 2, maxDelayMs: 60_000, clock: new TestClock() });
    const first = client.declare(item('1'));
    await turn();
    await Promise.all([first, client.declare(item('2'))]);
    const third = client.declare(item('3'));
    await turn();
    await client.flush();
    await third;
    expect(sizes()).toEqual([2, 1]);
  });

  test('stay below four million characters', async () => {
    const large = (version: string): Declaration =>
      dataset({
        namespace: 'lending',
        name: 'loans',
        version,
        occurredAt: 1,
        extra: { text: 'x'.repeat(1_500_000) },
      });
    const client = clientOf({ maxDelayMs: 0 });
    await Promise.all(['1', '2', '3'].map((version) => client.declare(large(version))));
    expect(sizes()).toEqual([2, 1]);
  });
});

describe('a full queue', () => {
  test('makes declarations wait for room, in order', async () => {
    const client = clientOf({ maxQueue: 2, maxBatch: 2, maxDelayMs: 0 });
    await Promise.all(items(7).map((one) => client.declare(one)));
    expect(server.requests.flatMap(({ ids }) => ids)).toEqual(items(7).map(({ id }) => id));
    expect(Math.max(...sizes())).toBeLessThanOrEqual(2);
  });

  test('is not ready until there is room', async () => {
    const client = clientOf({ maxQueue: 1, maxDelayMs: 60_000, clock: new TestClock() });
    await client.ready();
    const first = client.declare(item('1'));
    let ready = false;
    const room = client.ready().then(() => (ready = true));
    await turn();
    expect(ready).toBe(false);
    await client.flush();
    await Promise.all([first, room]);
  });
});

describe('a sequence', () => {
  test('is counted and reports each receipt with its position', async () => {
    server.always(receipts((i, ids) => (ids[i]?.endsWith('@4') ? refused(i, ids) : accepted(i, ids))));
    const seen: Receipt[] = [];
    const progress: DeclareProgress[] = [];
    const result = await clientOf({ maxBatch: 3 }).declareAll(items(7), {
      onReceipt: (receipt) => seen.push(receipt),
      onProgress: (counts) => progress.push(counts),
    });
    expect(result).toEqual({ accepted: 6, repeated: 0, refused: 1 });
    expect(progress.map(({ accepted, refused }) => accepted + refused)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(progress.at(-1)).toEqual({ sent: 7, accepted: 6, repeated: 0, refused: 1 });
    expect(seen.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(seen[4]).toMatchObject({
      id: 'dataset:lending/loans@4',
      error: { message: 'item 4 (dataset:lending/loans@4): refused by the test' },
    });
  });

  test('without onReceipt throws the first refusal, after all was sent', async () => {
    server.always(receipts((i, ids) => (ids[i]?.endsWith('@1') ? refused(i, ids) : accepted(i, ids))));
    await expect(clientOf({ maxBatch: 2 }).declareAll(items(5))).rejects.toBeInstanceOf(DeclarationRefused);
    expect(server.requests.flatMap(({ ids }) => ids)).toHaveLength(5);
  });

  test('is read no faster than the server takes it', async () => {
    let read = 0;
    let ahead = 0;
    let answered = 0;
    async function* source(): AsyncGenerator<Declaration> {
      for (const one of items(50)) {
        ahead = Math.max(ahead, ++read - answered);
        yield one;
      }
      await Promise.resolve();
    }
    await clientOf({ maxQueue: 5, maxBatch: 5 }).declareAll(source(), { onReceipt: () => answered++ });
    expect(read).toBe(50);
    expect(ahead).toBeLessThanOrEqual(7);
  });

  test('stops at the failure of a whole request', async () => {
    server.always(problem(403, 'FORBIDDEN'));
    const failed = clientOf({ maxQueue: 2, maxDelayMs: 0 }).declareAll(items(100));
    await expect(failed).rejects.toBeInstanceOf(RequestFailed);
    expect(server.requests.length).toBeLessThan(10);
  });

  test('an empty one sends nothing', async () => {
    await expect(clientOf().declareAll([])).resolves.toEqual({ accepted: 0, repeated: 0, refused: 0 });
    expect(server.requests).toEqual([]);
  });
});

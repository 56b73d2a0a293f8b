import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { dataset, PedigreeClient, type Declaration } from '../../../src/sdk/index.js';
import { parseRetryAfter } from '../../../src/sdk/retry.js';
import { accepted, breakAfter, DoubleServer, problem, receipts, refused } from './double-server.js';
import { TestClock } from './test-clock.js';

let server: DoubleServer;
let clock: TestClock;

beforeEach(async () => {
  server = await DoubleServer.start();
  clock = new TestClock(true);
});

afterEach(async () => {
  await server.stop();
});

function clientOf(random = 0.5, attempts = 4): PedigreeClient {
  return new PedigreeClient({
    url: server.url,
    token: 'secret',
    maxDelayMs: 0,
    retries: { attempts, baseMs: 100, capMs: 500 },
    clock,
    random: () => random,
  });
}

function items(count: number): Declaration[] {
  return Array.from({ length: count }, (_, i) =>
    dataset({ namespace: 'lending', name: 'loans', version: String(i), occurredAt: 1 }),
  );
}

const versions = (): string[] =>
  server.requests.map(({ ids }) => ids.map((id) => id.slice(id.indexOf('@') + 1)).join(' '));

describe('what may pass is tried again', () => {
  test.each([429, 502, 503, 504])('status %i', async (status) => {
    server.script(problem(status, 'OVERLOADED'));
    await expect(clientOf().declareAll(items(2))).resolves.toMatchObject({ accepted: 2 });
    expect(versions()).toEqual(['0 1', '0 1']);
  });

  test('a refused connection, until the tries are used up', async () => {
    await server.stop();
    await expect(clientOf().declareAll(items(1))).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      retriable: true,
    });
    expect(clock.waits).toHaveLength(4);
    server = await DoubleServer.start();
  });

  test('an item that was refused because of the moment', async () => {
    server.script(receipts((i, ids) => (i === 1 ? refused(i, ids, 'OVERLOADED') : accepted(i, ids))));
    await expect(clientOf().declareAll(items(3))).resolves.toMatchObject({ accepted: 3, refused: 0 });
    expect(versions()).toEqual(['0 1 2', '1']);
  });

  test('a query', async () => {
    server.script(problem(503, 'OVERLOADED'), (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"up":true}}');
    });
    await expect(clientOf().query('{ up }')).resolves.toEqual({ up: true });
  });
});

describe('a connection that breaks', () => {
  test('costs only what had no receipt: the rest is sent again', async () => {
    server.script(breakAfter(3), breakAfter(1));
    await expect(clientOf().declareAll(items(6))).resolves.toMatchObject({ accepted: 6, refused: 0 });
    expect(versions()).toEqual(['0 1 2 3 4 5', '3 4 5', '4 5']);
  });

  test('an answer that ends too early counts as one', async () => {
    server.script((_, response) => response.writeHead(200).end());
    await expect(clientOf().declareAll(items(2))).resolves.toMatchObject({ accepted: 2 });
    expect(versions()).toEqual(['0 1', '0 1']);
  });

  test('so does a line that is no receipt', async () => {
    server.script((_, response) => response.writeHead(200).end('{"index":7,"digest":"ab"}\n'));
    await expect(clientOf().declareAll(items(1))).resolves.toMatchObject({ accepted: 1 });
  });

  test('progress starts the count of tries anew', async () => {
    server.script(...Array.from({ length: 9 }, () => breakAfter(1)));
    await expect(clientOf(0.5, 1).declareAll(items(10))).resolves.toMatchObject({ accepted: 10 });
    expect(versions()).toHaveLength(10);
  });
});

describe('the waits', () => {
  test('double up to the cap and are jittered in full', async () => {
    server.always(problem(503, 'OVERLOADED'));
    await expect(clientOf(0.5).declareAll(items(1))).rejects.toMatchObject({
      code: 'OVERLOADED',
      status: 503,
    });
    expect(clock.waits).toEqual([50, 100, 200, 250]);
  });

  test('are never shorter than Retry-After', async () => {
    server.script(problem(503, 'OVERLOADED', { 'retry-after': '7' }));
    await clientOf(0.25).declareAll(items(1));
    expect(clock.waits).toEqual([7_025]);
  });

  test.each([
    [null, 0],
    ['', 0],
    ['3', 3_000],
    ['-1', 0],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 9_000],
    ['soon', 0],
  ])('Retry-After %p is %i ms', (header, ms) => {
    expect(parseRetryAfter(header, 1_000)).toBe(ms);
  });
});

/** `POST /v1/declare`: streams and arrays, good lines beside bad ones, and what is refused as a whole. */
import { request as httpRequest } from 'node:http';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Receipt } from '../../../src/domain/declaration.js';
import { artifact } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const NDJSON = 'application/x-ndjson';

let server: TestServer;
let token: string;

beforeAll(async () => {
  // Without a token's own limits: what is tested here is the limit of all together.
  server = await TestServer.start({ env: { PEDIGREE_ITEMS_PER_SECOND: '0' } });
  token = await server.token('writer');
});

afterAll(() => server.stop());

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${server.url}/v1/declare`, {
    method: 'POST',
    headers: { 'Content-Type': NDJSON, Authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function receiptsOf({ text }: Reply): Receipt[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Receipt);
}

function codesOf(reply: Reply): string[] {
  return receiptsOf(reply).map((receipt) => ('error' in receipt ? receipt.error.code : 'accepted'));
}

function line(name: string): string {
  return JSON.stringify(artifact('Dataset', name));
}

describe('NDJSON', () => {
  test('bad lines in the middle cost no good line, and each is told by its index', async () => {
    const big = line('big').replace(
      '"edges"',
      `"fields":{"extra":{"text":"${'x'.repeat(1_100_000)}"}},"edges"`,
    );
    const lines: (string | Buffer)[] = [
      line('l0'),
      '{"id": ',
      '{"kind":"Dataset","kind":"Model"}',
      line('l3').replace('2026-02-01T00:00:00Z"', '").toString()'),
      JSON.stringify({ ...artifact('Dataset', 'l4'), fields: { extra: { text: '\ud800' } } }),
      JSON.stringify({ ...artifact('Dataset', 'l5'), fields: { rowCount: 1 } }).replace(
        ':1}',
        ':9007199254740993}',
      ),
      line('l6').replace('"edges":[]', '"edges":null'),
      Buffer.from(line('l7').replace('2026', '20\u00e926'), 'latin1'),
      'x'.repeat(5 * 1_048_576),
      big,
      line('l10'),
    ];
    const body = Buffer.concat(lines.flatMap((text) => [Buffer.from(text as string), Buffer.from('\r\n\n')]));
    const reply = await post(body);
    expect(codesOf(reply)).toEqual([
      'accepted',
      'BAD_JSON',
      'DUPLICATE_KEY',
      'BAD_JSON',
      'LONE_SURROGATE',
      'UNSAFE_NUMBER',
      'NULL_VALUE',
      'BAD_JSON',
      'ITEM_TOO_LARGE',
      'ITEM_TOO_LARGE',
      'accepted',
    ]);
    const receipts = receiptsOf(reply);
    expect(receipts.map(({ index }) => index)).toEqual(lines.map((_, i) => i));
    expect(receipts[1]).toMatchObject({
      error: { message: expect.stringMatching(/^item 1: JSON text \(RFC 8259\) is required/) },
    });
    expect(receipts[5]).toMatchObject({ error: { message: expect.stringContaining('±(2^53 − 1)') } });
  });

  test('receipts arrive while the body is still being sent', async () => {
    const { port } = new URL(server.url);
    const request = httpRequest({
      port,
      path: '/v1/declare',
      method: 'POST',
      headers: { 'Content-Type': NDJSON, Authorization: `Bearer ${token}` },
    });
    const replied = new Promise<AsyncIterator<Buffer>>((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => {
        expect(response.statusCode).toBe(200);
        resolve(response[Symbol.asyncIterator]() as AsyncIterator<Buffer>);
      });
    });
    request.write(`${line('s1')}\n${line('s2')}\n`);
    const chunks = await replied;
    const first = String((await chunks.next()).value);
    expect(first.trim().split('\n')).toHaveLength(2);
    request.end(line('s3'));
    expect(String((await chunks.next()).value)).toContain(artifact('Dataset', 's3').id);
    expect((await chunks.next()).done).toBe(true);
  });

  test('more items than an array may have go through as a stream', async () => {
    const body = Array.from({ length: 12_000 }, (_, i) => `${line(`stream${i}`)}\n`).join('');
    const reply = await post(body);
    expect(receiptsOf(reply).map(({ index }) => index)).toEqual(Array.from({ length: 12_000 }, (_, i) => i));
    expect(codesOf(reply).filter((code) => code !== 'accepted')).toEqual([]);
  }, 60_000);
});

describe('a JSON array', () => {
  test('gets its receipts in order', async () => {
    const reply = await post(JSON.stringify([artifact('Dataset', 'a1'), 7, artifact('Dataset', 'a2')]), {
      'Content-Type': 'application/json',
    });
    expect(codesOf(reply)).toEqual(['accepted', 'BAD_INPUT', 'accepted']);
  });
});

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('refused as a whole, as problem details', () => {
  test.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['an empty stream', '', {}, 400, 'EMPTY_BATCH'],
    ['a stream of blank lines', '\n\n  \n', {}, 400, 'EMPTY_BATCH'],
    ['an empty array', '[]', JSON_TYPE, 400, 'EMPTY_BATCH'],
    ['no array', '{"id":1}', JSON_TYPE, 400, 'BAD_INPUT'],
    ['broken JSON', '[{', JSON_TYPE, 400, 'BAD_JSON'],
    ['duplicate keys', '[{"a":1,"a":2}]', JSON_TYPE, 400, 'DUPLICATE_KEY'],
    ['bytes that are no UTF-8', Buffer.from('["\u00e9"]', 'latin1'), JSON_TYPE, 400, 'BAD_JSON'],
    [
      '100,000 items in one array',
      `[${Array.from({ length: 100_000 }, () => '{}').join(',')}]`,
      JSON_TYPE,
      400,
      'BATCH_TOO_LARGE',
    ],
    ['another type', 'id=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, 400, 'BAD_INPUT'],
    ['no token', line('n'), { Authorization: '' }, 401, 'UNAUTHENTICATED'],
    ['a forged token', line('n'), { Authorization: 'Bearer e30.e30.e30' }, 401, 'UNAUTHENTICATED'],
  ])('%s', async (_name, body, headers, status, code) => {
    const reply = await post(body, headers);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(reply.text)).toEqual({
      type: `urn:pedigree:error:${code}`,
      title: code.toLowerCase().replaceAll('_', ' '),
      status,
      detail: expect.any(String),
      code,
    });
    expect(reply.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="pedigree"' : null);
  });

  test.each(['reader', 'auditor'] as const)('a %s may not declare', async (role) => {
    const reply = await post(line('n'), { Authorization: `Bearer ${await server.token(role)}` });
    expect([reply.status, (JSON.parse(reply.text) as { code: string }).code]).toEqual([403, 'FORBIDDEN']);
  });

  test('too much at once is answered 503 with Retry-After, and what was taken is written', async () => {
    // The same items each time: all but the first writing of them is cheap, and the queue is as long.
    const body = JSON.stringify(Array.from({ length: 9_000 }, (_, i) => artifact('Dataset', `load${i}`)));
    const replies = await Promise.all(Array.from({ length: 12 }, () => post(body, JSON_TYPE)));
    const refused = replies.filter(({ status }) => status === 503);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 503]));
    for (const { headers, text } of refused) {
      expect(headers.get('retry-after')).toBe('1');
      expect(JSON.parse(text)).toMatchObject({ code: 'OVERLOADED', status: 503 });
    }
    const taken = replies.filter(({ status }) => status === 200).flatMap(codesOf);
    expect(new Set(taken)).toEqual(new Set(['accepted']));
  }, 120_000);
});

describe('elsewhere', () => {
  test('an unknown path is a problem, too', async () => {
    const response = await fetch(`${server.url}/nothing`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
  });

  test('health says the size of the log', async () => {
    const response = await fetch(`${server.url}/health`);
    expect(await response.json()).toEqual({ status: 'ok', treeSize: expect.stringMatching(/^\d+$/) });
  });
});

/** The pages' files as browsers load them: compressed by the build, chosen by what the browser takes, kept for ever. */
import { readFileSync, readdirSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { TestServer } from '../../support/server.js';

const APP = join(import.meta.dirname, '../../../dist/web/app');
const FILES = readdirSync(join(APP, 'assets'));
const FIRST_PAGE = [...readFileSync(join(APP, 'index.html'), 'utf8').matchAll(/="\/assets\/([^"]+)"/g)]
  .map(([, name]) => name ?? '')
  .filter((name) => /\.(js|css)$/.test(name));

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(() => server.stop());

interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As it came: `fetch` would undo the compression. */
function load(path: string, acceptEncoding: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers: { 'accept-encoding': acceptEncoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      });
    }).on('error', reject);
  });
}

const asItIs = (body: Buffer): Buffer => body;

describe('a file of the first page', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, asItIs],
    ['', undefined, asItIs],
  ])('for a browser that takes "%s" comes as %s', async (accepts, encoding, decode) => {
    expect(FIRST_PAGE.length).toBeGreaterThan(1);
    for (const name of FIRST_PAGE) {
      const { status, headers, body } = await load(`/assets/${name}`, accepts);
      expect([name, status, headers['content-encoding']]).toEqual([name, 200, encoding]);
      expect(headers['content-type']).toMatch(name.endsWith('.js') ? /^text\/javascript/ : /^text\/css/);
      expect([headers.vary, headers['x-content-type-options']]).toEqual(['Accept-Encoding', 'nosniff']);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(decode(body).equals(readFileSync(join(APP, 'assets', name)))).toBe(true);
    }
  });

  test('is named by a page that is never kept', async () => {
    const { headers } = await load('/', 'br');
    expect(headers['cache-control']).toBe('no-store');
  });
});

test('every script and style is there in both forms, and each is smaller', () => {
  const sources = FILES.filter((name) => /\.(js|css)$/.test(name)).map((name) => join(APP, 'assets', name));
  const large = sources.filter((path) => readFileSync(path).length >= 1024);
  expect(large.length).toBeGreaterThan(5);
  for (const path of large) {
    const [plain = 0, gzip = 0, brotli = 0] = ['', '.gz', '.br'].map(
      (end) => readFileSync(path + end).length,
    );
    expect([path, brotli < gzip, gzip < plain]).toEqual([path, true, true]);
  }
});

test('a file that there is not is said not to be there, whatever the browser takes', async () => {
  const { status, headers } = await load('/assets/nothing.js', 'br');
  expect([status, headers['content-encoding']]).toEqual([404, undefined]);
});

test('GraphiQL comes compressed, under its own policy', async () => {
  const page = await load('/graphiql/', 'br');
  expect(page.headers['content-security-policy']).toMatch(/'unsafe-inline'/);
  const html = readFileSync(join(APP, '../graphiql/index.html'), 'utf8');
  const [, script = ''] = /src="(\/graphiql\/assets\/[^"]+\.js)"/.exec(html) ?? [];
  const { headers } = await load(script, 'br');
  expect([headers['content-encoding'], headers['cache-control']]).toEqual(['br', 'no-store']);
});

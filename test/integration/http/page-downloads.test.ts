/** What a page of ours downloads with the sign-in cookie alone: evidence and exports, and nothing that changes anything. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let id: string;

beforeAll(async () => {
  server = await TestServer.start();
  const item = artifact('Dataset', 'downloaded');
  id = encodeURIComponent(item.id);
  await server.declareAll([item]);
});

afterAll(() => server.stop());

async function ask(path: string, cookie: string, init: RequestInit = {}): Promise<Response> {
  return fetch(server.url + path, { ...init, headers: { cookie } });
}

describe('with the cookie of somebody who is signed in', () => {
  test.each(['export', 'evidence'])('%s is what the bearer token gets', async (door) => {
    const token = await server.token('reader');
    const path = `/v1/${door}?of=${id}&asOf=1`;
    const byCookie = await ask(path, `pedigree_token=${token}`);
    const byToken = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
    expect([byCookie.status, byToken.status]).toEqual([200, 200]);
    const text = await byCookie.text();
    expect(text).toBe(await byToken.text());
    expect(text).toContain('downloaded');
  });

  test.each([
    ['GET', `/v1/export?of=x`, 'pedigree_token=abc', 401],
    ['GET', `/v1/evidence?of=x`, 'other=abc', 401],
    ['POST', '/v1/export', undefined, 404],
    ['POST', '/v1/evidence', undefined, 404],
    ['POST', '/v1/declare', undefined, 401],
    ['POST', '/api/v1/lineage', undefined, 401],
  ])('%s %s with the cookie %s is refused with %i', async (method, path, cookie, status) => {
    const mine = `pedigree_token=${await server.token('admin')}`;
    expect((await ask(path, cookie ?? mine, { method })).status).toBe(status);
  });

  test('a bearer token counts before the cookie', async () => {
    const headers = {
      cookie: `pedigree_token=${await server.token('admin')}`,
      authorization: 'Bearer abc.def.ghi',
    };
    expect((await fetch(`${server.url}/v1/export?of=${id}`, { headers })).status).toBe(401);
  });
});

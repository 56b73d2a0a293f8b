/** What keeps the doors narrow: bounds on documents on both doors to the schema, origins, and whose tokens are accepted. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact } from '../../support/declarations.js';
import { TestProvider } from '../../support/identity-provider.js';
import { TestServer } from '../../support/server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ORIGIN = 'https://app.example';

let corp: TestProvider;
let server: TestServer;

beforeAll(async () => {
  corp = await TestProvider.start();
  const providers = join(temporaryFolder(), 'providers.json');
  const settings = {
    name: 'corp',
    issuer: corp.issuer,
    audience: 'pedigree',
    roles: { 'pg-audit': 'auditor' },
  };
  writeFileSync(providers, JSON.stringify({ providers: [settings] }));
  server = await TestServer.start({
    env: { PEDIGREE_IDENTITY_PROVIDERS: providers, PEDIGREE_CORS_ORIGINS: ORIGIN },
  });
});

afterAll(async () => {
  await server.stop();
  await corp.stop();
});

/** A field below itself, `levels` deep. */
function nested(levels: number): string {
  return `{ predictions { ${'usedOutputOf { '.repeat(levels)} id ${'}'.repeat(levels)} } }`;
}

const TOO_MUCH: [what: string, query: string, reason: RegExp, code: string][] = [
  ['levels', nested(25), /depth limit of 20/, 'QUERY_TOO_COSTLY'],
  [
    'aliases',
    `{ ${Array.from({ length: 101 }, (_, i) => `a${i}: log { treeSize }`).join(' ')} }`,
    /limit of 100/,
    'QUERY_TOO_COSTLY',
  ],
  ['directives', `{ __typename ${'@include(if: true) '.repeat(101)} }`, /limit of 100/, 'QUERY_TOO_COSTLY'],
  ['tokens', `{ ${'__typename '.repeat(5_001)} }`, /5000 tokens/, 'GRAPHQL_PARSE_FAILED'],
];

describe('a document with too many', () => {
  test.each(TOO_MUCH)('%s is refused', async (_what, query, reason, code) => {
    const { status, errors } = await server.graphql(query);
    expect(errors[0]?.extensions.code).toBe(code);
    expect([status, errors.map(({ message }) => message).join()]).toEqual([
      400,
      expect.stringMatching(reason),
    ]);
  });

  test.each(TOO_MUCH)('%s is refused for a subscription, too', async (_what, query, reason) => {
    const answer = await stream(`subscription ${query}`);
    expect((await answer.text()).match(reason)).not.toBeNull();
  });

  test('a query is not accepted by its hash alone', async () => {
    const response = await post(
      JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } } }),
    );
    await expect(response.text()).resolves.toMatch(/PERSISTED_QUERY_NOT_SUPPORTED/);
  });
});

describe('pages of other origins', () => {
  test('that are listed may ask, without cookies', async () => {
    const { headers } = await preflight(ORIGIN);
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('that are not listed may not', async () => {
    const { headers } = await preflight('https://other.example');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['*', 'https://app.example/', 'app.example'])('cannot be listed as %s', async (origin) => {
    const starting = TestServer.start({ keep: true, env: { PEDIGREE_CORS_ORIGINS: origin } });
    await expect(starting).rejects.toMatchObject({ code: 'CONFIGURATION' });
  });
});

describe('an identity provider', () => {
  test('gives tokens that every door accepts, with the roles that they are mapped to', async () => {
    const key = await corp.addKey('ES256');
    const token = await corp.token(key, { roles: ['pg-audit'] });
    const { errors } = await server.graphql('{ log { treeSize } }', {}, 'admin', token);
    expect(errors).toEqual([]);
    await expect(server.declare([{}], 'writer', token)).rejects.toThrow(/WRITE_LINEAGE/);
    const stranger = await corp.token(key, { roles: ['reader'] });
    expect((await server.graphql('{ log { treeSize } }', {}, 'admin', stranger)).status).toBe(401);
  });

  test('can be the only one: then local tokens are refused and no sign-in link is made', async () => {
    const providers = join(temporaryFolder(), 'providers.json');
    writeFileSync(
      providers,
      JSON.stringify({ providers: [{ name: 'corp', issuer: corp.issuer, audience: 'pedigree' }] }),
    );
    const env = { PEDIGREE_IDENTITY_PROVIDERS: providers, PEDIGREE_LOCAL_TOKENS: 'off' };
    const only = await TestServer.start({ keep: true, keysDir: server.keysDir, env });
    expect(only.running.signInLink()).toBeUndefined();
    expect((await only.graphql('{ log { treeSize } }')).status).toBe(401);
    const token = await corp.token(await corp.addKey('EdDSA'));
    expect((await only.graphql('{ log { treeSize } }', {}, 'admin', token)).status).toBe(200);
    await only.stop();
  });

  test.each([
    ['{"providers":[]}', /providers/],
    [
      '{"providers":[{"name":"corp","issuer":"http://id.example","audience":"p"}]}',
      /providers\.0\.issuer.*https/,
    ],
    ['{"providers":', /PEDIGREE_IDENTITY_PROVIDERS/],
  ])('whose settings are wrong stops the start: %s', async (text, reason) => {
    const providers = join(temporaryFolder(), 'providers.json');
    writeFileSync(providers, text);
    const starting = TestServer.start({ keep: true, env: { PEDIGREE_IDENTITY_PROVIDERS: providers } });
    await expect(starting).rejects.toThrow(reason);
  });

  test('must be there if local tokens are off', async () => {
    const starting = TestServer.start({ keep: true, env: { PEDIGREE_LOCAL_TOKENS: 'off' } });
    await expect(starting).rejects.toMatchObject({ code: 'CONFIGURATION' });
  });
});

test('a stream ends with the token that opened it', async () => {
  const { id } = artifact('Dataset', 'watched');
  await server.declareAll([artifact('Dataset', 'watched')]);
  const token = await server.token('reader', { lifetime: 1 });
  const answer = await stream(`subscription { lineageChanged(of: "${id}") { asOf } }`, token);
  const events = await answer.text();
  expect(answer.status).toBe(200);
  expect(events).not.toContain('errors');
});

async function post(body: string): Promise<Response> {
  return fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await server.token('reader')}` },
    body,
  });
}

async function stream(query: string, token?: string): Promise<Response> {
  return fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
      Authorization: `Bearer ${token ?? (await server.token('reader'))}`,
    },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(20_000),
  });
}

function preflight(origin: string): Promise<Response> {
  return fetch(`${server.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    },
  });
}

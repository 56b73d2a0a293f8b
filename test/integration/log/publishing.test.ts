/** Checkpoints and tiles appear by themselves, are served to anybody, and prove what they say. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { openCheckpoint, type OpenCheckpoint } from '../../../src/ledger/checkpoint.js';
import { unpackLeaves } from '../../../src/ledger/bundle.js';
import { leafHash } from '../../../src/ledger/merkle.js';
import { parseVerifierKey } from '../../../src/ledger/signed-note.js';
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/verify-proof.js';
import { testDriver } from '../../support/database.js';
import { artifact, id } from '../../support/declarations.js';
import { TestServer, type TestServerOptions } from '../../support/server.js';

let driver: Driver;
let server: TestServer;

beforeAll(async () => {
  driver = testDriver();
  server = await TestServer.start();
});
afterAll(async () => {
  await server.stop();
  await driver.close();
});

async function restart(options: TestServerOptions = {}): Promise<void> {
  await server.stop();
  server = await TestServer.start(options);
}

const dataSets = (count: number, prefix = 'd'): ReturnType<typeof artifact>[] =>
  Array.from({ length: count }, (_, i) => artifact('Dataset', `${prefix}${i}`));

async function get(path: string, role?: 'reader' | 'auditor', log = 'lineage'): Promise<Response> {
  const headers = role === undefined ? {} : { Authorization: `Bearer ${await server.token(role)}` };
  return fetch(`${server.url}/log/${log}/${path}`, { headers });
}

async function bytes(path: string, role?: 'reader' | 'auditor'): Promise<Buffer> {
  const response = await get(path, role);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Asks until the log has this many entries; a test's own time limit is the only one. */
async function checkpointOf(size: number): Promise<OpenCheckpoint> {
  const key = parseVerifierKey((await bytes('vkey')).toString().trim());
  for (;;) {
    const checkpoint = openCheckpoint(await bytes('checkpoint'), key);
    if (checkpoint.size === size) return checkpoint;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('the tiles and checkpoint of a log of 600 entries are those of its entries', async () => {
  await server.declareAll(dataSets(600));
  const { size } = await checkpointOf(600);
  const leaves = [
    ...unpackLeaves(await bytes('tile/entries/000', 'auditor')),
    ...unpackLeaves(await bytes('tile/entries/001', 'auditor')),
    ...unpackLeaves(await bytes('tile/entries/002.p/88', 'auditor')),
  ];
  expect(leaves).toHaveLength(size);
  const hashes = leaves.map(leafHash);
  expect(await bytes('tile/0/000')).toEqual(Buffer.concat(hashes.slice(0, 256)));
  expect(await bytes('tile/0/001')).toEqual(Buffer.concat(hashes.slice(256, 512)));
  expect(await bytes('tile/0/002.p/88')).toEqual(Buffer.concat(hashes.slice(512)));
  expect(await bytes('tile/0/002.p/7')).toEqual(Buffer.concat(hashes.slice(512, 519)));
  expect((await bytes('tile/1/000.p/2')).length).toBe(64);
  expect((await bytes('tile/entries/002.p/7', 'auditor')).length).toBeGreaterThan(0);
});

test('tiles that are not kept are made again, byte for byte', async () => {
  const before = await Promise.all(['tile/0/000', 'tile/1/000.p/2'].map((path) => bytes(path)));
  const { records } = await driver.executeQuery('MATCH (t:HashTile) DETACH DELETE t RETURN count(t) AS n');
  expect(records[0]!.get('n')).toBe(2);
  expect(await Promise.all(['tile/0/000', 'tile/1/000.p/2'].map((path) => bytes(path)))).toEqual(before);
});

test('inclusion and consistency are proved over GraphQL, up to a checkpoint', async () => {
  await restart();
  await server.declareAll(dataSets(300));
  const first = await checkpointOf(300);
  await server.declareAll(dataSets(50, 'more'));
  const second = await checkpointOf(350);
  const { inclusionProof: proof } = await server.ask(
    `query ($of: ID!) { inclusionProof(of: $of) { leafIndex treeSize leafHash root hashes } }`,
    { of: id('Dataset', 'd17') },
    'reader',
  );
  expect([proof.leafIndex, proof.treeSize, proof.root]).toEqual(['17', '350', base64(second.root)]);
  verifyInclusion(
    { index: 17, leafHash: fromBase64(proof.leafHash), head: second },
    proof.hashes.map(fromBase64),
  );

  const { consistencyProof } = await server.ask(
    '{ consistencyProof(from: "300") { from to fromRoot toRoot hashes } }',
  );
  expect(consistencyProof).toMatchObject({ from: '300', to: '350', fromRoot: base64(first.root) });
  verifyConsistency(first, second, consistencyProof.hashes.map(fromBase64));

  const { checkpoint } = await server.ask(
    '{ checkpoint { origin treeSize root note verifierKey signedAt } }',
  );
  expect(checkpoint).toMatchObject({ treeSize: '350', root: base64(second.root), origin: second.origin });
  expect(openCheckpoint(checkpoint.note, parseVerifierKey(checkpoint.verifierKey)).size).toBe(350);
});

describe('what is served', () => {
  beforeAll(async () => {
    await restart();
    await server.declareAll(dataSets(300));
    await checkpointOf(300);
  });

  test.each([
    ['checkpoint', undefined, 200, 'text/plain; charset=utf-8', 'public, max-age=1'],
    ['tile/0/000', undefined, 200, 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['tile/0/001.p/44', undefined, 200, 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['tile/entries/000', 'auditor', 200, 'application/octet-stream', 'private, max-age=31536000, immutable'],
    ['tile/entries/000', 'reader', 403, 'application/problem+json', 'no-store'],
    ['tile/entries/000', undefined, 401, 'application/problem+json', 'no-store'],
    ['tile/0/001.p/45', undefined, 404, 'application/problem+json', 'no-store'],
    ['tile/0/001', undefined, 404, 'application/problem+json', 'no-store'],
    ['tile/2/000.p/1', undefined, 404, 'application/problem+json', 'no-store'],
    ['tile/entries/002', 'auditor', 404, 'application/problem+json', 'no-store'],
    ['tile/0/0', undefined, 404, 'application/problem+json', 'no-store'],
    ['nothing', undefined, 404, 'application/problem+json', 'no-store'],
  ] as const)('%s to %s: %d', async (path, role, status, type, cache) => {
    const response = await get(path, role);
    const { headers } = response;
    const [contentType] = [headers.get('content-type')!].filter((text) => text.includes(type));
    expect([response.status, contentType, headers.get('cache-control')]).toEqual([
      status,
      headers.get('content-type'),
      cache,
    ]);
  });

  test('the access log is empty, signed and a log of its own', async () => {
    const vkey = await (await get('vkey', undefined, 'access')).text();
    const note = await (await get('checkpoint', undefined, 'access')).text();
    const checkpoint = openCheckpoint(note, parseVerifierKey(vkey.trim()));
    expect([checkpoint.size, checkpoint.origin.split('/').at(-1)]).toEqual([0, 'access']);
    expect((await get('tile/0/000.p/1', undefined, 'access')).status).toBe(404);
    expect((await get('checkpoint', undefined, 'other')).status).toBe(404);
  });

  test('a proof beyond the signed tree is refused, and so is a question for nothing or for two things', async () => {
    for (const args of [
      'leafIndex: "300"',
      'leafIndex: "1", treeSize: "301"',
      '',
      'of: "x", leafIndex: "1"',
    ]) {
      const { errors } = await server.graphql(`{ inclusionProof${args && `(${args})`} { treeSize } }`);
      expect({ args, code: errors[0]?.extensions.code }).toEqual({ args, code: 'BAD_INPUT' });
    }
    const { errors } = await server.graphql('{ inclusionProof(of: "dataset:no/such@1") { treeSize } }');
    expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

test('a closed log asks for a token for everything', async () => {
  await restart({ env: { PEDIGREE_LOG_PUBLIC: 'false' } });
  expect((await get('checkpoint')).status).toBe(401);
  expect((await get('vkey', 'reader')).status).toBe(403);
  const response = await get('checkpoint', 'auditor');
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, max-age=1']);
});

test('nobody can confirm a guess by a leaf hash: the same declaration has another one under other keys', async () => {
  const hashes: string[] = [];
  for (let i = 0; i < 2; i++) {
    await restart();
    await server.declareAll(dataSets(1));
    await checkpointOf(1);
    hashes.push((await bytes('tile/0/000.p/1')).toString('hex'));
  }
  // Same id, content, principal and clock: all that a guesser could know. Only the servers' secret keys differ.
  expect(new Set(hashes).size).toBe(2);
});

test('the name of the log can be chosen, once', async () => {
  await restart({ env: { PEDIGREE_LOG_ORIGIN: 'lineage.example.com/log' } });
  const { origin } = await checkpointOf(0);
  expect(origin).toBe('lineage.example.com/log/lineage');
  const { keysDir } = server;
  const other = { keep: true, keysDir, env: { PEDIGREE_LOG_ORIGIN: 'other.example.com' } };
  await expect(TestServer.start(other)).rejects.toMatchObject({ code: 'CONFIGURATION' });
});

test('two servers that write at once sign one history', async () => {
  await restart();
  const other = await TestServer.start({ keep: true, keysDir: server.keysDir });
  try {
    const heads: OpenCheckpoint[] = [];
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        server.declareAll(dataSets(37, `a${round}-`)),
        other.declareAll(dataSets(41, `b${round}-`)),
      ]);
      heads.push(await checkpointOf((round + 1) * 78));
    }
    for (const [i, head] of heads.slice(1).entries()) {
      const query = `{ consistencyProof(from: "${heads[i]!.size}", to: "${head.size}") { hashes } }`;
      const { consistencyProof } = await other.ask(query);
      verifyConsistency(heads[i]!, head, consistencyProof.hashes.map(fromBase64));
    }
  } finally {
    await other.stop();
  }
});

const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');
const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');

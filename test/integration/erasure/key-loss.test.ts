/** Several servers, older copies of the key store, and what a start has to put right. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { ErasureService } from '../../../src/governance/erasure-service.js';
import { Database } from '../../../src/store/database.js';
import { freshDatabase, testDatabase, testDriver } from '../../support/database.js';
import { id } from '../../support/declarations.js';
import { DyingParts, erasableParts, personalDecision } from '../../support/erasable.js';
import { findEntryFaults } from '../../support/log.js';
import { TestServer } from '../../support/server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ERASE =
  'mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "a request") { id erased { members } } }';
const STATES =
  'query ($id: ID!) { artifact(id: $id) { personal { path state value } attestations { items { type } } } }';

let keysDir: string;
let servers: TestServer[] = [];

beforeEach(async () => {
  await freshDatabase();
  keysDir = join(temporaryFolder(), 'keys');
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  servers = [];
});

async function start(): Promise<TestServer> {
  const server = await TestServer.start({ keep: true, keysDir });
  servers.push(server);
  return server;
}

async function stop(server: TestServer): Promise<void> {
  servers = servers.filter((other) => other !== server);
  await server.stop();
}

async function statesOf(server: TestServer, name: string): Promise<string[]> {
  const { artifact } = await server.ask(STATES, { id: id('Prediction', name) });
  const states = artifact.personal.map(({ state }: { state: string }) => state) as string[];
  return [...new Set(states)];
}

async function health(server: TestServer) {
  return (await (await fetch(`${server.url}/health`)).json()) as Record<string, unknown>;
}

describe('two servers', () => {
  test('what one erases the other cannot read any more, from the moment that it is said', async () => {
    const [one, two] = [await start(), await start()];
    await one.declareAll([personalDecision('loan', ['ann'])]);
    // The other one has the key in its memory: it has sealed with it.
    await two.declareAll([personalDecision('second', ['ann'])]);
    expect(await statesOf(two, 'loan')).toEqual(['OPEN']);
    const { eraseSubject } = await one.ask(ERASE, { subject: 'ann' });
    expect(eraseSubject.erased.members).toBe(10);
    expect([await statesOf(two, 'loan'), await statesOf(two, 'second')]).toEqual([['ERASED'], ['ERASED']]);
    expect(await two.ask(ERASE, { subject: 'ann' })).toEqual({ eraseSubject });
    await two.declareAll([personalDecision('third', ['ann'])]);
    expect(await statesOf(one, 'third')).toEqual(['OPEN']);
  });
});

describe('a start', () => {
  test.each([2, 7, 10, 14])('completes an erasure whose server died at boundary %d', async (boundary) => {
    const server = await start();
    await server.declareAll([personalDecision('loan', ['ann'])]);
    await stop(server);
    const database = await Database.connect(testDatabase());
    const keyStore = new EmbeddedKeyStore(keysDir);
    const dying = new ErasureService(new DyingParts(erasableParts(database, keyStore), boundary).parts);
    await expect(dying.erase({ subject: 'ann', basis: 'a request' }, 'officer')).rejects.toThrow('killed');
    await database.close();
    await keyStore.close();
    const again = await start();
    const begun = boundary > 5;
    expect(await statesOf(again, 'loan')).toEqual([begun ? 'ERASED' : 'OPEN']);
    const { artifact } = await again.ask(STATES, { id: id('Prediction', 'loan') });
    expect(artifact.attestations.items).toEqual(begun ? [{ type: 'ERASED' }] : []);
  });

  test('with an older copy of the key store does not bring back what was erased', async () => {
    const server = await start();
    await server.declareAll([personalDecision('loan', ['ann'])]);
    const key = await keyOf('ann');
    const copy = join(temporaryFolder(), 'copy');
    cpSync(keysDir, copy, { recursive: true });
    await server.ask(ERASE, { subject: 'ann' });
    expect(filesWith(keysDir, key)).toEqual([]);
    await stop(server);
    restore(copy);
    expect(filesWith(keysDir, key)).toEqual(['keys.bin']);
    const again = await start();
    expect(filesWith(keysDir, key)).toEqual([]);
    expect(await statesOf(again, 'loan')).toEqual(['ERASED']);
    expect(await health(again)).toMatchObject({ status: 'ok' });
  });

  test('without keys that nobody erased is read-only and says so, until the newest copy is back', async () => {
    const server = await start();
    await server.declareAll([personalDecision('early', ['ann'])]);
    const [older, newest] = [join(temporaryFolder(), 'older'), join(temporaryFolder(), 'newest')];
    cpSync(keysDir, older, { recursive: true });
    await server.declareAll([personalDecision('late', ['bea'])]);
    await stop(server);
    cpSync(keysDir, newest, { recursive: true });
    restore(older);

    const lost = await start();
    const message =
      'the key store must have the 2 keys that this database has values under, but it has 1: it is an older copy; restore the newest one and start again. Until then nothing can be declared';
    expect(await health(lost)).toMatchObject({ status: 'read-only', code: 'KEY_LOST', message });
    expect([await statesOf(lost, 'early'), await statesOf(lost, 'late')]).toEqual([['OPEN'], ['KEY_LOST']]);
    await expect(lost.declare([personalDecision('more', ['cy'])])).rejects.toThrow(/^503 .*KEY_LOST/);
    const { errors } = await lost.graphql(ERASE, { subject: 'ann' });
    expect(errors[0]!.extensions).toMatchObject({ code: 'KEY_LOST' });
    await stop(lost);

    restore(newest);
    const repaired = await start();
    expect(await health(repaired)).toMatchObject({ status: 'ok' });
    await repaired.declareAll([personalDecision('more', ['cy'])]);
    expect([await statesOf(repaired, 'late'), await statesOf(repaired, 'more')]).toEqual([
      ['OPEN'],
      ['OPEN'],
    ]);
    const driver = testDriver();
    const keyStore = new EmbeddedKeyStore(keysDir);
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
    await keyStore.close();
    await driver.close();
  });
});

async function keyOf(subject: string): Promise<Buffer> {
  const keyStore = new EmbeddedKeyStore(keysDir);
  const key = (await keyStore.subjectKeys([subject])).get(subject)!.key;
  await keyStore.close();
  return Buffer.from(key);
}

function restore(copy: string): void {
  rmSync(keysDir, { recursive: true });
  cpSync(copy, keysDir, { recursive: true });
}

function filesWith(path: string, bytes: Buffer): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
    (file) => statSync(join(path, file)).isFile() && readFileSync(join(path, file)).includes(bytes),
  );
}

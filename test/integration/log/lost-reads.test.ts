/**
 * A database that lost entries which its access log has signed: no personal value is read from it, because the read could
 * not be recorded; everything else goes on, and each of the documented repairs works (docs/log.md, "Lost entries").
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { orderNewOrigin, logStatus } from '../../../src/app/log-admin.js';
import { followOnce, type Followed } from '../../../src/cli/follow/follower.js';
import { HttpLog } from '../../../src/cli/follow/log-source.js';
import { parseVerifierKey } from '../../../src/ledger/signed-note.js';
import { CheckedLog } from '../../support/checked-log.js';
import { testDriver } from '../../support/database.js';
import { artifact, id, prediction } from '../../support/declarations.js';
import { restoreBackup, takeBackup } from '../../support/log-state.js';
import { SpawnedCommand } from '../../support/spawned-server.js';
import { TestServer, type Answer } from '../../support/server.js';

const PERSONAL = `{ artifact(id: "${id('Prediction', 'p')}") { id personal { state value } } }`;
const STRUCTURE = `{ artifact(id: "${id('Prediction', 'p')}") { id } }`;

let driver: Driver;
let server: TestServer;
let older: Awaited<ReturnType<typeof takeBackup>>;
let newer: Awaited<ReturnType<typeof takeBackup>>;
let kept: Followed;
let signed: Followed;

beforeAll(() => {
  driver = testDriver();
});
afterAll(() => driver.close());

/** An access log of 8 signed entries, with backups at 4 and at 8; the lineage log is the same in both. */
beforeEach(async () => {
  server = await TestServer.start();
  await server.declareAll([
    artifact('Model', 'm'),
    prediction('p', 'm', [], { subjects: ['ann'], fields: { explanation: 'why' } }),
  ]);
  for (let i = 0; i < 2; i++) await server.ask(PERSONAL);
  kept = await signedAt(4);
  older = await takeBackup(driver);
  for (let i = 0; i < 2; i++) await server.ask(PERSONAL);
  signed = await signedAt(8);
  newer = await takeBackup(driver);
}, 60_000);

afterEach(() => server.stop());

test('a restored older backup is refused for reads of personal values, at once and after a restart', async () => {
  await restoreBackup(driver, older);
  await expectClosed();
  const { keysDir, running } = server;
  await running.stop();
  server = await TestServer.start({ keep: true, keysDir });
  await expectClosed();
  // Nothing is lost of lineage: it is declared, and what is not personal is read.
  await server.declareAll([artifact('Model', 'later')]);
  expect((await server.ask(STRUCTURE)).artifact.id).toBe(id('Prediction', 'p'));
}, 60_000);

test('repair 1: a newer backup is restored, and the log goes on', async () => {
  await restoreBackup(driver, older);
  await expectClosed();
  await restoreBackup(driver, newer);
  await server.ask(PERSONAL);
  expect(await signedAt(10, signed)).toMatchObject({ size: 10 });
  expect(await health()).toMatchObject({ status: 'ok' });
}, 60_000);

test('repair 2: a new origin begins by saying what is lost', async () => {
  await restoreBackup(driver, older);
  await expectClosed();
  expect(await inKeyStore(logStatus)).toContainEqual(
    expect.objectContaining({ log: 'access', treeSize: 8, standing: 'BEHIND' }),
  );
  const order = { log: 'access', reason: 'disk failure', by: 'ann' } as const;
  await expect(inKeyStore(() => orderNewOrigin({ ...order, lost: '0-1' }))).rejects.toMatchObject({
    message: '--lost must be 4-8, which is what is lost, but got: "0-1"',
  });
  const args = ['log', 'new-origin', '--log', 'access', '--lost', '4-8', '--reason', 'disk failure'];
  const command = new SpawnedCommand(args, {
    env: { PEDIGREE_KEYS_DIR: server.keysDir },
    dataDir: server.dataDir,
  });
  expect(await command.ended).toBe(0);

  // Whoever kept a head of the part that is left can see that it was left as it was.
  const head = await signedAt(5, kept);
  expect(head.origin).toBe(`${signed.origin}/2`);
  const { records } = await driver.executeQuery('MATCH (r:AccessRecord {phase: "origin"}) RETURN r');
  expect(records.map((record) => record.get('r').properties)).toMatchObject([
    { leafIndex: 4, by: 'operator' },
  ]);
  expect(JSON.parse(records[0]!.get('r').properties.values as string)).toEqual({
    'value/origin': head.origin,
    'value/formerOrigin': signed.origin,
    'value/formerCheckpoint': signed.note,
    'value/kept': 4,
    'value/lost': { from: 4, to: 8 },
    'value/reason': 'disk failure',
  });
  await server.ask(PERSONAL);
  await signedAt(7, head);
  const log = await CheckedLog.open(server.keysDir);
  expect(await log.fsck()).toEqual([]);
  await log.close();
}, 60_000);

async function expectClosed(): Promise<void> {
  const { status, errors, data }: Answer = await server.graphql(PERSONAL);
  expect({ status, data, code: errors[0]?.extensions.code }).toEqual({
    status: 503,
    data: null,
    code: 'LOG_BEHIND',
  });
  expect(await health()).toMatchObject({
    status: 'no-personal-reads',
    code: 'LOG_BEHIND',
    message: expect.stringMatching(
      /must have the 8 entries .* but has 4: it is closed for reads of personal/,
    ),
  });
}

async function health(): Promise<object> {
  return (await (await fetch(`${server.url}/health`)).json()) as object;
}

/** The signed head of so many entries, proved to extend the one that was known. */
async function signedAt(size: number, known?: Followed): Promise<Followed> {
  for (;;) {
    const key = await (await fetch(`${server.url}/log/access/vkey`)).text();
    const verifier = parseVerifierKey(key.trim());
    const note = await (await fetch(`${server.url}/log/access/checkpoint`)).text();
    // The origin may change between the two.
    if (note.startsWith(`${verifier.name}\n${String(size)}\n`))
      return followOnce(new HttpLog(`${server.url}/log/access`), known, {
        verifier,
        entries: false,
        all: false,
      });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** As the command line runs: with the settings of the environment. */
async function inKeyStore<T>(work: () => Promise<T>): Promise<T> {
  process.env.PEDIGREE_KEYS_DIR = server.keysDir;
  try {
    return await work();
  } finally {
    delete process.env.PEDIGREE_KEYS_DIR;
  }
}

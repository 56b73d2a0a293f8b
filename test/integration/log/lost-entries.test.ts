/**
 * A database that lost entries which its log has signed: nothing is written to it, everything can be read, and each of
 * the documented repairs works (docs/log.md, "Lost entries").
 */
import { rmSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { logStatus, orderNewOrigin } from '../../../src/app/log-admin.js';
import { openCheckpoint, type OpenCheckpoint } from '../../../src/ledger/checkpoint.js';
import { parseVerifierKey } from '../../../src/ledger/signed-note.js';
import { verifyConsistency } from '../../../src/ledger/verify-proof.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { testDriver } from '../../support/database.js';
import { artifact } from '../../support/declarations.js';
import { findEntryFaults, findLogFaults } from '../../support/log.js';
import { restoreBackup, takeBackup } from '../../support/log-state.js';
import { TestServer } from '../../support/server.js';

const KEPT = 260;
const SIGNED = 530;

let driver: Driver;
let server: TestServer;
let older: Awaited<ReturnType<typeof takeBackup>>;
let newer: Awaited<ReturnType<typeof takeBackup>>;
let keptHead: OpenCheckpoint;
let signedHead: OpenCheckpoint;

const items = (from: number, to: number): ReturnType<typeof artifact>[] =>
  Array.from({ length: to - from }, (_, i) => artifact('Dataset', `d${from + i}`));

/** A log of 530 signed entries, with backups of the database at 260 and at 530. */
beforeEach(async () => {
  server = await TestServer.start();
  await server.declareAll(items(0, KEPT));
  keptHead = await checkpointOf(KEPT);
  older = await takeBackup(driver);
  await server.declareAll(items(KEPT, SIGNED));
  signedHead = await checkpointOf(SIGNED);
  newer = await takeBackup(driver);
}, 60_000);

beforeAll(() => {
  driver = testDriver();
});
afterAll(() => driver.close());

test('a restored older backup is refused for writing, at once and after a restart; reads go on', async () => {
  try {
    await restoreBackup(driver, older);
    await expectReadOnly(`but has ${KEPT}`, 'LOG_BEHIND', 'BEHIND');
    const { keysDir, running } = server;
    await running.stop();
    server = await TestServer.start({ keep: true, keysDir });
    await expectReadOnly(`but has ${KEPT}`, 'LOG_BEHIND', 'BEHIND');
    expect((await checkpointOf(SIGNED)).root).toEqual(signedHead.root);
  } finally {
    await server.stop();
  }
}, 60_000);

describe('repairs', () => {
  test('1: a newer backup is restored, and the log goes on', async () => {
    try {
      await restoreBackup(driver, older);
      await expectReadOnly(`but has ${KEPT}`, 'LOG_BEHIND', 'BEHIND');
      await restoreBackup(driver, newer);
      const [receipt] = await server.declareAll(items(SIGNED, SIGNED + 1));
      expect(receipt).toMatchObject({ leafIndex: SIGNED });
      await provedToExtend(signedHead, await checkpointOf(SIGNED + 1));
      expect(await health()).toMatchObject({ status: 'ok' });
      await expectSoundLog();
    } finally {
      await server.stop();
    }
  }, 60_000);

  test('2 and 3: a new origin begins by saying what is lost, and the declarations are sent again', async () => {
    try {
      await restoreBackup(driver, older);
      await expectReadOnly(`but has ${KEPT}`, 'LOG_BEHIND', 'BEHIND');
      const [before] = await inKeyStore(logStatus);
      expect(before).toMatchObject({ log: 'lineage', treeSize: SIGNED, standing: 'BEHIND' });
      await inKeyStore(() =>
        orderNewOrigin({ log: 'lineage', lost: `${KEPT}-${SIGNED}`, reason: 'disk failure', by: 'ann' }),
      );

      const head = await checkpointOf(KEPT + 1);
      expect(head.origin).toBe(`${signedHead.origin}/2`);
      // Whoever kept a head of the part that is left can see that it was left as it was.
      await provedToExtend(keptHead, head);
      expect(await firstEntry(head.origin)).toMatchObject({
        leafIndex: KEPT,
        fields: {
          origin: head.origin,
          formerOrigin: signedHead.origin,
          formerCheckpoint: expect.stringContaining(`\n${SIGNED}\n`) as unknown,
          kept: KEPT,
          lost: { from: KEPT, to: SIGNED },
          reason: 'disk failure',
        },
      });
      const receipts = await server.declareAll(items(0, SIGNED));
      expect(receipts).toMatchObject(
        receipts.map((_, i) => ({ repeated: i < KEPT, leafIndex: i < KEPT ? i : i + 1 })),
      );
      await provedToExtend(head, await checkpointOf(SIGNED + 1));
      expect(await inKeyStore(logStatus)).toMatchObject([{ origin: head.origin, standing: 'SOUND' }, {}]);
      await expectSoundLog();
    } finally {
      await server.stop();
    }
  }, 60_000);

  test('a new origin is begun when the server starts, too', async () => {
    try {
      await restoreBackup(driver, older);
      await expectReadOnly(`but has ${KEPT}`, 'LOG_BEHIND', 'BEHIND');
      const { keysDir, running } = server;
      await running.stop();
      const lost = `${KEPT}-${SIGNED}`;
      await inKeyStore(() =>
        orderNewOrigin({ log: 'lineage', lost, reason: 'moved', by: 'ann', origin: 'new.example/log' }),
      );
      server = await TestServer.start({ keep: true, keysDir });
      expect(await checkpointOf(KEPT + 1)).toMatchObject({ origin: 'new.example/log' });
      await server.declareAll(items(KEPT, SIGNED));
    } finally {
      await server.stop();
    }
  }, 60_000);

  test('an order that misjudges what is lost, or that nobody needs, is refused', async () => {
    try {
      const order = { log: 'lineage', reason: 'x', by: 'ann' } as const;
      await expect(inKeyStore(() => orderNewOrigin({ ...order, lost: '0-1' }))).rejects.toMatchObject({
        code: 'CONFIGURATION',
      });
      await restoreBackup(driver, older);
      await expectReadOnly(`but has ${KEPT}`, 'LOG_BEHIND', 'BEHIND');
      await expect(inKeyStore(() => orderNewOrigin({ ...order, lost: '0-1' }))).rejects.toMatchObject({
        message: `--lost must be ${KEPT}-${SIGNED}, which is what is lost, but got: "0-1"`,
      });
    } finally {
      await server.stop();
    }
  }, 60_000);
});

test('a database with other entries than those signed is refused for writing, too', async () => {
  try {
    const { keysDir, running } = server;
    await running.stop();
    await restoreBackup(driver, older);
    // Another history of the same length, made by a server whose signed heads were taken away.
    await driver.executeQuery('MATCH (b:EntryBundle) WHERE b.start = 256 SET b.bytes = $bytes', {
      bytes: new Int8Array([0, 1, 7, 0, 1, 7, 0, 1, 7, 0, 1, 7]),
    });
    await driver.executeQuery('MATCH (h:LogHead) SET h.size = toInteger($size)', { size: SIGNED });
    server = await TestServer.start({ keep: true, keysDir });
    await expectReadOnly('they are others', 'LOG_DIVERGED', 'DIVERGED');
    await restoreBackup(driver, newer);
    await server.declareAll(items(SIGNED, SIGNED + 1));
    await provedToExtend(signedHead, await checkpointOf(SIGNED + 1));
  } finally {
    await server.stop();
  }
}, 60_000);

test('a key store without the signed heads of a signed log is refused for writing', async () => {
  try {
    const { keysDir, running } = server;
    await running.stop();
    rmSync(`${keysDir}/heads`, { recursive: true });
    server = await TestServer.start({ keep: true, keysDir });
    await expectReadOnly('must be in the folder "heads" of the key store', 'LOG_DIVERGED', 'DIVERGED');
  } finally {
    await server.stop();
  }
}, 60_000);

async function expectReadOnly(problem: string, code: string, standing: string): Promise<void> {
  const receipts = await fetch(`${server.url}/v1/declare`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await server.token('writer')}` },
    body: JSON.stringify(items(SIGNED, SIGNED + 1)),
  });
  expect([receipts.status, await receipts.json()]).toMatchObject([503, { code }]);
  expect((await health()).message).toContain(problem);
  const { log, artifact: found } = await server.ask(
    `{ log { standing problem } artifact(id: "${items(0, 1)[0]!.id}") { id } }`,
  );
  expect(log.standing).toBe(standing);
  expect(log.problem).toContain(problem);
  expect(found.id).toBe(items(0, 1)[0]!.id);
}

async function health(): Promise<{ status: string; message?: string }> {
  return (await (await fetch(`${server.url}/health`)).json()) as { status: string; message?: string };
}

async function expectSoundLog(): Promise<void> {
  const keyStore = new EmbeddedKeyStore(server.keysDir);
  expect([...(await findLogFaults(driver)), ...(await findEntryFaults(driver, keyStore))]).toEqual([]);
  await keyStore.close();
}

async function checkpointOf(size: number): Promise<OpenCheckpoint> {
  for (;;) {
    const read = async (path: string): Promise<string> =>
      (await fetch(`${server.url}/log/lineage/${path}`)).text();
    const [key, note] = [await read('vkey'), await read('checkpoint')];
    // The origin may change between the two.
    const [name] = key.split('+');
    if (note.startsWith(`${name}\n${size}\n`)) return openCheckpoint(note, parseVerifierKey(key.trim()));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function provedToExtend(from: OpenCheckpoint, to: OpenCheckpoint): Promise<void> {
  const { consistencyProof } = await server.ask(
    `{ consistencyProof(from: "${from.size}", to: "${to.size}") { hashes } }`,
  );
  verifyConsistency(
    from,
    to,
    consistencyProof.hashes.map((text: string) => Buffer.from(text, 'base64')),
  );
}

async function firstEntry(origin: string): Promise<{ leafIndex: number; fields: unknown }> {
  const { records } = await driver.executeQuery(
    'MATCH (t:Attestation {type: "x-log-origin"}) RETURN t.leafIndex AS leafIndex, t.values AS values, t.id AS id',
  );
  expect(records.map((record) => record.get('id'))).toEqual([
    `attestation:pedigree/log@${encodeURIComponent(origin)}`,
  ]);
  const values = JSON.parse(records[0]!.get('values') as string) as Record<string, unknown>;
  const fields = Object.fromEntries(
    Object.entries(values).map(([path, value]) => [path.replace('value/', ''), value]),
  );
  return { leafIndex: records[0]!.get('leafIndex') as number, fields };
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

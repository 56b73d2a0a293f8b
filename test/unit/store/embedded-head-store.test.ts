import { statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { ed25519Verifier, openNote, signNote } from '../../../src/ledger/signed-note.js';
import { EmbeddedHeadStore } from '../../../src/store/keys/embedded-head-store.js';
import type { SignedHead } from '../../../src/store/keys/head-store.js';
import { openLogKey } from '../../../src/store/keys/log-key.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const head = (size: number, origin = 'a.example/log'): SignedHead => ({
  ...{ origin, size, root: 'root', note: `${origin} ${size}`, signedAt: 0 },
});

test('of two that replace the same head only one succeeds, and both see what is kept', async () => {
  const folder = temporaryFolder();
  const [one, two] = [new EmbeddedHeadStore(folder), new EmbeddedHeadStore(folder)];
  expect(await one.read('lineage')).toBeUndefined();
  expect(await one.replace('lineage', undefined, head(1))).toBe(true);
  expect(await two.replace('lineage', undefined, head(2))).toBe(false);
  const outcomes = await Promise.all([
    one.replace('lineage', head(1), head(3)),
    two.replace('lineage', head(1), head(4)),
  ]);
  expect(outcomes).toEqual([true, false]);
  expect(await two.read('lineage')).toEqual(head(3));
  expect(await two.read('access')).toBeUndefined();
  await Promise.all([one.close(), two.close()]);
});

test('what was kept is there after the store is opened again, and only its owner can look into it', async () => {
  const folder = temporaryFolder();
  const store = new EmbeddedHeadStore(folder);
  await store.replace('lineage', undefined, head(5));
  await store.close();
  const again = new EmbeddedHeadStore(folder);
  expect(await again.read('lineage')).toEqual(head(5));
  await again.close();
  expect(statSync(join(folder, 'heads')).mode & 0o777).toBe(0o700);
});

test('an order ends with the head of another origin, and only with that', async () => {
  const store = new EmbeddedHeadStore(temporaryFolder());
  const order = { origin: 'b.example/log', givesUp: head(1).note, kept: 0, reason: 'x', by: 'ann', at: 0 };
  await store.replace('lineage', undefined, head(1));
  await store.putOrder('lineage', order);
  await store.replace('lineage', head(1), head(2));
  expect(await store.order('lineage')).toEqual(order);
  await store.replace('lineage', head(2), head(2, 'b.example/log'));
  expect(await store.order('lineage')).toBeUndefined();
  await store.close();
});

test('the log’s key is made once, is readable by its owner only, and signs notes that verify', () => {
  const folder = temporaryFolder();
  const signer = openLogKey(folder)('a.example/log');
  expect(Buffer.from(openLogKey(folder)('a.example/log').publicKey)).toEqual(Buffer.from(signer.publicKey));
  expect(statSync(join(folder, 'log-key.pem')).mode & 0o777).toBe(0o600);
  const note = signNote('text\n', [signer]);
  expect(openNote(note, [ed25519Verifier(signer.name, signer.publicKey)]).text).toBe('text\n');
});

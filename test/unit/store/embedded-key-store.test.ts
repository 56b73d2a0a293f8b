import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, jest, test } from '@jest/globals';

import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import type { SubjectKey } from '../../../src/store/keys/key-store.js';
import { SlotFile } from '../../../src/store/keys/slot-file.js';
import { failureOf } from '../../support/failure.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder();
const store = new EmbeddedKeyStore(folder);

afterAll(() => store.close());

async function keyOf(of: EmbeddedKeyStore, subject: string): Promise<SubjectKey> {
  return (await of.subjectKeys([subject])).get(subject)!;
}

async function byName(of: EmbeddedKeyStore, kid: string): Promise<Uint8Array | string | undefined> {
  return (await of.keysOf([kid])).get(kid);
}

describe('subjects’ keys', () => {
  test('are random, of 32 bytes, and the same for the same subject', async () => {
    const keys = await store.subjectKeys(['alice', 'bob', 'alice']);
    expect([...keys.keys()]).toEqual(['alice', 'bob']);
    const [alice, bob] = [...keys.values()];
    expect(alice!.key).toHaveLength(32);
    expect(alice!.key).not.toEqual(bob!.key);
    expect(alice!.kid).not.toBe(bob!.kid);
    expect(await keyOf(store, 'alice')).toEqual(alice);
    expect(await byName(store, alice!.kid)).toEqual(alice!.key);
  });

  test('of names that normalise to the same are different: a name is taken as it is', async () => {
    const keys = await store.subjectKeys(['Zo\u00eb', 'Zoe\u0308']);
    expect(new Set([...keys.values()].map(({ kid }) => kid)).size).toBe(2);
  });

  test('nothing is made for nobody, and an unknown name opens nothing', async () => {
    expect((await store.subjectKeys([])).size).toBe(0);
    expect(await byName(store, 'no such key')).toBeUndefined();
    expect(await store.generationsOf('nobody')).toEqual([]);
  });

  test('have serials that count up with each that is made', async () => {
    const before = await store.lastSerial();
    expect((await keyOf(store, 'serial-1')).serial).toBe(before + 1);
    expect((await keyOf(store, 'serial-2')).serial).toBe(before + 2);
    expect(await store.lastSerial()).toBe(before + 2);
  });
});

test('a store that was closed has the same keys when it is opened again', async () => {
  const own = temporaryFolder();
  const first = new EmbeddedKeyStore(own);
  const [id, logKey] = [first.id, first.logKey(1)];
  const carol = await keyOf(first, 'carol');
  await first.close();
  const second = new EmbeddedKeyStore(own);
  expect([second.id, second.logKey(1)]).toEqual([id, logKey]);
  expect((await second.subjectKeys(['carol', 'dave'])).get('carol')).toEqual(carol);
  expect(await byName(second, carol.kid)).toEqual(carol.key);
  await second.close();
});

describe('the end of a key', () => {
  test('retired, it opens what it sealed, and the subject gets a new one', async () => {
    const first = await keyOf(store, 'retired');
    await store.retire([first.kid]);
    const second = await keyOf(store, 'retired');
    expect([first.generation, second.generation]).toEqual([1, 2]);
    expect(second.key).not.toEqual(first.key);
    expect(await byName(store, first.kid)).toEqual(first.key);
    expect(await store.generationsOf('retired')).toEqual([
      { kid: first.kid, generation: 1, state: 'RETIRED' },
      { kid: second.kid, generation: 2, state: 'CURRENT' },
    ]);
  });

  test('destroyed, its bytes are in no file of the store, and the other keys still are', async () => {
    const own = temporaryFolder();
    const other = new EmbeddedKeyStore(own);
    const [gone, kept] = [await keyOf(other, 'gone'), await keyOf(other, 'kept')];
    const bytes = Buffer.from(gone.key);
    expect(filesWith(own, bytes)).toEqual(['keys.bin']);
    await other.destroy([gone.kid]);
    await other.destroy([gone.kid]);
    expect(filesWith(own, bytes)).toEqual([]);
    expect(filesWith(own, Buffer.from(kept.key))).toEqual(['keys.bin']);
    expect(await byName(other, gone.kid)).toBe('DESTROYED');
    expect((await keyOf(other, 'gone')).generation).toBe(2);
    await other.close();
  });

  test('is seen at once by another server of the host, also in its memory', async () => {
    const own = temporaryFolder();
    const [one, two] = [new EmbeddedKeyStore(own), new EmbeddedKeyStore(own)];
    const key = await keyOf(one, 'eve');
    expect(await keyOf(two, 'eve')).toEqual(key);
    await one.destroy([key.kid]);
    expect(await byName(two, key.kid)).toBe('DESTROYED');
    expect((await keyOf(two, 'eve')).generation).toBe(2);
    await one.close();
    await two.close();
  });

  test('is remembered by a store that never knew it', async () => {
    await store.destroy(['from-a-newer-copy']);
    expect(await byName(store, 'from-a-newer-copy')).toBe('DESTROYED');
  });

  test('that a crash left half done is finished when the store is opened', async () => {
    const own = temporaryFolder();
    const crashing = new EmbeddedKeyStore(own);
    const key = await keyOf(crashing, 'frank');
    const wipe = jest.spyOn(SlotFile.prototype, 'wipe').mockImplementationOnce(() => {
      throw new Error('killed');
    });
    await expect(crashing.destroy([key.kid])).rejects.toThrow('killed');
    wipe.mockRestore();
    expect(await byName(crashing, key.kid)).toBe('DESTROYED');
    await crashing.close();
    const again = new EmbeddedKeyStore(own);
    expect(filesWith(own, Buffer.from(key.key))).toEqual([]);
    await again.close();
  });
});

test('an older copy of its key file shows in the serial, and a key that is not in it is lost, not zeros', async () => {
  const own = temporaryFolder();
  const full = new EmbeddedKeyStore(own);
  await full.subjectKeys(['one']);
  const late = await keyOf(full, 'two');
  await full.close();
  truncateSync(join(own, 'keys.bin'), 3 * 32);
  const older = new EmbeddedKeyStore(own);
  expect(await older.lastSerial()).toBe(1);
  expect(await byName(older, late.kid)).toBeUndefined();
  await expect(older.subjectKeys(['two'])).rejects.toMatchObject({ code: 'KEY_LOST' });
  await older.close();
});

/** Names of the files of a folder in which these bytes are. */
function filesWith(path: string, bytes: Buffer): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
    (file) => statSync(join(path, file)).isFile() && readFileSync(join(path, file)).includes(bytes),
  );
}

test('two stores have nothing in common', async () => {
  const other = new EmbeddedKeyStore(temporaryFolder());
  expect(other.id).not.toBe(store.id);
  expect(other.logKey(1)).not.toEqual(store.logKey(1));
  await other.close();
});

test('a log key that is not there says so', () => {
  expect(failureOf(() => store.logKey(2))).toMatchObject({
    code: 'KEY_LOST',
    message: 'the log key of version 2 must be in the key store, but is not',
  });
});

test('only the owner can read it', () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'keys.bin')).mode & 0o777).toBe(0o600);
});

import { statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from '@jest/globals';

import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { failureOf } from '../../support/failure.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder();
const store = new EmbeddedKeyStore(folder);

afterAll(() => store.close());

describe('subjects’ keys', () => {
  test('are random, of 32 bytes, and the same for the same subject', () => {
    const keys = store.subjectKeys(['alice', 'bob', 'alice']);
    expect([...keys.keys()]).toEqual(['alice', 'bob']);
    const [alice, bob] = [...keys.values()];
    expect(alice!.key).toHaveLength(32);
    expect(alice!.key).not.toEqual(bob!.key);
    expect(alice!.kid).not.toBe(bob!.kid);
    expect(store.subjectKeys(['alice']).get('alice')).toEqual(alice);
    expect(store.keyOf(alice!.kid)).toEqual(alice!.key);
  });

  test('of names that normalise to the same are different: a name is taken as it is', () => {
    const keys = store.subjectKeys(['Zo\u00eb', 'Zoe\u0308']);
    expect(new Set([...keys.values()].map(({ kid }) => kid)).size).toBe(2);
  });

  test('nothing is made for nobody, and an unknown name opens nothing', () => {
    expect(store.subjectKeys([]).size).toBe(0);
    expect(store.keyOf('no such key')).toBeUndefined();
  });
});

test('a store that was closed has the same keys when it is opened again', async () => {
  const own = temporaryFolder();
  const first = new EmbeddedKeyStore(own);
  const [id, logKey] = [first.id, first.logKey(1)];
  const carol = first.subjectKeys(['carol']).get('carol')!;
  await first.close();
  const second = new EmbeddedKeyStore(own);
  expect([second.id, second.logKey(1)]).toEqual([id, logKey]);
  expect(second.subjectKeys(['carol', 'dave']).get('carol')).toEqual(carol);
  expect(second.keyOf(carol.kid)).toEqual(carol.key);
  await second.close();
});

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

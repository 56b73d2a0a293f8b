/**
 * The key store on a disk that is full. A limit on the size of a process's files stands in for the disk: it needs no
 * privilege, and the system refuses the write in the same place (EFBIG where a disk says ENOSPC).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from '@jest/globals';

import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const STORE = pathToFileURL(join(import.meta.dirname, '../../../src/store/keys/embedded-key-store.ts')).href;

/** Makes keys of 50 subjects at a time until it fails, asks for the last ones again, and says what it was given. */
const PROGRAM = `
  import { EmbeddedKeyStore } from ${JSON.stringify(STORE)};
  const store = new EmbeddedKeyStore(process.env.FOLDER);
  const given = {};
  const failures = [];
  for (let n = 0; failures.length < 3 && n < 10_000;) {
    const subjects = Array.from({ length: 50 }, (_, i) => 'subject-' + (n + i));
    try {
      for (const [subject, { kid }] of await store.subjectKeys(subjects)) given[subject] = kid;
      n += 50;
    } catch (error) {
      failures.push([error.code, error.class, error.message]);
    }
  }
  const known = await store.subjectKeys(['subject-0']);
  console.log(JSON.stringify({ given, failures, known: known.get('subject-0').kid }));
`;

test('refuses new keys with DISK_FULL, gives none that is not durable, and goes on when there is room', async () => {
  const folder = temporaryFolder();
  const limited = `trap '' XFSZ; ulimit -S -f 256; exec "$0" "$@"`;
  const args = ['-c', limited, process.execPath, '--import', 'tsx', '--input-type=module', '--eval', PROGRAM];
  const { stdout, stderr } = spawnSync('sh', args, {
    env: { ...process.env, FOLDER: folder, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  const said = JSON.parse(stdout || stderr) as {
    given: Record<string, string>;
    failures: [string, string, string][];
    known: string;
  };
  const subjects = Object.keys(said.given);
  expect(subjects.length).toBeGreaterThan(100);
  expect(said.failures).toHaveLength(3);
  for (const [code, kind, message] of said.failures) {
    expect([code, kind]).toEqual(['DISK_FULL', 'environment']);
    expect(message).toMatch(/^the key store in .* must have room for new keys, but the disk said: /);
  }
  expect(said.known).toBe(said.given['subject-0']);

  const store = new EmbeddedKeyStore(folder);
  const after = await store.subjectKeys(subjects);
  expect(Object.fromEntries([...after].map(([subject, { kid }]) => [subject, kid]))).toEqual(said.given);
  const keys = new Set([...after.values()].map(({ key }) => Buffer.from(key).toString('hex')));
  expect(keys.size).toBe(subjects.length);
  const next = await store.subjectKeys([`subject-${String(subjects.length)}`]);
  expect(keys).not.toContain(Buffer.from([...next.values()][0]!.key).toString('hex'));
  await store.close();
});

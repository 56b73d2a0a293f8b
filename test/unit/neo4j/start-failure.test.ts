import { tmpdir } from 'node:os';

import { expect, test } from '@jest/globals';

import { assertFreeSpace } from '../../../src/neo4j/free-space.js';
import { explainFailure } from '../../../src/neo4j/start-failure.js';

const failed = { home: '/data/neo4j', boltPort: 7687, how: 'exit code 1' };

test.each([
  ['java.io.IOException: No space left on device', 'DISK_FULL', 'No space left on device'],
  ['java.net.BindException: Address already in use', 'PORT_IN_USE', 'but got: 7687, which another process'],
  [
    'FileLockException: Lock file has been locked by another process: /data/neo4j/data/databases/store_lock',
    'ALREADY_RUNNING',
    '/data/neo4j, which another Neo4j process has locked',
  ],
  ['java.lang.IllegalStateException: something else', 'DATABASE_UNAVAILABLE', 'exit code 1'],
  [
    'java.lang.IllegalStateException: something else',
    'DATABASE_UNAVAILABLE',
    'IllegalStateException: something else',
  ],
])('%s is %s', (line, code, message) => {
  const error = explainFailure({ ...failed, lines: ['INFO  Starting...', line] });
  expect(error.code).toBe(code);
  expect(error.message).toContain(message);
});

test('too little space is noticed before the start', async () => {
  await expect(assertFreeSpace(tmpdir(), 2 ** 60)).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringMatching(
      /^1099511627776 MiB of free disk space are required at .* but got: \d+ MiB\./,
    ),
  });
  await expect(assertFreeSpace(tmpdir(), 1)).resolves.toBeUndefined();
});

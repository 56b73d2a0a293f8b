import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from '@jest/globals';

import { DoubleServer } from './double-server.js';

/** A program that declares something, does not wait, and has nothing else to do. */
const PROGRAM = `
  import { dataset, PedigreeClient } from './src/sdk/index.ts';
  const client = new PedigreeClient({ url: process.env.SERVER_URL, token: 'secret', maxDelayMs: 3_600_000 });
  for (const version of ['1', '2']) {
    void client.declare(dataset({ namespace: 'lending', name: 'loans', version, occurredAt: 1 }));
  }
`;

test('what still waits is sent before the process ends, and nothing delays its end', async () => {
  const server = await DoubleServer.start();
  const args = ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM];
  const env = { ...process.env, SERVER_URL: server.url };
  await promisify(execFile)(process.execPath, args, { timeout: 20_000, env });
  expect(server.requests.flatMap(({ ids }) => ids)).toEqual([
    'dataset:lending/loans@1',
    'dataset:lending/loans@2',
  ]);
  await server.stop();
});

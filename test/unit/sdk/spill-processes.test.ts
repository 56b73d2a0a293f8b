/** What becomes of logged decisions when their process ends, in each of the ways in which one does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { temporaryFolder } from '../../support/temporary-folder.js';
import { DoubleServer, problem } from './double-server.js';
import { arrived, idsFrom, testLog, unaccounted, until } from './prediction-logs.js';

let server: DoubleServer;
let folder: string;

beforeEach(async () => {
  server = await DoubleServer.start();
  folder = temporaryFolder();
});

afterEach(async () => {
  await server.stop();
});

/** A program that logs five decisions and then does what `ending` says; `count` is how many are on disk. */
const program = (ending: string): string => `
  import { PredictionLog } from './src/sdk/index.ts';
  const log = new PredictionLog({
    url: process.env.SERVER_URL, token: 'secret', namespace: 'lending', name: 'decision',
    model: 'model:lending/risk@7', folder: process.env.SPILL, maxDelayMs: 3_600_000,
  });
  for (let i = 0; i < 5; i++) log.logPrediction({ version: String(i), subjects: [] });
  ${ending}
`;

function run(ending: string): ReturnType<typeof spawn> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program(ending)];
  const env = { ...process.env, SERVER_URL: server.url, SPILL: folder };
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function expectReplayed(): Promise<void> {
  const away = server.requests.length;
  const { log, losses } = testLog(server.url, { folder });
  await until(() => log.stats.delivered === 5);
  await log.close();
  expect(server.requests.slice(away).flatMap(({ ids }) => ids)).toEqual(idsFrom(0, 5));
  expect(log.stats).toMatchObject({ logged: 0, adopted: 5, spilled: 0 });
  expect(unaccounted(log)).toBe(0);
  expect(losses).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
}

test('killed while the server is away: the next process delivers what was on disk', async () => {
  server.script(problem(503, 'OVERLOADED'));
  const child = run('await log.flush(); console.log(log.stats.spilled); setInterval(() => 0, 1000);');
  expect(String((await once(child.stdout!, 'data'))[0])).toBe('5\n');
  child.kill('SIGKILL');
  await once(child, 'close');
  await expectReplayed();
});

test('process.exit in the middle: what was in memory goes to disk, and the next process delivers it', async () => {
  await once(run('process.exit(0);'), 'close');
  expect(server.requests).toEqual([]);
  await expectReplayed();
});

test('an exception that nobody catches: the same', async () => {
  await once(run('process.on("uncaughtException", () => process.exit(1)); throw new Error("bad");'), 'close');
  await expectReplayed();
});

test('nothing left to do: what waits is sent before the end', async () => {
  const [code] = (await once(run(''), 'close')) as [number];
  expect(code).toBe(0);
  expect(arrived(server)).toEqual(idsFrom(0, 5));
  expect(readdirSync(folder)).toEqual([]);
});

test('nothing left to do and the server away: it ends all the same, and the next process delivers', async () => {
  server.script(problem(503, 'OVERLOADED', { 'retry-after': '3600' }));
  const [code] = (await once(run(''), 'close')) as [number];
  expect(code).toBe(0);
  await expectReplayed();
});

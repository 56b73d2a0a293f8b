/**
 * The spill folder on a disk that is full, and that then has room again. A limit on the size of a process's files stands in
 * for the disk: it needs no privilege, and the system refuses the write in the same place (EFBIG where a disk says ENOSPC).
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { Loss, PredictionLogStats } from '../../../src/sdk/index.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { accepted, DoubleServer, problem, receipts } from './double-server.js';
import { arrived, idsFrom } from './prediction-logs.js';

/** What memory holds, what is logged, and what a batch is: too large for a file of the limited process. */
const [QUEUE, LOGGED, BATCH] = [60, 100, 20];
const LIMITED = `trap '' XFSZ; ulimit -S -f 4; exec "$0" "$@"`;

/** Logs while the disk is full and the server away; says what it has, and again for each line that it reads. */
const PROGRAM = `
  import { createInterface } from 'node:readline';
  import { PredictionLog } from './src/sdk/index.ts';
  const losses = [];
  const log = new PredictionLog({
    url: process.env.SERVER_URL, token: 'secret', namespace: 'lending', name: 'decision',
    model: 'model:lending/risk@7', folder: process.env.SPILL, onLoss: (loss) => losses.push(loss),
    maxDelayMs: 1, baseMs: 1, capMs: 5, maxBatch: ${String(BATCH)}, maxQueue: ${String(QUEUE)},
  });
  const features = { text: { value: 'x'.repeat(200) } };
  const say = () => console.log(JSON.stringify({ given, stats: log.stats, losses }));
  const given = [];
  for (let i = 0; i < ${String(LOGGED)}; i++) {
    given.push(log.logPrediction({ version: String(i), subjects: [], features }) !== undefined);
    if (i % ${String(BATCH)} === ${String(BATCH - 1)}) await log.flush();
  }
  await log.flush();
  say();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'end') break;
    await log.flush();
    say();
  }
  await log.close();
`;

interface Said {
  readonly given: readonly boolean[];
  readonly stats: PredictionLogStats;
  readonly losses: readonly Loss[];
}

let server: DoubleServer;
let child: ChildProcess;
let lines: AsyncIterator<string>;

beforeEach(async () => {
  server = await DoubleServer.start();
  server.always(problem(503, 'READ_ONLY'));
  const args = ['-c', LIMITED, process.execPath, '--import', 'tsx', '--input-type=module', '--eval', PROGRAM];
  const env = { ...process.env, SERVER_URL: server.url, SPILL: temporaryFolder(), NODE_OPTIONS: '' };
  child = spawn('sh', args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
});

afterEach(async () => {
  child.kill('SIGKILL');
  await server.stop();
});

async function said(): Promise<Said> {
  return JSON.parse((await lines.next()).value as string) as Said;
}

test('never throws, keeps what memory holds, tells each loss, and uses the disk when there is room', async () => {
  const full = await said();
  expect(full.stats).toMatchObject({ logged: LOGGED, spilled: 0, queued: QUEUE, delivered: 0 });
  expect(full.stats.lastError).toMatch(/^the spill folder cannot be used: EFBIG/);
  expect(full.given).toEqual(Array.from({ length: LOGGED }, (_, i) => i < QUEUE));
  expect(full.stats.lost.QUEUE_FULL).toBe(LOGGED - QUEUE);
  expect(full.losses.reduce((sum, { count }) => sum + count, 0)).toBe(LOGGED - QUEUE);
  expect(full.losses[0]).toMatchObject({
    reason: 'QUEUE_FULL',
    message: expect.stringMatching(/^the spill folder cannot be used: EFBIG/),
  });

  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
  child.stdin!.write('look\n');
  expect((await said()).stats).toMatchObject({ spilled: QUEUE, queued: 0 });

  server.always(receipts(accepted));
  let { stats } = full;
  while (stats.delivered < QUEUE) {
    child.stdin!.write('look\n');
    ({ stats } = await said());
  }
  expect(stats).toMatchObject({ delivered: QUEUE, spilled: 0, queued: 0 });
  expect(arrived(server)).toEqual(idsFrom(0, QUEUE));
  child.stdin!.end('end\n');
  await once(child, 'close');
});

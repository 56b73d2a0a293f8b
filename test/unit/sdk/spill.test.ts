import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import type { PredictionLogOptions } from '../../../src/sdk/index.js';
import { ABANDONED_AFTER_MS, isAbandoned, segmentNames } from '../../../src/sdk/segment-name.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { accepted, breakAfter, DoubleServer, problem, receipts } from './double-server.js';
import { arrived, idsFrom, logMany, testLog, unaccounted, until, type TestLog } from './prediction-logs.js';

let server: DoubleServer;
let folder: string;

beforeEach(async () => {
  server = await DoubleServer.start();
  folder = join(temporaryFolder(), 'spill');
});

afterEach(async () => {
  await server.stop();
});

const start = (options: Partial<PredictionLogOptions> = {}): TestLog =>
  testLog(server.url, { folder, ...options });
const files = (): string[] => readdirSync(folder).sort();

/** The server is gone: connections are refused until it is started again on the same port. */
async function stopServer(): Promise<() => Promise<DoubleServer>> {
  const before = server;
  await before.stop();
  return async () => (server = await DoubleServer.start(Number(new URL(before.url).port)));
}

describe('while the server is away', () => {
  test('decisions go to disk, and when it is back they arrive in order, then new ones directly', async () => {
    const comeBack = await stopServer();
    const { log, losses } = start({ maxBatch: 10 });
    logMany(log, 0, 25);
    await until(() => log.stats.spilled === 25);
    expect(log.stats).toMatchObject({
      queued: 0,
      delivered: 0,
      lastError: expect.stringContaining('no complete answer from'),
    });
    expect(log.stats.spilledBytes).toBe(
      files().reduce((sum, name) => sum + statSync(join(folder, name)).size, 0),
    );
    logMany(log, 25, 5);
    await comeBack();
    await until(() => log.stats.delivered === 30);
    await until(() => files().length === 0);
    logMany(log, 30, 5);
    await log.close();
    expect(arrived(server)).toEqual(idsFrom(0, 35));
    expect(files()).toEqual([]);
    expect(losses).toEqual([]);
    expect(log.stats).toMatchObject({
      logged: 35,
      delivered: 35,
      spilled: 0,
      spilledBytes: 0,
      lastError: undefined,
    });
  });

  test('the files are for nobody else’s eyes', async () => {
    server.always(problem(503, 'OVERLOADED'));
    const { log } = start();
    logMany(log, 0, 1);
    await log.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(files().map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600]);
    expect(log.stats).toMatchObject({ queued: 0, spilled: 1 });
  });

  test('what is logged while a request hangs queues up on disk behind it', async () => {
    let hung = 0;
    server.always(() => hung++);
    const { log } = start({ maxBatch: 2, maxQueue: 8, timeoutMs: 300 });
    logMany(log, 0, 2);
    await until(() => hung === 1);
    logMany(log, 2, 5);
    await until(() => log.stats.spilled > 0);
    server.always(receipts(accepted));
    await log.flush();
    await until(() => log.stats.delivered === 7);
    expect(arrived(server)).toEqual(idsFrom(0, 7));
  });

  test('what is logged while the disk is written to gets there as well, also at the end', async () => {
    const requests: (() => void)[] = [];
    const hang: typeof fetch = () =>
      new Promise((_, reject) => requests.push(() => reject(new TypeError('away'))));
    const { log, losses } = start({ maxBatch: 2, maxQueue: 40, fetch: hang });
    logMany(log, 0, 2);
    await until(() => requests.length === 1);
    // Half of the queue is full with the 20th, so that its way to the disk begins; the last three come behind.
    logMany(log, 2, 23);
    const closed = log.close();
    requests[0]!();
    await closed;
    expect(log.stats).toMatchObject({ queued: 0, spilled: 25 });
    expect(losses).toEqual([]);
  });

  test('a connection that breaks during the replay costs only what had no receipt', async () => {
    const comeBack = await stopServer();
    const { log } = start();
    logMany(log, 0, 6);
    await until(() => log.stats.spilled === 6);
    (await comeBack()).script(breakAfter(2), breakAfter(1));
    await until(() => log.stats.delivered === 6);
    expect(server.requests.map(({ ids }) => ids)).toEqual([idsFrom(0, 6), idsFrom(2, 4), idsFrom(3, 3)]);
  });

  test('a bad token loses nothing either', async () => {
    server.always(problem(401, 'UNAUTHENTICATED'));
    const { log } = start();
    logMany(log, 0, 3);
    await log.flush();
    expect(log.stats).toMatchObject({ spilled: 3, lastError: expect.stringContaining('UNAUTHENTICATED') });
    server.always(receipts(accepted));
    await until(() => log.stats.delivered === 3);
  });
});

describe('what the disk does not take', () => {
  test('stays in memory, then the newest is lost and told; the rest arrives in order', async () => {
    const comeBack = await stopServer();
    const { log, losses } = start({ maxSpillBytes: 1_000, maxBatch: 1, maxQueue: 4 });
    for (let i = 0; i < 20; i++) {
      logMany(log, i, 1);
      await log.flush();
    }
    const { spilled, spilledBytes, queued } = log.stats;
    expect(spilledBytes).toBeLessThanOrEqual(1_000);
    expect(spilled).toBeGreaterThan(1);
    expect(queued).toBe(4);
    const kept = spilled + queued;
    await until(() => losses.reduce((sum, { count }) => sum + count, 0) === 20 - kept);
    expect(losses[0]).toMatchObject({
      reason: 'QUEUE_FULL',
      ids: idsFrom(kept, 1),
      message: 'the spill folder cannot be used: the spill folder may hold 1000 bytes and is full',
    });
    expect(unaccounted(log)).toBe(0);
    await comeBack();
    await until(() => log.stats.delivered === kept);
    expect(arrived(server)).toEqual(idsFrom(0, kept));
    expect(unaccounted(log)).toBe(0);
  });

  test('because the folder cannot be made is said, and memory serves', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    server.always(problem(503, 'OVERLOADED'));
    const { log, losses } = start();
    logMany(log, 0, 3);
    await log.flush();
    expect(log.stats).toMatchObject({
      queued: 3,
      spilled: 0,
      lastError: expect.stringMatching(/^the spill folder cannot be used: E(EXIST|NOTDIR)/),
    });
    server.always(receipts(accepted));
    await until(() => log.stats.delivered === 3);
    expect(losses).toEqual([]);
  });

  test('because someone removed it is told', async () => {
    server.always(problem(503, 'OVERLOADED'));
    const { log, losses } = start({ baseMs: 60_000, capMs: 60_000, random: () => 1 });
    logMany(log, 0, 3);
    await log.flush();
    for (const name of files()) rmSync(join(folder, name));
    server.always(receipts(accepted));
    logMany(log, 3, 2);
    await log.flush();
    await until(() => losses.length === 1);
    expect(losses).toMatchObject([{ reason: 'SPILL_REMOVED', count: 3 }]);
    expect(log.stats.delivered).toBe(2);
    expect(unaccounted(log)).toBe(0);
  });
});

describe('what another process left behind', () => {
  const GONE = '-4194305-';

  test('is delivered first; a line that was cut off is told', async () => {
    mkdirSync(folder);
    const lines = idsFrom(0, 3).map((id) => `${JSON.stringify({ id })}\n`);
    const name = segmentNames()(0).replace(`-${process.pid}-`, GONE);
    writeFileSync(join(folder, name), `${lines.join('')}{"id":"predic`);
    const { log, losses } = start();
    logMany(log, 3, 2);
    await log.flush();
    await until(() => losses.length === 1);
    expect(arrived(server)).toEqual(idsFrom(0, 5));
    expect(losses).toMatchObject([{ reason: 'TORN', count: 1 }]);
    expect(log.stats).toMatchObject({ logged: 2, adopted: 3, delivered: 5, spilled: 0 });
    expect(unaccounted(log)).toBe(0);
    expect(files()).toEqual([]);
  });

  test('and cannot be read stays where it is, with a warning, and keeps nothing else from being delivered', async () => {
    const [bad, good] = [0, 1].map((n) => segmentNames()(n).replace(`-${process.pid}-`, GONE));
    mkdirSync(join(folder, bad!), { recursive: true });
    writeFileSync(join(folder, good!), `${JSON.stringify({ id: idsFrom(0, 1)[0] })}\n`);
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const { log } = start();
    await log.flush();
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(/^left behind in the spill folder, and unreadable: EISDIR/),
    ]);
    warn.mockRestore();
    expect(log.stats).toMatchObject({ adopted: 1, delivered: 1 });
    expect(files()).toEqual([bad]);
  });

  test.each([
    ['a living process', segmentNames()(1), 0, false],
    ['a process that is gone', segmentNames()(1).replace(`-${process.pid}-`, GONE), 0, true],
    ['an earlier process with our id', segmentNames()(1).replace(/^\d{15}/, '0'.repeat(15)), 0, true],
    ['a process elsewhere', segmentNames()(1).replace(/-[0-9a-f]{8}-/, '-00000000-'), 0, false],
    [
      'a process elsewhere, long ago',
      segmentNames()(1).replace(/-[0-9a-f]{8}-/, '-00000000-'),
      ABANDONED_AFTER_MS + 1,
      true,
    ],
    ['nobody: another file', 'notes.ndjson', ABANDONED_AFTER_MS + 1, false],
  ])('by %s', (_, name, age, abandoned) => {
    expect(isAbandoned(name, 1_000, 1_000 + age)).toBe(abandoned);
  });
});

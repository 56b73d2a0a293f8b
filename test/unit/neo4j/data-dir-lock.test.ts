import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { packageRoot } from '../../../src/domain/package-root.js';
import { lockDataDir } from '../../../src/neo4j/data-dir-lock.js';
import { ownIdentity } from '../../../src/neo4j/process-identity.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let dataDir: string;

beforeEach(() => {
  dataDir = temporaryFolder();
});

/** As if a process had taken the folder and never given it back. */
function leaveLock(owner: object): void {
  mkdirSync(join(dataDir, 'lock'));
  writeFileSync(join(dataDir, 'lock', '1'), JSON.stringify(owner));
}

/** A process of its own that tries once, says how it went, and holds what it got until its input ends. */
function contender(): ChildProcess {
  const script = `
    import { lockDataDir } from ${JSON.stringify(join(packageRoot(), 'src/neo4j/data-dir-lock.ts'))};
    try { lockDataDir(${JSON.stringify(dataDir)}); console.log('locked'); } catch (error) { console.log(error.code); }
    process.stdin.resume();`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: packageRoot(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  const [chunk] = (await once(stdout!, 'data')) as [Buffer];
  return chunk.toString().trim();
}

describe('lockDataDir', () => {
  test('refuses a second holder, and lets the next one in after release', () => {
    const lock = lockDataDir(dataDir);
    writeFileSync(
      join(dataDir, 'server.json'),
      JSON.stringify({ url: 'http://127.0.0.1:4000', pid: process.pid }),
    );
    expect(() => lockDataDir(dataDir)).toThrow(
      expect.objectContaining({
        code: 'ALREADY_RUNNING',
        message:
          `a data folder of its own is required, but got: ${dataDir}, which process ${process.pid} is using ` +
          `to serve http://127.0.0.1:4000. Use that one, stop it (kill ${process.pid}), ` +
          'or choose another folder with PEDIGREE_DATA_DIR.',
      }),
    );
    lock.release();
    lockDataDir(dataDir).release();
  });

  test('does not name the address of a server that has gone', () => {
    lockDataDir(dataDir);
    writeFileSync(join(dataDir, 'server.json'), JSON.stringify({ url: 'http://127.0.0.1:4000', pid: 1 }));
    expect(() => lockDataDir(dataDir)).toThrow(`which process ${process.pid} is using. Use that one`);
  });

  test.each([
    ['a process that has gone', { pid: 2 ** 30, startTime: '1' }],
    ['a process whose number another one has now', { ...ownIdentity(), startTime: '1' }],
    ['a process that released it', {}],
  ])('takes the folder over from %s', (_what, owner) => {
    leaveLock(owner);
    expect(() => lockDataDir(dataDir)).not.toThrow();
    expect(() => lockDataDir(dataDir)).toThrow(`process ${process.pid}`);
  });

  test('lets exactly one of several processes take over from a dead one, and another after a kill -9', async () => {
    leaveLock({ pid: 2 ** 30, startTime: '1' });
    const contenders = Array.from({ length: 5 }, contender);
    const answers = await Promise.all(contenders.map(firstLine));
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['locked', 'ALREADY_RUNNING']));

    const ended = Promise.all(contenders.map((child) => once(child, 'close')));
    for (const child of contenders) child.kill('SIGKILL');
    await ended;
    expect(() => lockDataDir(dataDir)).not.toThrow();
  });
});

/** The server as its users run it, a process of its own, on an empty database. */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { LocalTokens } from '../../src/access/token-keys.js';
import { endWithSignal } from '../../test/support/end-with-signal.js';
import { ownNeo4j, type OwnNeo4j } from '../../test/support/own-neo4j.js';
import { SpawnedCommand } from '../../test/support/spawned-server.js';
import type { BenchContext } from '../main.js';

export interface ServerProcess {
  readonly url: string;
  readonly token: string;
  readonly database: OwnNeo4j['env'];
  /** Most memory that the process has held since it began, in MB: resident set size. */
  peakMb(): number;
  /** What it holds now, but for pages of mapped files, which the system may take back at any time; of Linux only. */
  ownMb(): number;
  stop(): Promise<void>;
}

export async function startServerProcess({ workDir, log }: BenchContext): Promise<ServerProcess> {
  const neo4j = await ownNeo4j(workDir, log);
  // What Node makes of its own options (a profiler's, for one) is the caller's business.
  const env = {
    ...neo4j.env,
    PEDIGREE_LOG_LEVEL: 'warn',
    NODE_OPTIONS: process.env.PEDIGREE_BENCH_NODE_OPTIONS,
  };
  const command = new SpawnedCommand(['serve'], { env });
  command.child.stderr?.on('data', (chunk) => {
    log(String(chunk));
  });
  const end = async (): Promise<void> => {
    await command.end();
    await command.dispose();
  };
  const stay = endWithSignal(end);
  const stop = async (): Promise<void> => {
    stay();
    await end();
    await neo4j.stop();
  };
  try {
    const url = await command.url();
    const tokens = LocalTokens.open(join(command.dataDir, 'keys'));
    const token = await tokens.sign({ name: 'bench', role: 'writer' });
    return { url, token, database: neo4j.env, ...memoryOf(command.child.pid ?? 0), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Linux keeps the peak; elsewhere what is held now has to do. */
function memoryOf(pid: number): Pick<ServerProcess, 'peakMb' | 'ownMb'> {
  if (process.platform !== 'linux') {
    const peakMb = (): number =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;
    return { peakMb, ownMb: () => Number.NaN };
  }
  const read = (line: string): number => {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(new RegExp(`^${line}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1_024;
  };
  return { peakMb: () => read('VmHWM'), ownMb: () => read('RssAnon') };
}

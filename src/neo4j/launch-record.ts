import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { PedigreeError } from '../domain/errors.js';
import { type ProcessIdentity, commandOf, identityOf, isAlive, ownIdentity } from './process-identity.js';

/** What `run/launcher.json` keeps of a running database, for the next launcher after a `kill -9` of this one. */
interface LaunchRecord extends ProcessIdentity {
  readonly boltPort: number;
  readonly launcher: ProcessIdentity;
}

/** How long a database may take to close its files before it is killed. A kill is safe (Neo4j recovers), only slow afterwards. */
export const STOP_GRACE_MS = 60_000;

/** Synchronous, because nothing may come between the start of the database and the note of it. */
export function writeLaunchRecord(home: string, pid: number, boltPort: number): void {
  const identity = identityOf(pid);
  if (identity === undefined) return; // It has died already; whoever waits for it reports why.
  const record: LaunchRecord = { ...identity, boltPort, launcher: ownIdentity() };
  writeFileSync(recordFile(home), JSON.stringify(record), { mode: 0o600 });
}

export function removeLaunchRecord(home: string): void {
  rmSync(recordFile(home), { force: true });
}

/**
 * Ends a database that a killed launcher left behind on this home. Only a process that is the recorded one and whose
 * command line names this home is touched. Throws ALREADY_RUNNING when its launcher is alive: then it is no orphan.
 */
export async function stopOrphan(
  home: string,
  log: (line: string) => void,
  graceMs = STOP_GRACE_MS,
): Promise<void> {
  const record = readRecord(home);
  if (
    record !== undefined &&
    isAlive(record) &&
    commandOf(record.pid)?.includes(homeArguments(home).join(' '))
  ) {
    if (isAlive(record.launcher)) throw alreadyRunning(home, record);
    log(`stopping the Neo4j that an interrupted run left behind (process ${record.pid})`);
    await stopProcess(record, graceMs);
  }
  removeLaunchRecord(home);
}

/** The arguments that name the home on the database's command line. Together they match no other home, not even one whose path begins alike. */
export function homeArguments(home: string): readonly string[] {
  return [`--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`];
}

async function stopProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isAlive(identity)) process.kill(identity.pid, signal);
    if (await hasEnded(identity, graceMs)) return;
  }
}

async function hasEnded(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

function alreadyRunning(home: string, { pid, boltPort, launcher }: LaunchRecord): PedigreeError {
  return new PedigreeError(
    'ALREADY_RUNNING',
    `a database folder of its own is required, but got: ${home}, where Neo4j (process ${pid}, ` +
      `bolt://127.0.0.1:${boltPort}) already runs for process ${launcher.pid}.`,
    { home, pid, launcher: launcher.pid },
  );
}

function readRecord(home: string): LaunchRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(home), 'utf8')) as LaunchRecord;
  } catch {
    return undefined;
  }
}

function recordFile(home: string): string {
  return join(home, 'run', 'launcher.json');
}

import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type ProcessIdentity, isAlive, ownIdentity } from './process-identity.js';

export interface ProcessLock {
  release(): void;
}

export type LockAttempt = { readonly lock: ProcessLock } | { readonly owner: ProcessIdentity };

/**
 * A lock between processes of one machine that survives `kill -9`: whoever holds it is named in a file, and a holder
 * that no longer runs holds nothing.
 *
 * The files are generations, `1`, `2`, …, and only the highest counts. A generation is claimed by creating the next
 * file, complete and exclusively (link(2)), so that of all who find the same dead holder exactly one succeeds it.
 * The highest file is never deleted, not even on release: a claimer that was asleep meanwhile must be able to see
 * that it came too late.
 */
export function tryProcessLock(folder: string): LockAttempt {
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const latest = latestGeneration(folder);
    const owner = readOwner(join(folder, String(latest)));
    if (owner !== undefined && isAlive(owner)) return { owner };
    const next = latest + 1;
    if (claim(folder, next)) {
      return {
        lock: {
          release: () => {
            publish(folder, next, {}, renameSync);
          },
        },
      };
    }
  }
}

function claim(folder: string, generation: number): boolean {
  try {
    publish(folder, generation, ownIdentity(), linkSync);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  if (latestGeneration(folder) !== generation) {
    rmSync(join(folder, String(generation)), { force: true });
    return false;
  }
  removeBefore(folder, generation - 1);
  return true;
}

/** Writes the content beside the file first, so that no reader ever sees half of it. */
function publish(
  folder: string,
  generation: number,
  content: object,
  put: (from: string, to: string) => void,
): void {
  const draft = join(folder, `draft-${randomUUID()}`);
  try {
    writeFileSync(draft, JSON.stringify(content), { flag: 'wx', mode: 0o600 });
    put(draft, join(folder, String(generation)));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Keeps the direct predecessor, because a folder that changes while it is listed may hide what was just added. */
function removeBefore(folder: string, generation: number): void {
  for (const old of generations(folder)) {
    if (old < generation) rmSync(join(folder, String(old)), { force: true });
  }
}

function latestGeneration(folder: string): number {
  return Math.max(0, ...generations(folder));
}

function generations(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    const { pid, startTime } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return pid === undefined || startTime === undefined ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
}

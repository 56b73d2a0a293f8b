import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken: numbers are used again, but never with the same start time. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

export function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid) ?? { pid: process.pid, startTime: 'unknown' };
}

/** The live process with this number; `undefined` when there is none or only its zombie. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startTime = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** True while exactly this process runs: not merely another one that was given its number. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startTime === identity.startTime;
}

/** The command line of a process, its arguments joined by spaces; `undefined` when it cannot be read. */
export function commandOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return askPs(pid, 'command=');
  return quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' '));
}

/** Fields 3 (state) and 22 (start time in ticks since boot) of proc(5); field 2 may itself hold spaces and brackets. */
function startTimeFromProc(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function startTimeFromPs(pid: number): string | undefined {
  const state = askPs(pid, 'stat=');
  return state === undefined || state.startsWith('Z') ? undefined : askPs(pid, 'lstart=');
}

function askPs(pid: number, column: string): string | undefined {
  const env = { ...process.env, LC_ALL: 'C' };
  const args = ['-ww', '-o', column, '-p', String(pid)];
  return quietly(
    () => execFileSync('ps', args, { env, encoding: 'utf8', stdio: 'pipe' }).trim() || undefined,
  );
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

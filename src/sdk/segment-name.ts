/**
 * Names of spilled segments. A name sorts by age and says who writes: `start-sequence-pid-host-writer.ndjson`, so that
 * a later process can tell what was left behind from what another process is still writing.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

import { sha256Hex } from './content-digest.js';

const SHAPE = /^(\d{15})-(\d{9})-(\d+)-([0-9a-f]{8})-([0-9a-f]{8})\.ndjson$/;
const HOST = sha256Hex(hostname()).slice(0, 8);

/** Untouched for so long, a segment has no writer: a living one touches its segments, at each try at the latest. */
export const ABANDONED_AFTER_MS = 600_000;

/** A maker of names for one writer, in the order of its numbers. */
export function segmentNames(): (sequence: number) => string {
  const start = String(Date.now()).padStart(15, '0');
  const writer = `${process.pid}-${HOST}-${randomBytes(4).toString('hex')}`;
  return (sequence) => `${start}-${String(sequence).padStart(9, '0')}-${writer}.ndjson`;
}

/**
 * True if the segment's writer is gone: on this host by its process id, elsewhere because it was not touched for long.
 * A process id may come again, in a container it even does each time, so a segment older than this process is not its.
 */
export function isAbandoned(name: string, mtimeMs: number, now: number): boolean {
  const [, start, , pid, host] = SHAPE.exec(name) ?? [];
  if (start === undefined) return false;
  if (now - mtimeMs > ABANDONED_AFTER_MS) return true;
  if (host !== HOST) return false;
  if (Number(pid) === process.pid) return Number(start) < Date.now() - process.uptime() * 1000;
  return !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

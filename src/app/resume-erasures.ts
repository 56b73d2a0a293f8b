/**
 * Completing the erasures that were under way when a server ended: before anything is served, or, where the database takes
 * no writes yet, as soon as it does.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isPedigreeError } from '../domain/errors.js';
import type { ErasureService } from '../governance/erasure-service.js';
import type { Cleanup } from './cleanup.js';

/** How often a database that takes no writes is tried again, in milliseconds. */
const AGAIN_MS = 5_000;

/** Resolves when the erasures are complete, or when they have to wait. */
export async function resumeErasures(
  erasure: ErasureService,
  log: (line: string) => void,
  cleanup: Cleanup,
): Promise<void> {
  const refusal = await resumeOnce(erasure, log);
  if (refusal === undefined) return;
  log(`READ-ONLY: ${refusal}`);
  const stop = new AbortController();
  const waiting = keepTrying(erasure, log, stop.signal);
  cleanup.add(() => {
    stop.abort();
    return waiting;
  });
}

/** Undefined once it is done; else why the database takes no writes. */
async function resumeOnce(erasure: ErasureService, log: (line: string) => void): Promise<string | undefined> {
  try {
    const { completed, replayed } = await erasure.resume();
    if (completed > 0) log(`Completed ${String(completed)} erasures that were under way`);
    if (replayed > 0)
      log(`Destroyed ${String(replayed)} erased keys that an older key store had brought back`);
    return undefined;
  } catch (error) {
    if (!isPedigreeError(error, 'READ_ONLY')) throw error;
    return error.message;
  }
}

async function keepTrying(
  erasure: ErasureService,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const rest = (): Promise<unknown> =>
    sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  for (await rest(); !signal.aborted; await rest()) {
    try {
      if ((await resumeOnce(erasure, log)) === undefined) return;
    } catch (error) {
      // The database may also be away for a while: it is being restarted to take writes.
      log(`Erasures that were under way have to wait: ${String(error)}`);
    }
  }
}

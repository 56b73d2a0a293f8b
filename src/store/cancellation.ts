/**
 * Reads end when whoever asked is gone. The signal travels with the asynchronous context and not through every call:
 * a request's reads start in services, in loaders and in nested resolvers, and each of them would have to pass it on.
 * Writes never look at it: a batch belongs to several callers.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { PedigreeError } from '../domain/errors.js';

const SIGNALS = new AsyncLocalStorage<AbortSignal>();

/** Runs `work`; every read that it begins, now or later, is cancelled when the signal is aborted. */
export function cancelledBy<T>(signal: AbortSignal, work: () => T): T {
  // One listener for each read under way: a request may have many, and no listener outlives its read.
  setMaxListeners(0, signal);
  return SIGNALS.run(signal, work);
}

/** Runs `work` for everybody and not for the request that happened to begin it: its reads go on when that one ends. */
export function forEverybody<T>(work: () => T): T {
  return SIGNALS.exit(work);
}

export function currentSignal(): AbortSignal | undefined {
  return SIGNALS.getStore();
}

/** `CANCELLED`: nobody waits for the answer any more. */
export function cancelled(): PedigreeError {
  return new PedigreeError('CANCELLED', 'the read was ended because its caller was gone');
}

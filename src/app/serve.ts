/** A server in the foreground: from start to the signal that ends it. */
import { setFlagsFromString } from 'node:v8';
import type { PedigreeError } from '../domain/errors.js';
import { readConfig } from './config.js';
import { startOver } from './fresh-start.js';
import { startServer, type RunningServer } from './server.js';

export interface ServeOptions {
  /** Deletes the data folder's database and keys first. */
  readonly fresh?: boolean;
  /** Called when the server answers; a failure of it stops the server. */
  readonly onReady: (
    server: RunningServer,
    print: (line: string) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

/**
 * By how much the heap may grow beyond what was alive in it before garbage is collected, in percent. Where there is much
 * memory, V8 lets it grow several times over, and a stream of decisions would leave twice the process's size behind.
 */
const HEAP_GROWTH = 100;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Serves until a signal comes or the database ends. Everything that was started is stopped before it returns. */
export async function serveUntilStopped({ fresh = false, onReady }: ServeOptions): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${String(HEAP_GROWTH)}`);
  const config = readConfig(process.env);
  if (fresh) startOver(config);
  const stop = new AbortController();
  for (const signal of SIGNALS)
    process.once(signal, () => {
      stop.abort(signal);
    });
  let failure: PedigreeError | undefined;
  const server = await startServer(config, {
    log: print,
    signal: stop.signal,
    onDatabaseExit: (error) => {
      failure = error;
      stop.abort(error);
    },
  });
  try {
    if (!stop.signal.aborted) await onReady(server, print, stop.signal);
    await aborted(stop.signal);
  } finally {
    print('Stopping …');
    await server.stop();
  }
  if (failure) throw failure;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

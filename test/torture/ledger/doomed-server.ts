/**
 * A server that kills itself with SIGKILL at one step of the way of an entry into a signed head: the composition of the
 * product, with that step's function replaced from outside. `node doomed-server.js STEP TIMES` dies at the TIMES-th time.
 */
import { readConfig } from '../../../src/app/config.js';
import { startServer } from '../../../src/app/server.js';
import { EntryWriter } from '../../../src/store/entry-writer.js';
import { EmbeddedHeadStore } from '../../../src/store/keys/embedded-head-store.js';
import { LogTiles } from '../../../src/store/log-tiles.js';

const [step = '', times = '1'] = process.argv.slice(2);
let left = Number(times);
/** The start publishes, too; only what happens while the server serves counts. */
let serving = false;

function die(): void {
  if (serving && --left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Statements of the write transaction, as they are sent. */
const STATEMENTS: Readonly<Record<string, string>> = {
  lock: 'log/lock-head',
  write: 'log/append-bundles',
  advance: 'log/advance-head',
};

const FUNCTIONS: Readonly<Record<string, () => void>> = {
  // Some moment of the commit: the last statement has been sent, and what the driver does now nobody here sees.
  commit: () => undefined,
  acknowledge: () =>
    replace(
      EntryWriter.prototype,
      'append',
      (append) =>
        async (...args) =>
          dieAfter(await append(...args)),
    ),
  tile: () =>
    replace(LogTiles.prototype, 'store', (store) => (tiles) => (dieIf(tiles.length > 0), store(tiles))),
  tiled: () =>
    replace(LogTiles.prototype, 'store', (store) => async (tiles) => {
      await store(tiles);
      dieIf(tiles.length > 0);
    }),
  sign: () =>
    replace(
      EmbeddedHeadStore.prototype,
      'replace',
      (keep) =>
        (...args) => (die(), keep(...args)),
    ),
  keep: () =>
    replace(EmbeddedHeadStore.prototype, 'replace', (keep) => (log, expected, next) => {
      // The store writes JSON inside its transaction: it is asked for in the middle of the write.
      const doomed = { ...next, toJSON: () => (die(), { ...next }) };
      return keep(log, expected, doomed);
    }),
  publish: () =>
    replace(
      EmbeddedHeadStore.prototype,
      'replace',
      (keep) =>
        async (...args) =>
          dieAfter(await keep(...args)),
    ),
};

/** Replaces a method by one that calls it. */
function replace<T extends object, K extends keyof T>(
  target: T,
  name: K,
  wrap: (method: T[K]) => T[K],
): void {
  const method = target[name] as (...args: unknown[]) => unknown;
  target[name] = function (this: unknown, ...args: unknown[]): unknown {
    return (wrap(method.bind(this) as T[K]) as typeof method)(...args);
  } as T[K];
}

function dieIf(condition: boolean): void {
  if (condition) die();
}

function dieAfter<T>(result: T): T {
  die();
  return result;
}

FUNCTIONS[step]?.();
const server = await startServer(readConfig(process.env), {
  log: () => undefined,
  onStatement: (name) => {
    if (name === STATEMENTS[step]) die();
    if (step === 'commit' && name === 'log/advance-head') setTimeout(die, Math.random() * 10);
  },
});
serving = true;
process.stderr.write(`Pedigree is at ${server.url}\n`);

/** The database of this machine's settings, for commands that work on it beside a server or without one. */
import { findDatabase, lockDataDir } from '../neo4j/index.js';
import { Database } from '../store/database.js';
import type { Cleanup } from './cleanup.js';
import type { Config } from './config.js';

/** Longest that one statement may run: a page is small, but the database may be busy. */
const TIMEOUT_MS = 300_000;

export interface OpenOptions {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Errors: those of starting a server. */
export async function openDatabase(
  { env, dataDir }: Config,
  { signal, log }: OpenOptions,
  cleanup: Cleanup,
): Promise<Database> {
  // A database of one's own belongs to one process; one that NEO4J_URI names may be served meanwhile.
  if ((env.NEO4J_URI ?? '') === '') {
    const lock = lockDataDir(dataDir);
    cleanup.add(() => {
      lock.release();
    });
  }
  const found = await findDatabase({ env, dataDir, log, signal, onExit: undefined });
  cleanup.add(() => found.stop());
  const { uri, user, password } = found;
  const database = await Database.connect({ uri, user, password, timeoutMs: TIMEOUT_MS });
  cleanup.add(() => database.close());
  return database;
}

/** Starting over: the database and the keys of a data folder are deleted together, since neither is of use alone. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PedigreeError } from '../domain/errors.js';
import { lockDataDir } from '../neo4j/index.js';
import type { Config } from './config.js';

/** Deletes what an embedded server keeps in its data folder. Errors: `ALREADY_RUNNING`, `CONFIGURATION`. */
export function startOver({ dataDir, keysDir, env }: Config): void {
  const foreign = (env.NEO4J_URI ?? '') !== '' || existsSync(join(dataDir, 'docker'));
  if (foreign) {
    throw new PedigreeError(
      'CONFIGURATION',
      '--fresh deletes an embedded database only: delete the database of NEO4J_URI or of Docker yourself, or set another PEDIGREE_DATA_DIR',
    );
  }
  const lock = lockDataDir(dataDir);
  try {
    for (const folder of [join(dataDir, 'neo4j'), keysDir]) rmSync(folder, { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

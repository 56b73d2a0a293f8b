import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { PedigreeError } from '../domain/errors.js';
import type { Database, DatabaseSource } from './database.js';
import { dockerDatabase, dockerFolder, hasDocker } from './docker-database.js';
import { startEmbeddedNeo4j } from './embedded-neo4j.js';
import { setting } from './environment.js';
import { externalDatabase } from './external-database.js';

export interface DatabaseSearch {
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Takes this way and tries no other. */
  readonly mode?: DatabaseSource | undefined;
  /** Of the embedded database only. */
  readonly heapMb?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once when an embedded database ends without having been asked to. */
  readonly onExit?: ((error: PedigreeError) => void) | undefined;
}

/**
 * A database to run on: the one of NEO4J_URI if that is set, else Docker compose's if an engine answers, else the
 * embedded one. A data folder that has a database already keeps to it, and a way that was chosen and then fails is an
 * error and not a reason to try the next: two databases would share out one lineage between them.
 */
export async function findDatabase(search: DatabaseSearch): Promise<Database> {
  switch (search.mode ?? (await availableSource(search))) {
    case 'external':
      return externalDatabase(search.env);
    case 'docker':
      return dockerDatabase(search);
    case 'embedded':
      return { ...(await startEmbeddedNeo4j(search)), how: 'embedded', folder: search.dataDir };
  }
}

async function availableSource({ env, dataDir }: DatabaseSearch): Promise<DatabaseSource> {
  if (setting(env, 'NEO4J_URI') !== undefined) return 'external';
  if (existsSync(join(dataDir, 'neo4j', 'data', 'databases'))) return 'embedded';
  if (await hasDocker(env)) return 'docker';
  if (!existsSync(dockerFolder(dataDir))) return 'embedded';
  throw new PedigreeError(
    'DATABASE_UNAVAILABLE',
    `a Docker engine is required, because the database of ${dataDir} is a Docker volume, but got: no answer. ` +
      `Start Docker, or choose another PEDIGREE_DATA_DIR, or give that database up by deleting ${dockerFolder(dataDir)}.`,
    { dataDir },
  );
}

/** `pedigree migrate`: brings a database's constraints and indexes up to date before a server is started on it. */
import { migrate } from '../store/migrate.js';
import { Cleanup } from './cleanup.js';
import { readConfig } from './config.js';
import { openDatabase, type OpenOptions } from './open-database.js';

/** The names of the files that ran. Errors: those of starting a server, and `MIGRATION_CHANGED`. */
export async function migrateDatabase(options: OpenOptions): Promise<readonly string[]> {
  const cleanup = new Cleanup();
  try {
    return await migrate(await openDatabase(readConfig(process.env), options, cleanup));
  } finally {
    await cleanup.run();
  }
}

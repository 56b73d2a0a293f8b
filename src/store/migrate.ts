/**
 * Constraints and indexes, as numbered files in cypher/migrations. Each file runs once; its checksum is kept, so that a
 * file changed afterwards is noticed. Servers that start at once wait for each other on a lock node.
 */
import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../domain/package-root.js';
import { PedigreeError } from '../domain/errors.js';
import { toPedigreeError, type Database } from './database.js';
import { unlessReadOnly } from './write-access.js';
import {
  migrationListApplied,
  migrationLockMigrations,
  migrationRecordApplied,
  migrationAwaitIndexes,
} from './queries.gen.js';

interface Migration {
  readonly name: string;
  readonly checksum: string;
  readonly statements: readonly string[];
}

/**
 * Brings the schema up to date; returns the names of the files that ran. A database that takes no writes now is good
 * enough if every file has run. Errors: `MIGRATION_CHANGED`, `READ_ONLY`.
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrations = await loadMigrations();
  try {
    return await runMissing(database, migrations);
  } catch (error) {
    unlessReadOnly(error);
    const applied = await listApplied(database);
    if (migrations.every((migration) => refuseChanged(migration, applied.get(migration.name)))) return [];
    throw error;
  }
}

async function runMissing(database: Database, migrations: readonly Migration[]): Promise<string[]> {
  await prepareLock(database);
  // Schema commands cannot share a transaction with data, so one transaction only holds the lock meanwhile.
  return database.write(async (lock) => {
    await lock.run(migrationLockMigrations, {});
    const applied = await listApplied(database);
    const ran: string[] = [];
    for (const migration of migrations) {
      if (refuseChanged(migration, applied.get(migration.name))) continue;
      for (const statement of migration.statements) await runSchema(database, statement);
      await lock.run(migrationRecordApplied, { name: migration.name, checksum: migration.checksum });
      ran.push(migration.name);
    }
    await database.run(migrationAwaitIndexes, { seconds: 300 });
    return ran;
  });
}

/** Checksums of the files that ran, by name. */
async function listApplied(database: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await database.run(migrationListApplied, {});
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

async function loadMigrations(): Promise<Migration[]> {
  const folder = join(packageRoot(), 'cypher', 'migrations');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cypher')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const code = text.replace(/^\/\/.*$/gm, '');
      const statements = code.split(';').map((part) => part.trim());
      return {
        name: file,
        checksum: hash('sha256', text),
        statements: statements.filter((part) => part !== ''),
      };
    }),
  );
}

/** True if the file ran before; throws if what ran then was another text. */
function refuseChanged({ name, checksum }: Migration, applied: string | undefined): boolean {
  if (applied === undefined) return false;
  if (applied === checksum) return true;
  throw new PedigreeError(
    'MIGRATION_CHANGED',
    `cypher/migrations/${name} must not change after it ran on a database: put the change into a new file`,
  );
}

async function prepareLock(database: Database): Promise<void> {
  await runSchema(
    database,
    'CREATE CONSTRAINT migration_name IF NOT EXISTS FOR (m:Migration) REQUIRE m.name IS UNIQUE',
  );
}

/** A schema command: idempotent, and run again when another server's command was in its way. */
async function runSchema(database: Database, text: string): Promise<void> {
  await database.driver.executeQuery(text).catch((error: unknown) => {
    throw toPedigreeError(error);
  });
}

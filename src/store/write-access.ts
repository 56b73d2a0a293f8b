/** Whether the database takes writes: it may have been set read-only, by its settings or because it is a copy. */
import { isPedigreeError, type PedigreeError } from '../domain/errors.js';
import { readOnly, type StatementRunner } from './database.js';
import { databaseReadAccess } from './queries.gen.js';

/** Why the database takes no writes now; undefined if it does. */
export async function findWriteRefusal(runner: StatementRunner): Promise<PedigreeError | undefined> {
  const [row] = await runner.run(databaseReadAccess, {});
  return row?.access === 'read-only' ? readOnly('its access is read-only.') : undefined;
}

/** For what may be left out while the database takes no writes: any other failure is thrown on. */
export function unlessReadOnly(error: unknown): void {
  if (!isPedigreeError(error, 'READ_ONLY')) throw error;
}

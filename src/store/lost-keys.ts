/** Whether the key store is an older copy than the database: then keys are missing that nobody erased. */
import { PedigreeError } from '../domain/errors.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import type { KeyStore } from './keys/key-store.js';
import { erasureReadSerial } from './queries.gen.js';

/**
 * Compares how many keys the store has made with the newest one that the log has values under: one look, however many
 * keys there are. The error is for refusing writes with; undefined if nothing is missing.
 */
export async function findLostKeys(
  runner: StatementRunner,
  keyStore: Pick<KeyStore, 'lastSerial'>,
): Promise<PedigreeError | undefined> {
  const [row] = await runner.run(erasureReadSerial, { log: LINEAGE_LOG });
  const needed = row?.serial ?? 0;
  const made = await keyStore.lastSerial();
  if (made >= needed) return undefined;
  return new PedigreeError(
    'KEY_LOST',
    `the key store must have the ${String(needed)} keys that this database has values under, but it has ${String(made)}: it is an older copy; restore the newest one and start again. Until then nothing can be declared`,
    { needed, made },
  );
}

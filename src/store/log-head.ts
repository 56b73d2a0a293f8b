/** Opening a log: the first server creates its head, every later one checks that it belongs to what it finds. */
import { PedigreeError, required } from '../domain/errors.js';
import { unlessReadOnly } from './write-access.js';
import { ENTRY_FORMAT } from '../ledger/entry.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import type { KeyStore } from './keys/key-store.js';
import { logCreateHead, logReadHead } from './queries.gen.js';

export interface LogHead {
  /** Number of entries; also the present as-of point. */
  readonly size: number;
  /** When the last entry was recorded, in milliseconds since the epoch; 0 for an empty log. */
  readonly at: number;
}

/**
 * Opens a log, and begins it on an empty database. One that takes no writes now may have the log already.
 * Errors: `UNKNOWN_FORMAT`, `KEY_STORE_MISMATCH`.
 */
export async function openLog(
  runner: StatementRunner,
  keyStore: Pick<KeyStore, 'id'>,
  log = LINEAGE_LOG,
): Promise<LogHead> {
  await runner.run(logCreateHead, { log, format: ENTRY_FORMAT, keyStore: keyStore.id }).catch(unlessReadOnly);
  return requireLog(runner, keyStore, log);
}

/** The head of a log that exists and belongs to this key store. Errors: `UNKNOWN_FORMAT`, `KEY_STORE_MISMATCH`. */
export async function requireLog(
  runner: StatementRunner,
  keyStore: Pick<KeyStore, 'id'>,
  log = LINEAGE_LOG,
): Promise<LogHead> {
  const [head] = await runner.run(logReadHead, { log });
  if (head?.format !== ENTRY_FORMAT) {
    throw new PedigreeError(
      'UNKNOWN_FORMAT',
      required(`this server reads entry format ${String(ENTRY_FORMAT)} only`, head?.format),
    );
  }
  if (head.keyStore !== keyStore.id) {
    throw new PedigreeError(
      'KEY_STORE_MISMATCH',
      required(
        `this database's entries belong to key store ${head.keyStore}: start with that one (PEDIGREE_KEYS_DIR)`,
        keyStore.id,
      ),
    );
  }
  return head;
}

/** The head as committed now. */
export async function readHead(runner: StatementRunner, log = LINEAGE_LOG): Promise<LogHead> {
  const [head] = await runner.run(logReadHead, { log });
  if (!head)
    throw new PedigreeError(
      'UNKNOWN_FORMAT',
      'the database must have a log head: start the server on it once',
    );
  return { size: head.size, at: head.at };
}

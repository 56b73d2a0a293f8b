/** What every log's write transaction does alike: take the head's lock, and put entries into bundles. */
import { PedigreeError } from '../domain/errors.js';
import { packBundles } from '../ledger/bundle.js';
import { leafOf, type Entry } from '../ledger/entry.js';
import type { LogName } from './as-of.js';
import type { StatementRunner } from './database.js';
import { logLockHead, type LogAppendBundlesParams, type LogLockHeadRow } from './queries.gen.js';

/** The head of a log, locked until the transaction ends. Error: `UNKNOWN_FORMAT` if there is none. */
export async function lockHead(tx: StatementRunner, log: LogName): Promise<LogLockHeadRow> {
  const [head] = await tx.run(logLockHead, { log });
  if (head) return head;
  throw new PedigreeError('UNKNOWN_FORMAT', 'the database must have a log head: start the server on it once');
}

/** The bundles of entries that become the leaves from `start` on, recorded at `at`, in milliseconds since the epoch. */
export function bundleRows(
  start: number,
  entries: readonly { readonly id: string; readonly entry: Entry }[],
  at: number,
): LogAppendBundlesParams['bundles'] {
  const leaves = entries.map(({ entry }) => leafOf(entry, at));
  return packBundles(start, leaves).map((bundle) => {
    const first = bundle.start - start;
    return { ...bundle, at, ids: entries.slice(first, first + bundle.count).map(({ id }) => id) };
  });
}

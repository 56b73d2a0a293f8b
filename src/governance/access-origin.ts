/** The entry with which the access log goes on under another name after signed entries were lost. */
import { originFields } from '../capture/new-origin.js';
import type { AccessLog } from '../store/access-log.js';
import type { NewOriginOrder, SignedHead } from '../store/keys/head-store.js';
import type { KeyStore } from '../store/keys/key-store.js';
import { prepareAccess } from './access-record.js';

/**
 * Records it; the same order again is the same record. Resolves to its leaf index, the first of the new origin.
 *
 * @param log one that may be written to although the database is behind
 */
export async function recordAccessOrigin(
  log: Pick<AccessLog, 'append' | 'placeOf'>,
  keyStore: Pick<KeyStore, 'currentLogKey' | 'logKey'>,
  order: NewOriginOrder,
  signed: SignedHead,
): Promise<number> {
  const id = `access:log/${encodeURIComponent(order.origin)}@origin`;
  const place = await log.placeOf(id);
  if (place !== undefined) return place;
  const facts = { id, by: order.by, occurredAt: order.at, fields: originFields(order, signed) };
  const [index] = await log.append([prepareAccess(facts, { phase: 'origin' }, keyStore)]);
  return index as number;
}

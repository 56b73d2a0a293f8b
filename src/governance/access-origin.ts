/** The entry with which the access log goes on under another name after signed entries were lost. */
import { originFields } from '../capture/new-origin.js';
import type { AccessLog } from '../store/access-log.js';
import type { NewOriginOrder, SignedHead } from '../store/keys/head-store.js';
import { prepareAccess, type LogKeys } from './access-entry.js';

/**
 * Records it; the same order again is the same record. Resolves to its leaf index, the first of the new origin.
 *
 * @param log one that may be written to although the database is behind
 */
export async function recordAccessOrigin(
  log: Pick<AccessLog, 'append' | 'placeOf'>,
  keyStore: LogKeys,
  order: NewOriginOrder,
  signed: SignedHead,
): Promise<number> {
  const id = `access:log/${encodeURIComponent(order.origin)}@origin`;
  const place = await log.placeOf(id);
  if (place !== undefined) return place;
  const head = { id, phase: 'origin', by: order.by, occurredAt: order.at } as const;
  const [index] = await log.append([prepareAccess(head, originFields(order, signed), keyStore)]);
  return index as number;
}

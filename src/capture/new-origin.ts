/** The entry with which a log goes on under another name after signed entries were lost: it says what was given up. */
import { PedigreeError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import { formatUrn } from '../domain/urn.js';
import type { NewOriginOrder, SignedHead } from '../store/keys/head-store.js';
import type { CaptureService } from './capture-service.js';

const NAMESPACE = 'pedigree';

/** What it says: the old head, and what was given up with it. */
export function originFields(order: NewOriginOrder, signed: SignedHead): Readonly<Record<string, Json>> {
  return {
    origin: order.origin,
    formerOrigin: signed.origin,
    formerCheckpoint: signed.note,
    kept: order.kept,
    ...(order.lostFrom === undefined ? {} : { lost: { from: order.lostFrom, to: signed.size } }),
    reason: order.reason,
  };
}

/**
 * Declares it; the same order again is the same declaration. Resolves to its leaf index, the first of the new origin.
 *
 * @param capture one that may write although the database is behind
 */
export async function declareOrigin(
  capture: CaptureService,
  order: NewOriginOrder,
  signed: SignedHead,
): Promise<number> {
  const name = 'log';
  const declaration = {
    id: formatUrn({ kind: 'Attestation', namespace: NAMESPACE, name, version: order.origin }),
    kind: 'Attestation',
    type: 'x-log-origin',
    occurredAt: order.at,
    about: [formatUrn({ kind: 'Dataset', namespace: NAMESPACE, name, version: signed.origin })],
    fields: originFields(order, signed),
  };
  const [receipt] = await capture.declare([declaration], { name: order.by, namespaces: [NAMESPACE] });
  if (receipt && 'leafIndex' in receipt) return receipt.leafIndex;
  const reason = receipt?.error.message ?? 'no receipt';
  throw new PedigreeError(
    'LOG_DIVERGED',
    `the first entry of ${order.origin} must be accepted, but: ${reason}`,
  );
}

/** Legal holds: what must be kept cannot be erased, whoever asks for it. */
import { PedigreeError } from '../domain/errors.js';
import type { HoldRow } from '../store/erasure-store.js';
import { openValues } from '../store/stored-values.js';

/** A hold that is in force. */
export interface Hold {
  /** The attestation that says so. */
  readonly id: string;
  readonly artifact: string;
  readonly basis: string;
}

/** Refuses an erasure while holds are in force. Error: `LEGAL_HOLD`, naming each hold and what it is on. */
export function refuseHeld(holds: readonly HoldRow[], now: number): void {
  const inForce = holdsInForce(holds, now);
  const [first] = inForce;
  if (!first) return;
  const more = inForce.length === 1 ? '' : ` and ${String(inForce.length - 1)} more`;
  throw new PedigreeError(
    'LEGAL_HOLD',
    `nothing was erased: ${first.id} holds ${first.artifact} (${first.basis})${more}; declare the hold again with "released": true first`,
    { holds: inForce.slice(0, 100), total: inForce.length },
  );
}

/**
 * The holds in force at a time: of those on one artifact with one basis the last one counts, and it binds unless it says
 * `released` or its `until` has passed.
 *
 * @param holds in log order
 * @param now milliseconds since the epoch
 */
export function holdsInForce(holds: readonly HoldRow[], now: number): Hold[] {
  const last = new Map<string, Hold & { readonly binds: boolean }>();
  for (const { id, artifact, values } of holds) {
    const fields = openValues({ values });
    const said = fields.get('value/basis');
    const basis = typeof said === 'string' ? said : '(not said)';
    const until = fields.get('value/until');
    const expired = typeof until === 'number' && until <= now;
    const binds = fields.get('value/released') !== true && !expired;
    last.set(JSON.stringify([artifact, basis]), { id, artifact, basis, binds });
  }
  return [...last.values()].flatMap(({ binds, ...hold }) => (binds ? [hold] : []));
}

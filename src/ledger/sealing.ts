/** Personal values at rest: AES-256-GCM under a key of the subject (docs/entry-format.md, Keys). */
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { sealingKey } from './keys.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a sealed value belongs: it opens nowhere else. */
export interface SealContext {
  readonly id: string;
  readonly path: string;
  /** Name of the subject's key. */
  readonly kid: string;
}

/** Seals canonical JSON: base64url of nonce ‖ ciphertext ‖ tag. */
export function seal(
  subjectKey: Uint8Array,
  context: SealContext,
  json: string,
  nonce = nextNonce(),
): string {
  const cipher = createCipheriv('aes-256-gcm', sealingKey(subjectKey), nonce);
  cipher.setAAD(additionalData(context));
  const sealed = cipher.update(json, 'utf8');
  // A stream mode: nothing is left for final to give.
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Opens what {@link seal} made; throws if a bit, the place or the key is not the same. */
export function unseal(subjectKey: Uint8Array, context: SealContext, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(subjectKey), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function additionalData({ id, path, kid }: SealContext): Buffer {
  return Buffer.from(`[${JSON.stringify(id)},${JSON.stringify(path)},${JSON.stringify(kid)}]`, 'utf8');
}

const POOL_NONCES = 1_024;
const pool = Buffer.alloc(POOL_NONCES * NONCE_BYTES);
let used = POOL_NONCES;

/** Random nonces, drawn many at a time: one call to the generator for each would cost a third of the sealing. */
function nextNonce(): Buffer {
  if (used === POOL_NONCES) {
    randomFillSync(pool);
    used = 0;
  }
  const start = used++ * NONCE_BYTES;
  return Buffer.from(pool.subarray(start, start + NONCE_BYTES));
}

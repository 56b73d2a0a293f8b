/** Key derivation of the entry format (docs/entry-format.md, Keys). All keys are 32 bytes. */
import { createHmac } from 'node:crypto';
import { canonicalJson } from '../domain/json.js';

/** The logs, by the name that their entries carry. */
export const LINEAGE_ENTRIES = 'pedigree/lineage/1';

/** K_entry: the key of one entry's salts and decoys, derived from the log key for one log. */
export function entryKey(logKey: Uint8Array, log: string, id: string): Buffer {
  return mac(logKey, canonicalJson(['pedigree/1', 'entry', log, id]));
}

/** The salt of the disclosure at `path`: base64url, 43 characters. The value is no input. */
export function salt(key: Uint8Array, id: string, path: string): string {
  const input = `["pedigree/1","salt",${JSON.stringify(id)},${JSON.stringify(path)}]`;
  return createHmac('sha256', key).update(input).digest('base64url');
}

/** K_aead: the key that seals a subject's values at rest. */
export function sealingKey(subjectKey: Uint8Array): Buffer {
  return mac(subjectKey, '["pedigree/1","aead"]');
}

/** Finds a subject's key without naming the subject: 64 hex digits. */
export function subjectIndex(indexKey: Uint8Array, subject: string): string {
  return mac(indexKey, subject).toString('hex');
}

/** HMAC-SHA-256. */
export function mac(key: Uint8Array, input: string): Buffer {
  return createHmac('sha256', key).update(input).digest();
}

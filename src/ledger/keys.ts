/** Key derivation of the entry format (docs/entry-format.md, Keys). All keys are 32 bytes. */
import { hash, type BinaryToTextEncoding } from 'node:crypto';
import { canonicalJson } from '../domain/json.js';

/** The logs, by the name that their entries carry. */
export const LINEAGE_ENTRIES = 'pedigree/lineage/1';
export const ACCESS_ENTRIES = 'pedigree/access/1';

/** K_entry: the key of one entry's salts and decoys, derived from the log key for one log. */
export function entryKey(logKey: Uint8Array, log: string, id: string): Buffer {
  return mac(logKey, canonicalJson(['pedigree/1', 'entry', log, id]));
}

/** The salt of the disclosure at `path`: base64url, 43 characters. The value is no input. */
export function salt(key: Uint8Array, id: string, path: string): string {
  return saltAt(key, JSON.stringify(id), JSON.stringify(path));
}

/** The same for an id and a path that are JSON texts already: an entry uses each of them several times. */
export function saltAt(key: Uint8Array, idJson: string, pathJson: string): string {
  return macText(key, `["pedigree/1","salt",${idJson},${pathJson}]`, 'base64url');
}

/** K_aead: the key that seals a subject's values at rest. */
export function sealingKey(subjectKey: Uint8Array): Buffer {
  return mac(subjectKey, '["pedigree/1","aead"]');
}

/**
 * What stands for a subject beside a read of its values: 64 hex digits that nobody can make, or tell from random ones,
 * without the subject's key. Destroying the key takes the link away, in every copy of the database.
 */
export function subjectMark(subjectKey: Uint8Array): string {
  return mac(subjectKey, '["pedigree/1","look"]').toString('hex');
}

/** Finds a subject's key without naming the subject: 64 hex digits. */
export function subjectIndex(indexKey: Uint8Array, subject: string): string {
  return mac(indexKey, subject).toString('hex');
}

/** HMAC-SHA-256 (RFC 2104) under a key of at most 64 bytes. */
export function mac(key: Uint8Array, input: string): Buffer {
  return Buffer.from(macText(key, input, 'binary'), 'latin1');
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
const inner = Buffer.alloc(16_384);
/** The key whose pads stand at the beginning of both buffers. */
let laidOut: Uint8Array | undefined;

/**
 * Two one-shot hashes over reused buffers: in Node half the time of an Hmac object, and an entry needs some twenty, most
 * of them under one key. Nothing here awaits, so no two calls share the buffers.
 */
function macText(key: Uint8Array, input: string, encoding: BinaryToTextEncoding): string {
  if (key !== laidOut) layOut(key);
  // UTF-8 has at most three bytes for a UTF-16 code unit.
  const fits = BLOCK_BYTES + input.length * 3 <= inner.length;
  const block = fits
    ? inner
    : Buffer.concat([inner.subarray(0, BLOCK_BYTES)], BLOCK_BYTES + input.length * 3);
  const length = BLOCK_BYTES + block.write(input, BLOCK_BYTES, 'utf8');
  outer.write(hash('sha256', block.subarray(0, length), 'binary'), BLOCK_BYTES, 'latin1');
  return hash('sha256', outer, encoding);
}

function layOut(key: Uint8Array): void {
  if (key.length > BLOCK_BYTES) throw new RangeError(`a key may have at most ${BLOCK_BYTES} bytes`);
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = key[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  laidOut = key;
}

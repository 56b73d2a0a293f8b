/** Disclosures in the form of RFC 9901 §4.2.1, with object-property disclosures whose name is a path. */
import { hash } from 'node:crypto';

/**
 * The disclosure of a value: base64url of the canonical JSON of `[salt, path, value]`.
 *
 * @param valueJson the canonical JSON of the value, computed once by the caller and stored as it is
 */
export function disclosure(salt: string, path: string, valueJson: string): string {
  return disclosureAt(salt, JSON.stringify(path), valueJson);
}

/** The same for a path that is a JSON text already. */
export function disclosureAt(salt: string, pathJson: string, valueJson: string): string {
  // A canonical array is its canonical members joined; a salt is base64url and needs no escaping.
  return Buffer.from(`["${salt}",${pathJson},${valueJson}]`, 'utf8').toString('base64url');
}

/** The digest of a disclosure: base64url of its SHA-256, 43 characters (RFC 9901 §4.2.3). */
export function disclosureDigest(encoded: string): string {
  return hash('sha256', encoded, 'base64url');
}

/** `d(salt, path, value)` of the entry format. */
export function digestOf(salt: string, path: string, valueJson: string): string {
  return disclosureDigest(disclosure(salt, path, valueJson));
}

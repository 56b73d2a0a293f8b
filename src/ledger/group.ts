/**
 * Groups: the values or the edges of an entry under one digest that tells neither how many there are nor,
 * by its size, roughly how many (docs/entry-format.md, Groups).
 */
import { hash } from 'node:crypto';
import { disclosureAt, disclosureDigest } from './disclosure.js';
import { mac, saltAt } from './keys.js';

export type GroupName = 'values' | 'edges';

/** Most digests under one `_sd`; a larger group becomes a tree. */
const CHUNK = 256;

/**
 * The digest of a group with these members' digests.
 *
 * @param disclosed told of the disclosures of the group itself, each with its path: its count, its chunks, the group; not of its members
 */
export function groupDigest(
  key: Uint8Array,
  id: string,
  group: GroupName,
  members: readonly string[],
  disclosed?: (disclosure: string, path: string) => void,
): string {
  const idJson = JSON.stringify(id);
  const digest = (path: string, valueJson: string): string => {
    // No character of these paths needs escaping.
    const pathJson = `"${path}"`;
    const text = disclosureAt(saltAt(key, idJson, pathJson), pathJson, valueJson);
    disclosed?.(text, path);
    return disclosureDigest(text);
  };
  let layer = [...members, digest(`${group}#`, String(members.length))];
  for (let i = 0, missing = paddedSize(layer.length) - layer.length; i < missing; i++) {
    layer.push(decoy(key, id, group, i));
  }
  // The default sort compares UTF-16 code units, which for base64url is the order of the bytes.
  layer.sort();
  for (let level = 1; layer.length > CHUNK; level++) {
    const chunks = Array.from({ length: Math.ceil(layer.length / CHUNK) }, (_, i) =>
      layer.slice(i * CHUNK, (i + 1) * CHUNK),
    );
    layer = chunks.map((chunk, i) => digest(`${group}/n${String(level)}.${String(i)}`, sdObject(chunk)));
  }
  return digest(group, sdObject(layer));
}

/** Decoy number `i`, from 0: nobody without the key can tell it from a member's digest. */
export function decoy(key: Uint8Array, id: string, group: GroupName, i: number): string {
  const input = `["pedigree/1","decoy",${JSON.stringify(id)},"${group}",${String(i)}]`;
  return hash('sha256', mac(key, input), 'base64url');
}

/** `{"_sd":[…]}`; digests are base64url and need no escaping. */
function sdObject(digests: readonly string[]): string {
  return `{"_sd":["${digests.join('","')}"]}`;
}

function paddedSize(size: number): number {
  let padded = 4;
  while (padded < size) padded *= 2;
  return padded;
}

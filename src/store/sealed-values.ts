/**
 * Personal values at rest: those of one entry that concern one subject lie in one ciphertext, because making a cipher
 * costs more than what it does, and because what is sealed together dies together. Their paths lie beside it in the open:
 * which values there are is no secret, and has to be known without the key.
 *
 * A node's property `sealed` is a JSON list of such groups. A value alone is `[path, kid, ciphertext]` of its canonical
 * JSON, bound to its path; several are `[[path, …], kid, ciphertext]` of an object of them by path, bound to the path
 * of the whole group of values (docs/entry-format.md, Keys).
 */
import { canonicalJson, type Json } from '../domain/json.js';
import type { Member } from '../ledger/members.js';
import { seal, unseal } from '../ledger/sealing.js';

/** Values of one entry that are sealed together, as the node keeps them. */
export interface SealedGroup {
  readonly paths: readonly string[];
  readonly kid: string;
  /** base64url */
  readonly ciphertext: string;
}

/** A value's path and its canonical JSON. */
type Opened = Pick<Member, 'path' | 'json'>;

/** The path to which several values' ciphertext is bound: that of the entry's values as a whole. */
const TOGETHER = 'values';

/** Seals an entry's members under the key of the subject whom all of them concern. At least one is required. */
export function sealGroup(
  id: string,
  members: readonly Opened[],
  { kid, key }: { readonly kid: string; readonly key: Uint8Array },
): SealedGroup {
  const [first] = members as [Opened];
  const [path, json] =
    members.length === 1
      ? [first.path, first.json]
      : [TOGETHER, `{${members.map((member) => `${JSON.stringify(member.path)}:${member.json}`).join(',')}}`];
  return { paths: members.map((member) => member.path), kid, ciphertext: seal(key, { id, path, kid }, json) };
}

/** What {@link sealGroup} sealed, in its order; throws if anything of the group, its paths included, is not as it was. */
export function openGroup(
  key: Uint8Array,
  id: string,
  { paths, kid, ciphertext }: SealedGroup,
): readonly Opened[] {
  const [path] = paths;
  if (path !== undefined && paths.length === 1) {
    return [{ path, json: unseal(key, { id, path, kid }, ciphertext) }];
  }
  const values = JSON.parse(unseal(key, { id, path: TOGETHER, kid }, ciphertext)) as Record<string, Json>;
  const opened = Object.entries(values).map(([name, value]) => ({ path: name, json: canonicalJson(value) }));
  if (opened.length === paths.length && opened.every((value, i) => value.path === paths[i])) return opened;
  throw new Error(
    `the paths beside the sealed values of ${id} must be theirs: ${Object.keys(values).join(', ')}`,
  );
}

/** A node's sealed values, as they lie there. */
export function sealedGroups({ sealed }: { readonly sealed?: unknown }): readonly SealedGroup[] {
  if (typeof sealed !== 'string') return [];
  const rows = JSON.parse(sealed) as (readonly [string | readonly string[], string, string])[];
  return rows.map(([place, kid, ciphertext]) => ({
    paths: typeof place === 'string' ? [place] : place,
    kid,
    ciphertext,
  }));
}

/** The property that keeps these groups; null where there are none. */
export function toSealed(groups: readonly SealedGroup[]): string | null {
  const rows = groups.map(({ paths, kid, ciphertext }) => [
    paths.length === 1 ? paths[0] : paths,
    kid,
    ciphertext,
  ]);
  return rows.length === 0 ? null : JSON.stringify(rows);
}

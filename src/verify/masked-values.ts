/**
 * Masked values of an evidence file. They rest on the server's word; what can be checked is that each stands for a value that
 * the entry commits to and withholds, so that no file says two things of one value, and that none was damaged on the way.
 */
import { canonicalJson, type Json } from '../domain/json.js';
import { sha256 } from '../ledger/sha256.js';
import { hex } from '@scure/base';
import type { EvidenceFile, MaskedMember } from './evidence-file.js';
import { altered, type OpenEntry } from './open-entry.js';
import type { MaskedValue } from './verdict.js';

/**
 * The masked values, in the order of the file.
 *
 * @param opened the file's entries, opened, in the same order
 * Error: `EVIDENCE_ALTERED`, naming the entry or `masking`.
 */
export function maskedValues(
  { entries, masking }: EvidenceFile,
  opened: readonly OpenEntry[],
): MaskedValue[] {
  if (!masking) return [];
  const { profile, checksum } = masking;
  const masked = opened.flatMap((entry, i) => {
    const members = entries[i]?.masked;
    if (!members) return [];
    requireWithheld(members, entry);
    return [{ id: entry.id, index: entry.index, members }];
  });
  if (masked.length === 0) throw altered('masking', 'a file of version 2 must have a masked value');
  const covered = { masked: masked.map(({ index, members }) => ({ index, masked: members })), profile };
  const sum = sha256(new TextEncoder().encode(canonicalJson(covered as unknown as Json)));
  if (hex.encode(sum) !== checksum)
    throw altered('masking', 'masked values, their profile or the checksum were changed');
  return masked.flatMap(({ id, members }) =>
    members.map(({ path, rules, value }) => ({ id, path, value, profile, rules })),
  );
}

function requireWithheld(
  members: readonly MaskedMember[],
  { index, values, withheldValues }: OpenEntry,
): void {
  const part = `entry ${String(index)}`;
  const paths = new Set(members.map(({ path }) => path));
  if (members.length === 0 || paths.size < members.length || members.some(({ rules }) => rules.length === 0))
    throw altered(part, 'its masked values must be at least one, each of another path and by a rule');
  for (const path of paths) {
    if (!/^(value|row)\//.test(path)) throw altered(part, `${path} is no value that could be masked`);
    if (values.has(path)) throw altered(part, `${path} is disclosed, and masked as well`);
  }
  if (withheldValues !== undefined && paths.size > withheldValues) {
    const [masked, withheld] = [String(paths.size), String(withheldValues)];
    throw altered(part, `it withholds ${withheld} values, but ${masked} are masked`);
  }
}

/** Which member of a group is one too many: the log holds a group's digest only, so each is left out in turn. */
import { entryKey, LINEAGE_ENTRIES, salt } from '../../ledger/keys.js';
import { digestOf } from '../../ledger/disclosure.js';
import type { EntryKeys } from '../../ledger/entry.js';
import { groupDigest, type GroupName } from '../../ledger/group.js';
import type { ErasedMember, Member } from '../../ledger/members.js';
import type { Finding } from './finding.js';

/** Most members of a group that are tried; the cost grows with their square. */
const MAX_TRIED = 500;

/** The added member, if leaving out exactly one makes the group that the log says. */
export function findAdded(
  id: string,
  members: readonly (Member | ErasedMember)[],
  group: GroupName,
  logged: string,
  keys: EntryKeys,
): Finding[] | undefined {
  if (members.length > MAX_TRIED) return undefined;
  const key = entryKey(keys.logKey, LINEAGE_ENTRIES, id);
  const digests = members.map((member) => {
    if ('digest' in member) return member.digest;
    const { path, json, subject } = member;
    return digestOf(salt(subject === undefined ? key : keys.subjectKey(subject), id, path), path, json);
  });
  const added = digests.findIndex((_, i) => groupDigest(key, id, group, digests.toSpliced(i, 1)) === logged);
  const member = members[added];
  return (
    member && [
      { kind: 'added', id, part: member.path, stored: 'digest' in member ? member.digest : member.json },
    ]
  );
}

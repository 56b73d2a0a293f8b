/** An entry with those of its disclosures that a reader may have (docs/evidence.md). */
import { canonicalJson } from '../domain/json.js';
import { disclosure, disclosureDigest } from './disclosure.js';
import { leafOf, type EntryKeys } from './entry.js';
import { groupDigest, type GroupName } from './group.js';
import { entryKey, LINEAGE_ENTRIES, salt } from './keys.js';
import type { ErasedMember, KeptMembers, Member } from './members.js';

/** What a reader may have of an entry. The head, the groups and their counts are always disclosed. */
export interface Disclosing {
  readonly value: (member: Member) => boolean;
  readonly edge: (member: Member) => boolean;
  /** Who declared it. */
  readonly by: boolean;
}

export interface DisclosedEntry {
  /** The leaf as it is in the log. */
  readonly leaf: string;
  readonly disclosures: readonly string[];
}

/** Makes an entry again, as `makeEntry` does, and keeps the disclosures. */
export function discloseEntry(
  id: string,
  members: KeptMembers,
  declared: { readonly by: string; readonly at: number },
  keys: EntryKeys,
  may: Disclosing,
): DisclosedEntry {
  const key = entryKey(keys.logKey, LINEAGE_ENTRIES, id);
  const disclosures: string[] = [];
  const disclose = (path: string, json: string, isShown: boolean, subject?: string): string => {
    const text = disclosure(
      salt(subject === undefined ? key : keys.subjectKey(subject), id, path),
      path,
      json,
    );
    if (isShown) disclosures.push(text);
    return disclosureDigest(text);
  };
  const group = (
    name: GroupName,
    list: readonly (Member | ErasedMember)[],
    isShown: (member: Member) => boolean,
  ): string => {
    const digests = list.map((member) =>
      'digest' in member
        ? member.digest
        : disclose(member.path, member.json, isShown(member), member.subject),
    );
    return groupDigest(key, id, name, digests, (text) => disclosures.push(text));
  };
  const head = disclose('head', members.head, true);
  const by = disclose('by', canonicalJson(declared.by), may.by);
  const edges = group('edges', members.edges, may.edge);
  const values = group('values', members.values, may.value);
  const decl = `{"edges":"${edges}","head":"${head}","k":${String(keys.k)},"t":"${LINEAGE_ENTRIES}","values":"${values}"}`;
  return { leaf: leafOf({ decl, by }, declared.at).toString('utf8'), disclosures };
}

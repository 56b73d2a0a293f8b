/** An entry with those of its disclosures that a reader may have (docs/evidence.md). */
import { leafOf, makeEntry, type EntryKeys } from './entry.js';
import type { KeptMembers, Member } from './members.js';

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
  const isShown = (member: Member): boolean => {
    if (member.path === 'by') return may.by;
    if (member.path === 'head') return true;
    return member.path.startsWith('edge/') ? may.edge(member) : may.value(member);
  };
  const disclosures: string[] = [];
  const entry = makeEntry(id, members, declared.by, keys, (text, member) => {
    if (!member || isShown(member)) disclosures.push(text);
  });
  return { leaf: leafOf(entry, declared.at).toString('utf8'), disclosures };
}

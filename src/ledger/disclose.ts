/** An entry with those of its disclosures that a reader may have (docs/evidence.md). */
import { leafOf, makeEntry, type EntryKeys } from './entry.js';
import type { KeptMembers, Member } from './members.js';

/**
 * What a reader may have of an entry. The head and the groups are always disclosed; the numbers of edges and of values only
 * with all edges: the first would tell how many are withheld, the second how many rows they used.
 */
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

/** The head and the groups, with their chunks and counts. */
const OF_THE_ENTRY = /^(head|(edges|values)(#|\/n\d+\.\d+)?)$/;

/** Makes an entry again, as `makeEntry` does, and keeps the disclosures. */
export function discloseEntry(
  id: string,
  members: KeptMembers,
  declared: { readonly by: string; readonly at: number },
  keys: EntryKeys,
  may: Disclosing,
): DisclosedEntry {
  const hasAllEdges = members.edges.every(may.edge);
  const isShown = (member: Member): boolean => {
    const { path } = member;
    if (path === 'by') return may.by;
    if (path === 'edges#' || path === 'values#') return hasAllEdges;
    if (path.startsWith('edge/')) return may.edge(member);
    return OF_THE_ENTRY.test(path) || may.value(member);
  };
  const disclosures: string[] = [];
  const entry = makeEntry(id, members, declared.by, keys, (text, member) => {
    if (isShown(member)) disclosures.push(text);
  });
  return { leaf: leafOf(entry, declared.at).toString('utf8'), disclosures };
}

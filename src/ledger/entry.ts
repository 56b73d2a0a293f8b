/** Entries and leaves (docs/entry-format.md, "Declaration, digest, leaf"). */
import { hash } from 'node:crypto';
import { canonicalJson } from '../domain/json.js';
import { digestOf, disclosureAt, disclosureDigest } from './disclosure.js';
import { groupDigest } from './group.js';
import { type ACCESS_ENTRIES, entryKey, LINEAGE_ENTRIES, salt, saltAt } from './keys.js';
import type { ErasedMember, KeptMembers, Member } from './members.js';

/** Version of the entry format; a log with another one is not opened. */
export const ENTRY_FORMAT = 1;

/** The key under which a log's entries are made, and which log that is. */
export interface EntryKeys {
  /** Version of the log key. */
  readonly k: number;
  readonly logKey: Uint8Array;
  /** The key of a subject; called only for members that name one. */
  readonly subjectKey: (subject: string) => Uint8Array;
  /** The log; that of lineage unless said otherwise. */
  readonly log?: typeof LINEAGE_ENTRIES | typeof ACCESS_ENTRIES;
}

/** An entry: the canonical text of its declaration, its digest, and the digest of who declared it. */
export interface Entry {
  /** JCS(decl) */
  readonly decl: string;
  /** SHA-256 of `decl`, 64 hex digits */
  readonly digest: string;
  /** d("by", principal) */
  readonly by: string;
}

/** d(path, value) of a personal member under its subject's key: what stays of it when the key is destroyed. */
export function personalDigest(subjectKey: Uint8Array, id: string, { path, json }: Member): string {
  return digestOf(salt(subjectKey, id, path), path, json);
}

/** Told of each disclosure as it is made, and of the member that it discloses; those of the groups themselves have a path and no value. */
export type Disclosed = (disclosure: string, member: Member) => void;

/** Makes the entry of a declaration. The same input gives the same bytes, always. */
export function makeEntry(
  id: string,
  members: KeptMembers,
  principal: string,
  keys: EntryKeys,
  disclosed?: Disclosed,
): Entry {
  const t = keys.log ?? LINEAGE_ENTRIES;
  const key = entryKey(keys.logKey, t, id);
  const idJson = JSON.stringify(id);
  const digest = (member: Member | ErasedMember): string => {
    if ('digest' in member) return member.digest;
    const { path, json, subject } = member;
    const pathJson = JSON.stringify(path);
    const memberKey = subject === undefined ? key : keys.subjectKey(subject);
    const text = disclosureAt(saltAt(memberKey, idJson, pathJson), pathJson, json);
    disclosed?.(text, member);
    return disclosureDigest(text);
  };
  const head = digest({ path: 'head', json: members.head });
  const by = digest({ path: 'by', json: canonicalJson(principal) });
  const ofGroup =
    disclosed &&
    ((text: string, path: string): void => {
      disclosed(text, { path, json: '' });
    });
  const edges = groupDigest(key, id, 'edges', members.edges.map(digest), ofGroup);
  const values = groupDigest(key, id, 'values', members.values.map(digest), ofGroup);
  const decl = `{"edges":"${edges}","head":"${head}","k":${String(keys.k)},"t":"${t}","values":"${values}"}`;
  return { decl, digest: hash('sha256', decl, 'hex'), by };
}

/** The leaf that the log keeps: the entry with the time at which it was recorded, in milliseconds since the epoch. */
export function leafOf(entry: Pick<Entry, 'decl' | 'by'>, at: number): Buffer {
  return Buffer.from(`{"at":${String(at)},"by":"${entry.by}","decl":${entry.decl}}`, 'utf8');
}

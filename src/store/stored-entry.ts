/** An entry's members as its node and edges keep them: the declaration taken apart again, from the graph. */
import { canonicalJson, type Json } from '../domain/json.js';
import { edgeTypeOf } from '../domain/kinds.js';
import { kindOfUrn } from '../domain/urn.js';
import type { ErasedMember, KeptMembers, Member } from '../ledger/members.js';
import type { KeysByName } from './keys/key-store.js';
import { openGroup, sealedGroups } from './sealed-values.js';
import { erasedPlaces, type StoredProps } from './stored-values.js';

/** A relationship with everything that is stored of it. */
export interface StoredLink {
  /** The relationship type. */
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly props: StoredProps;
}

/** A declared node and the edges that its entry states. */
export interface StoredEntry {
  readonly id: string;
  readonly props: StoredProps;
  readonly edges: readonly StoredLink[];
}

/** The key of a sealed value is gone, and what its entry committed to was not kept: the entry cannot be made again. */
export class KeyGone extends Error {
  constructor(readonly path: string) {
    super(`the key of ${path} is gone`);
  }
}

/**
 * The members of a stored entry. A sealed member names its key in the place of its subject, as the keys of the entry
 * then have to take it; of an erased one the digest is left. Throws `KeyGone`, and whatever JSON or AES-GCM say of values
 * that are not what was written.
 */
export function storedMembers({ id, props, edges }: StoredEntry, keys: KeysByName): KeptMembers {
  const kind = kindOfUrn(id);
  return {
    head: canonicalJson({ id, kind, occurredAt: props.occurredAt as number }),
    values: [...openMembers(props), ...personalMembers(id, props, keys)],
    edges: edges.map((edge) => linkMember(id, edge)),
  };
}

function openMembers({ values }: StoredProps): Member[] {
  if (values === undefined) return [];
  const open = JSON.parse(values as string) as Record<string, Json>;
  return Object.entries(open).map(([path, value]) => ({ path, json: canonicalJson(value) }));
}

function personalMembers(id: string, props: StoredProps, keys: KeysByName): (Member | ErasedMember)[] {
  return [
    ...sealedGroups(props).flatMap((group) => {
      const key = keys.get(group.kid);
      if (key === undefined || key === 'DESTROYED') throw new KeyGone(group.paths.join(', '));
      return openGroup(key, id, group).map((value) => ({ ...value, subject: group.kid }));
    }),
    ...erasedPlaces(props).map(({ path, digest }) => {
      if (digest === undefined) throw new KeyGone(path);
      return { path, digest };
    }),
  ];
}

/** The disclosure path and value of an edge of the entry `owner`. */
function linkMember(owner: string, { type, from, to, props }: StoredLink): Member {
  const { props: text, toDigest } = props as { props?: string; toDigest?: string };
  return {
    path: linkPath(owner, { type, from, to }),
    json: canonicalJson({
      props: JSON.parse(text ?? '{}') as Json,
      ...(toDigest === undefined ? {} : { toDigest }),
    }),
  };
}

/** `edge/<TYPE>/<to>`, and `/from/<from>` where the edge leaves another artifact (docs/entry-format.md). */
export function linkPath(owner: string, { type, from, to }: Omit<StoredLink, 'props'>): string {
  const named = type === 'ABOUT' ? type : edgeTypeOf(type);
  return `edge/${named}/${to}${from === owner ? '' : `/from/${from}`}`;
}

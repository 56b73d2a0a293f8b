/** Reading back what a node keeps: its open values, and its sealed ones with the keys of their subjects. */
import { unseal } from '../ledger/sealing.js';
import type { Json } from '../domain/json.js';
import type { KeyReader, ReadableKeys } from './keys/key-store.js';

/** A node of the graph with the properties that the writer gave it. */
export type StoredProps = Readonly<Record<string, unknown>>;

/** A personal value: readable, gone with its key, or unreadable because the key store lacks a key that nobody erased. */
export type PersonalValue =
  | { readonly state: 'OPEN'; readonly value: Json }
  | { readonly state: 'ERASED' }
  /** Kept only because of a duty, and not for this reader. */
  | { readonly state: 'WITHHELD' }
  | { readonly state: 'KEY_LOST' };

/** A sealed value as the node keeps it. */
export interface SealedMember {
  readonly path: string;
  readonly kid: string;
  readonly sealed: string;
}

/** What a node keeps of a value that was erased. */
export interface ErasedPlace {
  readonly path: string;
  /** The key that is gone. */
  readonly kid: string;
  /** What the entry committed to; undefined if the key was gone before that could be kept. */
  readonly digest?: string;
}

/** The open values of a node by disclosure path: `value/rowCount` → 2381. */
export function openValues(props: StoredProps): ReadonlyMap<string, Json> {
  const text = props.values;
  return new Map(typeof text === 'string' ? Object.entries(JSON.parse(text) as Record<string, Json>) : []);
}

/** The paths of a node's sealed values, without opening any. */
export function sealedPaths(props: StoredProps): readonly string[] {
  return sealedMembers(props).map(({ path }) => path);
}

/** A node's sealed values, as they lie there: its property `sealed` has `[path, kid, ciphertext]` triples. */
export function sealedMembers(props: { readonly sealed?: unknown }): readonly SealedMember[] {
  return triples(props.sealed).map(([path, kid, sealed]) => ({ path, kid, sealed }));
}

/** What was erased on a node: its property `erased` has `[path, kid, digest]` triples. */
export function erasedPlaces(props: { readonly erased?: unknown }): readonly ErasedPlace[] {
  return triples(props.erased).map(([path, kid, digest]) =>
    digest === '' ? { path, kid } : { path, kid, digest },
  );
}

/** The properties that keep these members; null where there are none. */
export function toSealedProps(
  sealed: readonly SealedMember[],
  erased: readonly ErasedPlace[],
): { sealed: string | null; erased: string | null } {
  const rows = (list: readonly (readonly string[])[]): string | null =>
    list.length === 0 ? null : JSON.stringify(list);
  return {
    sealed: rows(sealed.map((member) => [member.path, member.kid, member.sealed])),
    erased: rows(erased.map(({ path, kid, digest = '' }) => [path, kid, digest])),
  };
}

/** Opens the sealed values of a node. Whoever calls this has decided that the reader may see personal values. */
export async function personalValues(
  props: StoredProps,
  keys: KeyReader,
): Promise<ReadonlyMap<string, PersonalValue>> {
  return openPersonal(props, await keys.keysOf(kidsOf([props])));
}

/** The names of the keys that these nodes' sealed values need. */
export function kidsOf(nodes: Iterable<{ readonly sealed?: unknown }>): string[] {
  return [...new Set([...nodes].flatMap((props) => sealedMembers(props).map(({ kid }) => kid)))];
}

/** The names of the keys that a node's values at some paths are sealed under. */
export function kidsOfPaths(props: { readonly sealed?: unknown }, paths: ReadonlySet<string>): Set<string> {
  const there = sealedMembers(props).filter(({ path }) => paths.has(path));
  return new Set(there.map(({ kid }) => kid));
}

/** The same as {@link personalValues}, with keys that were looked up for many nodes at once. */
export function openPersonal(props: StoredProps, keys: ReadableKeys): ReadonlyMap<string, PersonalValue> {
  const id = props.id as string;
  return new Map([
    ...sealedMembers(props).map(({ path, kid, sealed }): [string, PersonalValue] => {
      const key = keys.get(kid);
      if (key === undefined) return [path, { state: 'KEY_LOST' }];
      if (key === 'DESTROYED') return [path, { state: 'ERASED' }];
      if (key === 'RESTRICTED') return [path, { state: 'WITHHELD' }];
      return [path, { state: 'OPEN', value: JSON.parse(unseal(key, { id, path, kid }, sealed)) as Json }];
    }),
    ...erasedPlaces(props).map(({ path }): [string, PersonalValue] => [path, { state: 'ERASED' }]),
  ]);
}

function triples(text: unknown): readonly (readonly [string, string, string])[] {
  return typeof text === 'string' ? (JSON.parse(text) as [string, string, string][]) : [];
}

/** Reading back what a node keeps: its open values, and its sealed ones with the keys of their subjects. */
import type { Json } from '../domain/json.js';
import type { KeyReader, ReadableKeys } from './keys/key-store.js';
import { openGroup, sealedGroups } from './sealed-values.js';

/** A node of the graph with the properties that the writer gave it. */
export type StoredProps = Readonly<Record<string, unknown>>;

/** A personal value: readable, gone with its key, or unreadable because the key store lacks a key that nobody erased. */
export type PersonalValue =
  | { readonly state: 'OPEN'; readonly value: Json }
  | { readonly state: 'ERASED' }
  /** Kept only because of a duty, and not for this reader. */
  | { readonly state: 'WITHHELD' }
  | { readonly state: 'KEY_LOST' };

/** A sealed value: where it belongs, and the key that opens it. */
export interface SealedPlace {
  readonly path: string;
  readonly kid: string;
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
  return sealedPlaces(props).map(({ path }) => path);
}

/** A node's sealed values, without opening any. */
export function sealedPlaces(props: { readonly sealed?: unknown }): readonly SealedPlace[] {
  return sealedGroups(props).flatMap(({ paths, kid }) => paths.map((path) => ({ path, kid })));
}

/** What was erased on a node: its property `erased` has `[path, kid, digest]` triples. */
export function erasedPlaces({ erased }: { readonly erased?: unknown }): readonly ErasedPlace[] {
  if (typeof erased !== 'string') return [];
  const triples = JSON.parse(erased) as (readonly [string, string, string])[];
  return triples.map(([path, kid, digest]) => (digest === '' ? { path, kid } : { path, kid, digest }));
}

/** The property that keeps these places; null where there are none. */
export function toErased(places: readonly ErasedPlace[]): string | null {
  const triples = places.map(({ path, kid, digest = '' }) => [path, kid, digest]);
  return triples.length === 0 ? null : JSON.stringify(triples);
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
  return [...new Set([...nodes].flatMap((props) => sealedGroups(props).map(({ kid }) => kid)))];
}

/** The names of the keys that a node's values at some paths are sealed under. */
export function kidsOfPaths(props: { readonly sealed?: unknown }, paths: ReadonlySet<string>): Set<string> {
  const there = sealedPlaces(props).filter(({ path }) => paths.has(path));
  return new Set(there.map(({ kid }) => kid));
}

/** The same as {@link personalValues}, with keys that were looked up for many nodes at once. */
export function openPersonal(props: StoredProps, keys: ReadableKeys): ReadonlyMap<string, PersonalValue> {
  const id = props.id as string;
  return new Map([
    ...sealedGroups(props).flatMap((group): (readonly [string, PersonalValue])[] => {
      const key = keys.get(group.kid);
      const withState = (state: 'KEY_LOST' | 'ERASED' | 'WITHHELD'): (readonly [string, PersonalValue])[] =>
        group.paths.map((path) => [path, { state }]);
      if (key === undefined) return withState('KEY_LOST');
      if (key === 'DESTROYED') return withState('ERASED');
      if (key === 'RESTRICTED') return withState('WITHHELD');
      return openGroup(key, id, group).map(({ path, json }) => [
        path,
        { state: 'OPEN', value: JSON.parse(json) as Json },
      ]);
    }),
    ...erasedPlaces(props).map(({ path }): [string, PersonalValue] => [path, { state: 'ERASED' }]),
  ]);
}

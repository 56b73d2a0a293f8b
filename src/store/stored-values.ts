/** Reading back what a node keeps: its open values, and its sealed ones with the keys of their subjects. */
import { unseal } from '../ledger/sealing.js';
import type { Json } from '../domain/json.js';
import type { KeyStore } from './keys/key-store.js';

/** A node of the graph with the properties that the writer gave it. */
export type StoredProps = Readonly<Record<string, unknown>>;

/** A personal value: readable, or gone with its key. */
export type PersonalValue = { readonly state: 'OPEN'; readonly value: Json } | { readonly state: 'ERASED' };

/** The open values of a node by disclosure path: `value/rowCount` → 2381. */
export function openValues(props: StoredProps): ReadonlyMap<string, Json> {
  const text = props.values;
  return new Map(typeof text === 'string' ? Object.entries(JSON.parse(text) as Record<string, Json>) : []);
}

/** The paths of a node's sealed values, without opening any. */
export function sealedPaths(props: StoredProps): readonly string[] {
  return sealedTriples(props).map(([path]) => path);
}

/** Opens the sealed values of a node. Whoever calls this has decided that the reader may see personal values. */
export function personalValues(
  props: StoredProps,
  keyStore: Pick<KeyStore, 'keyOf'>,
): ReadonlyMap<string, PersonalValue> {
  const id = props.id as string;
  return new Map(
    sealedTriples(props).map(([path, kid, sealed]): [string, PersonalValue] => {
      const key = keyStore.keyOf(kid);
      if (!key) return [path, { state: 'ERASED' }];
      return [path, { state: 'OPEN', value: JSON.parse(unseal(key, { id, path, kid }, sealed)) as Json }];
    }),
  );
}

function sealedTriples(
  props: StoredProps,
): readonly (readonly [path: string, kid: string, sealed: string])[] {
  return typeof props.sealed === 'string' ? (JSON.parse(props.sealed) as [string, string, string][]) : [];
}

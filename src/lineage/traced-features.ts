/** The feature values of a decision, each with the definition that its model used. */
import type { FeatureValue } from '../domain/declaration.js';
import type { Json } from '../domain/json.js';
import { parseUrn } from '../domain/urn.js';
import type { StoredEdge } from '../store/lineage-reader.js';

/** A value as this reader sees it, by disclosure path. */
export type ReadValue =
  | { readonly state: 'OPEN'; readonly value: Json }
  /** Less than was declared, by the redaction profile of a grant: the server's word, which no entry commits to. */
  | { readonly state: 'MASKED'; readonly value: Json }
  | { readonly state: 'WITHHELD' }
  | { readonly state: 'ERASED' }
  /** Its key is not in the key store, and nobody erased it: the operator has to act. */
  | { readonly state: 'KEY_LOST' };

/** Whether a value can be read; `MISSING` where none was declared. */
export type ReadState = ReadValue['state'] | 'MISSING';

export type Values = ReadonlyMap<string, ReadValue>;

export interface TracedFeature {
  readonly name: string;
  readonly state: ReadState;
  readonly feature?: FeatureValue;
  /** Id of the definition; undefined if the model names none. */
  readonly definition?: string;
}

const FEATURE_PATH = 'value/features/';

/**
 * Values and definitions joined by name: a USES edge's `input`, or else the definition's own name.
 * Sorted by the size of the contribution where it is known, then by name.
 */
export function featureValues(values: Values, uses: readonly StoredEdge[]): TracedFeature[] {
  const definitions = new Map(uses.map((edge) => [inputOf(edge), edge.to]));
  const found = new Map(
    [...values]
      .filter(([path]) => path.startsWith(FEATURE_PATH))
      .map(([path, value]) => [path.slice(FEATURE_PATH.length), value] as const),
  );
  const names = new Set([...found.keys(), ...definitions.keys()]);
  const features = [...names].map((name) => toFeature(name, found.get(name), definitions.get(name)));
  return features.sort((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1));
}

function inputOf({ props, to }: StoredEdge): string {
  return typeof props.input === 'string' ? props.input : parseUrn(to).name;
}

function toFeature(
  name: string,
  value: ReadValue | undefined,
  definition: string | undefined,
): TracedFeature {
  return {
    name,
    state: value?.state ?? 'MISSING',
    ...(value && 'value' in value ? { feature: value.value as unknown as FeatureValue } : {}),
    ...(definition === undefined ? {} : { definition }),
  };
}

function weight({ feature }: TracedFeature): number {
  return Math.abs(feature?.contribution ?? 0);
}

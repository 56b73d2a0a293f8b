/** Ids of artifacts, `kind:namespace/name@version` with percent-encoded parts, for people. */
import type { Kind } from '../graphql/operations.gen.js';

export interface ParsedId {
  readonly kind: Kind | undefined;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  dataset: 'Dataset',
  transform: 'Transform',
  featuredef: 'FeatureDef',
  model: 'Model',
  prediction: 'Prediction',
};

/** How each kind is called on the pages: one, and several. */
export const KIND_WORDS: Readonly<Record<Kind, readonly [string, string]>> = {
  Dataset: ['data set', 'data sets'],
  Transform: ['run', 'runs'],
  FeatureDef: ['feature', 'features'],
  Model: ['model', 'models'],
  Prediction: ['decision', 'decisions'],
};

export const ALL_KINDS = Object.keys(KIND_WORDS) as readonly Kind[];

/** The parts of an id; a text that is none is a name. */
export function parseId(id: string): ParsedId {
  const [, kind = '', namespace = '', name = '', version = ''] =
    /^([a-z]+):([^/@]*)\/([^/@]*)@(.*)$/.exec(id) ?? [];
  if (KINDS[kind] === undefined) return { kind: undefined, namespace: '', name: id, version: '' };
  return { kind: KINDS[kind], namespace: plain(namespace), name: plain(name), version: plain(version) };
}

/** Whether a text is the id of an artifact. */
export function isId(text: string): boolean {
  return parseId(text).kind !== undefined;
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Ids: `kind:namespace/name@version`, with exactly one spelling each (docs/entry-format.md, Identifiers).
 */
import { PedigreeError, required } from './errors.js';
import { ENTRY_KINDS, type EntryKind } from './kinds.js';

/** An id taken apart. The parts are decoded and in Unicode normal form C. */
export interface Urn {
  readonly kind: EntryKind;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

/** Longest id, in bytes of its percent-encoded form. */
export const MAX_URN_BYTES = 2048;

const KIND_OF_PREFIX = new Map<string, EntryKind>(ENTRY_KINDS.map((kind) => [kind.toLowerCase(), kind]));
const SHAPE = /^([a-z]+):([^/@:]+)\/([^/@:]+)@([^/@:]+)$/;
const UNRESERVED = /^[A-Za-z0-9\-._~]+$/;

/**
 * The id of these parts.
 *
 * @example formatUrn({ kind: 'Dataset', namespace: 's3://lake', name: 'loans', version: 'v1' })
 *          // "dataset:s3%3A%2F%2Flake/loans@v1"
 */
export function formatUrn({ kind, namespace, name, version }: Urn): string {
  const urn = `${kind.toLowerCase()}:${encodePart(namespace)}/${encodePart(name)}@${encodePart(version)}`;
  if (urn.length > MAX_URN_BYTES) {
    throw new PedigreeError(
      'BAD_URN',
      required(`an id must have at most ${String(MAX_URN_BYTES)} bytes`, urn.length),
    );
  }
  return urn;
}

/** Ids taken apart lately: what a stream of decisions names is the same few models and data sets over and over. */
const PARSED = new Map<string, Urn>();
const MAX_PARSED = 1_000;

/** The same as {@link parseUrn}, for ids that come again and again: those of an edge's end. */
export function parseKnownUrn(text: unknown): Urn {
  const known = typeof text === 'string' ? PARSED.get(text) : undefined;
  if (known) return known;
  const urn = parseUrn(text);
  if (PARSED.size >= MAX_PARSED) PARSED.clear();
  PARSED.set(text as string, urn);
  return urn;
}

/** Takes an id apart; refuses every spelling but the one that `formatUrn` gives, with `BAD_URN`. */
export function parseUrn(text: unknown): Urn {
  const match = typeof text === 'string' && text.length <= MAX_URN_BYTES ? SHAPE.exec(text) : null;
  if (!match) throw badUrn(text);
  const [, prefix, namespace, name, version] = match as unknown as [string, string, string, string, string];
  const kind = KIND_OF_PREFIX.get(prefix);
  if (!kind) {
    const kinds = [...KIND_OF_PREFIX.keys()].join(', ');
    throw new PedigreeError('UNKNOWN_KIND', required(`an id must begin with one of ${kinds}`, prefix));
  }
  return {
    kind,
    namespace: decodePart(namespace, text),
    name: decodePart(name, text),
    version: decodePart(version, text),
  };
}

/** True if this is the id of an artifact of that kind. */
export function isUrnOf(kind: EntryKind, text: string): boolean {
  try {
    return parseUrn(text).kind === kind;
  } catch {
    return false;
  }
}

/** The kind that an id's prefix names, without checking the rest. For ids that were parsed before. */
export function kindOfUrn(urn: string): EntryKind {
  const kind = KIND_OF_PREFIX.get(urn.slice(0, urn.indexOf(':')));
  if (!kind) throw badUrn(urn);
  return kind;
}

/** Percent-encodes one part: every byte except the unreserved characters of RFC 3986 §2.3, after NFC. */
export function encodePart(part: string): string {
  if (UNRESERVED.test(part)) return part;
  if (part === '' || !part.isWellFormed()) {
    throw new PedigreeError(
      'BAD_URN',
      required('each part of an id must be non-empty, well-formed text', part),
    );
  }
  return encodeURIComponent(part.normalize('NFC')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decodePart(part: string, whole: unknown): string {
  if (UNRESERVED.test(part)) return part;
  let decoded: string;
  try {
    decoded = decodeURIComponent(part);
  } catch {
    throw badUrn(whole);
  }
  if (encodePart(decoded) !== part) {
    throw new PedigreeError(
      'BAD_URN',
      required(
        `an id has one spelling only (NFC, upper-case percent-encoding of all but A-Z a-z 0-9 - . _ ~); write "${encodePart(decoded)}"`,
        part,
      ),
      { got: whole },
    );
  }
  return decoded;
}

function badUrn(text: unknown): PedigreeError {
  return new PedigreeError(
    'BAD_URN',
    required(
      `an id must be "kind:namespace/name@version" with percent-encoded parts and at most ${String(MAX_URN_BYTES)} bytes`,
      text,
    ),
  );
}

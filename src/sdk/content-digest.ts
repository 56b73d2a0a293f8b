/** Digests in the form in which declarations state them: `sha256:` and 64 lower-case hex digits. */
import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import { canonicalJson, type Json } from '../domain/json.js';

type Chunks = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * The digest of a file (by path or file URL) or of a stream of bytes, read piece by piece. A string is a path: text is
 * given as a list of pieces.
 *
 * @example await contentDigestOf('loans.csv')   // "sha256:9f86d0…"
 */
export async function contentDigestOf(source: string | URL | Chunks): Promise<string> {
  const digest = createHash('sha256');
  const chunks: Chunks =
    typeof source === 'string' || source instanceof URL
      ? (createReadStream(source) as AsyncIterable<Uint8Array>)
      : source;
  for await (const chunk of chunks) digest.update(chunk);
  return `sha256:${digest.digest('hex')}`;
}

/** The digest of a JSON value's canonical form (RFC 8785): of a model's weights, a configuration, a contract. */
export function jsonDigestOf(value: Json): string {
  return `sha256:${sha256Hex(canonicalJson(value))}`;
}

export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

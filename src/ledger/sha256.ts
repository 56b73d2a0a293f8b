/**
 * SHA-256: the platform's own where this runs in Node, which takes a tenth of the time, and the library's in browsers, where
 * there is nothing else that answers at once. A test holds both to the same bytes, and the browser's bundle to the same verdicts.
 */
import { sha256 as inJavaScript } from '@noble/hashes/sha2.js';

/** What is used of Node; its own types are not there where this is built for browsers. */
interface NodeProcess {
  getBuiltinModule(name: 'node:crypto'): {
    hash(algorithm: 'sha256', data: Uint8Array, encoding: 'buffer'): Uint8Array;
  };
}

type Sha256 = (input: Uint8Array) => Uint8Array;

export const sha256: Sha256 = ofPlatform() ?? inJavaScript;

/** Asked of the process and not imported, so that a browser's bundle imports nothing. */
function ofPlatform(): Sha256 | undefined {
  const { process } = globalThis as { readonly process?: NodeProcess };
  const crypto = process?.getBuiltinModule('node:crypto');
  // A copy, so that nobody gets a Buffer where bytes are promised.
  return crypto && ((input) => new Uint8Array(crypto.hash('sha256', input, 'buffer')));
}

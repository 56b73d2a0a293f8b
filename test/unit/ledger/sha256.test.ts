/** The hash of Node and that of browsers are one: what a server signs is what a page verifies. */
import { sha256 as inJavaScript } from '@noble/hashes/sha2.js';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { sha256 } from '../../../src/ledger/sha256.js';

test('gives the bytes of the library that browsers use, and no Buffer', () => {
  expect(sha256).not.toBe(inJavaScript);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
      const hash = sha256(input);
      expect(Buffer.from(hash).toString('hex')).toBe(Buffer.from(inJavaScript(input)).toString('hex'));
      expect(Buffer.isBuffer(hash)).toBe(false);
    }),
    { seed: 17 },
  );
});

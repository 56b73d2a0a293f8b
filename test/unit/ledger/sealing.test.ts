import { randomBytes } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { canonicalJson } from '../../../src/domain/json.js';
import { seal, unseal, type SealContext } from '../../../src/ledger/sealing.js';
import { anyJson, anyText } from '../../support/arbitrary-json.js';

const KEY = randomBytes(32);
const CONTEXT: SealContext = { id: 'prediction:a/b@1', path: 'value/notes', kid: 'k1' };

test('a sealed value opens where it belongs, and nothing of it shows', () => {
  const context = fc.record({ id: anyText, path: anyText, kid: anyText });
  fc.assert(
    fc.property(anyJson, context, (value, place) => {
      const json = canonicalJson(value);
      const sealed = seal(KEY, place, json);
      expect(unseal(KEY, place, sealed)).toBe(json);
      expect(seal(KEY, place, json)).not.toBe(sealed);
      expect(Buffer.from(sealed, 'base64url')).toHaveLength(12 + Buffer.byteLength(json) + 16);
    }),
  );
});

describe('a sealed value does not open', () => {
  const sealed = seal(KEY, CONTEXT, '"called back"');

  test.each<[string, SealContext]>([
    ['in another declaration', { ...CONTEXT, id: 'prediction:a/b@2' }],
    ['at another path', { ...CONTEXT, path: 'value/outcome' }],
    ['under another key’s name', { ...CONTEXT, kid: 'k2' }],
  ])('%s', (_where, context) => {
    expect(() => unseal(KEY, context, sealed)).toThrow();
  });

  test('under another key', () => {
    expect(() => unseal(randomBytes(32), CONTEXT, sealed)).toThrow();
  });

  test('with any bit changed, or any part of it missing', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1 << (i % 8);
      expect(() => unseal(KEY, CONTEXT, changed.toString('base64url'))).toThrow();
      expect(() => unseal(KEY, CONTEXT, bytes.subarray(0, i).toString('base64url'))).toThrow();
    }
  });
});

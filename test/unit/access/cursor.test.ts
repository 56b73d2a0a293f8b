import { randomBytes } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { CursorSealer, type CursorScope } from '../../../src/access/cursor.js';
import { anyJson, anyText } from '../../support/arbitrary-json.js';
import { failureOf } from '../../support/failure.js';

const sealer = new CursorSealer(randomBytes(32));
const SCOPE: CursorScope = { reader: 'alice', question: { of: 'model:a/b@1', depth: 3 } };
const CONTENT = { asOf: 17, position: [3, 41] };
const BAD_CURSOR = {
  code: 'BAD_CURSOR',
  message: '"after" must be the endCursor of an earlier page of the same question, asked by the same reader',
};

test('opens for the same reader and the same question, to what was sealed', () => {
  const content = fc.record({
    asOf: fc.maxSafeNat(),
    position: fc.array(fc.maxSafeInteger(), { maxLength: 4 }),
  });
  const scope = fc.record({ reader: anyText, question: anyJson });
  fc.assert(
    fc.property(content, scope, (sealed, of) => {
      const normal = { asOf: sealed.asOf, position: sealed.position.map((x) => x + 0) };
      expect(sealer.open(sealer.seal(normal, of), of)).toEqual(normal);
    }),
  );
});

describe('refuses', () => {
  const cursor = sealer.seal(CONTENT, SCOPE);

  test.each<[string, CursorScope]>([
    ['another reader', { ...SCOPE, reader: 'bob' }],
    ['another question', { ...SCOPE, question: { of: 'model:a/b@1', depth: 4 } }],
    ['a question that only reads alike', { reader: 'ali', question: ['ce', SCOPE.question] }],
  ])('%s', (_what, scope) => {
    expect(failureOf(() => sealer.open(cursor, scope))).toMatchObject(BAD_CURSOR);
  });

  test('a cursor of another server’s key', () => {
    const other = new CursorSealer(randomBytes(32));
    expect(failureOf(() => other.open(cursor, SCOPE))).toMatchObject(BAD_CURSOR);
  });

  test('a cursor with any bit changed, and any piece of it', () => {
    const bytes = Buffer.from(cursor, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1 << (i % 8);
      expect(failureOf(() => sealer.open(changed.toString('base64url'), SCOPE))).toMatchObject(BAD_CURSOR);
      const piece = bytes.subarray(0, i).toString('base64url');
      expect(failureOf(() => sealer.open(piece, SCOPE))).toMatchObject(BAD_CURSOR);
    }
  });

  test.each(['', 'x', '0', '3,41', 'ÿ'.repeat(60), 'A'.repeat(80), 'A'.repeat(10_000)])('%j', (made) => {
    expect(failureOf(() => sealer.open(made, SCOPE))).toMatchObject(BAD_CURSOR);
  });
});

test('says nothing: two cursors of one place have no more in common than any two', () => {
  expect(sealer.seal(CONTENT, SCOPE)).not.toBe(sealer.seal(CONTENT, SCOPE));
});

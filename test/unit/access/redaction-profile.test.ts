import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
  applyMask,
  checkProfile,
  maskFor,
  profileDigest,
  type Mask,
  type RedactionProfile,
} from '../../../src/access/redaction-profile.js';
import type { Json } from '../../../src/domain/json.js';

const PARTIAL: Mask = { mask: 'PARTIAL', first: 2, last: 1 };
const TENS: Mask = { mask: 'RANGE', width: 10, origin: 5 };
const YEAR: Mask = { mask: 'LEVEL', separator: '-', levels: 1 };

test.each<[Mask, Json, Json | undefined]>([
  [{ mask: 'KEEP' }, { a: 1 }, { a: 1 }],
  [{ mask: 'DROP' }, 'x', undefined],
  [PARTIAL, 'Amsterdam', 'Am***m'],
  [PARTIAL, 'abc', '***'],
  [{ mask: 'PARTIAL', first: 1, last: 0 }, 'abc', 'a***'],
  [PARTIAL, '😀😃😄😁', '😀😃***😁'],
  [PARTIAL, 12, undefined],
  [TENS, 34.5, '[25, 35)'],
  [TENS, 35, '[35, 45)'],
  [TENS, -1, '[-5, 5)'],
  [TENS, '34', undefined],
  [YEAR, '1984-05-03', '1984'],
  [YEAR, '1984', '1984'],
  [{ mask: 'LEVEL', separator: '.', levels: 2 }, 'E11.9.3', 'E11.9'],
  [YEAR, true, undefined],
])('%j of %j is %j', (mask, value, expected) => {
  const masked = applyMask(mask, value);
  if (expected === undefined) expect(masked).toEqual({ state: 'WITHHELD' });
  else expect(masked).toEqual({ state: mask.mask === 'KEEP' ? 'OPEN' : 'MASKED', value: expected });
});

test('a masked text tells nothing of what lies between, not even how long it is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string({ minLength: 4 }), (a, b) => {
      const [one, two] = [a, b].map((middle) => applyMask(PARTIAL, `xy${middle}z`));
      expect(one).toEqual(two);
    }),
    { seed: 7 },
  );
});

describe('rules', () => {
  const profile: RedactionProfile = {
    name: 'p',
    rules: [
      { mask: 'KEEP', classifications: ['PERSONAL'], names: ['age'] },
      { mask: 'DROP', classifications: ['PERSONAL', 'SPECIAL'] },
      { mask: 'KEEP', classifications: ['PUBLIC'] },
    ],
  };

  test('the first that fits is taken, what is not classified counts as special, and what no rule is about is dropped', () => {
    const masks = (
      [
        ['age', 'PERSONAL'],
        ['income', 'PERSONAL'],
        ['age', undefined],
        ['x', 'PUBLIC'],
        ['x', 'INTERNAL'],
      ] as const
    ).map(([name, classification]) => maskFor(profile, { name, classification }).mask);
    expect(masks).toEqual(['KEEP', 'DROP', 'DROP', 'KEEP', 'DROP']);
  });

  test('the digest is of the canonical text', () => {
    expect(profileDigest(profile)).toMatch(/^[0-9a-f]{64}$/);
    expect(profileDigest({ rules: profile.rules, name: 'p' })).toBe(profileDigest(profile));
    expect(profileDigest({ ...profile, rules: profile.rules.slice(1) })).not.toBe(profileDigest(profile));
  });

  test.each<[string, RedactionProfile]>([
    ['name', { ...profile, name: 'Not This' }],
    ['1 to 100 rules', { ...profile, rules: [] }],
    ['rules[0] must name a classification', { ...profile, rules: [{ mask: 'KEEP', classifications: [] }] }],
    [
      'rules[0]: width',
      { ...profile, rules: [{ mask: 'RANGE', width: 0, origin: 0, classifications: ['PUBLIC'] }] },
    ],
    [
      'rules[0]: first',
      { ...profile, rules: [{ mask: 'PARTIAL', first: -1, last: 0, classifications: ['PUBLIC'] }] },
    ],
    [
      'rules[0]: separator',
      { ...profile, rules: [{ mask: 'LEVEL', separator: '', levels: 1, classifications: ['PUBLIC'] }] },
    ],
  ])('refuses a profile for its %s', (message, bad) => {
    expect(() => {
      checkProfile(bad);
    }).toThrow(message);
  });
});

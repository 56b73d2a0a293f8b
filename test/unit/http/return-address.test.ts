import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { PAGES, parseReturnAddress } from '../../../src/http/return-address.js';
import { failureOf } from '../../support/failure.js';

const HOME = 'https://pedigree.example';

test.each([
  ['/', '/'],
  ['/decision?id=prediction%3Aa%2Fb%401&at=7', '/decision?id=prediction%3Aa%2Fb%401&at=7'],
  ['/explore?of="><script>', '/explore?of=%22%3E%3Cscript%3E'],
  ['/impact/../explore#x', '/explore'],
])('%s leads to %s', (text, to) => {
  expect(parseReturnAddress(text)).toBe(to);
});

test.each([
  '//evil.example/',
  '/\\evil.example',
  '/.//evil.example',
  '/\t/evil.example',
  'https:evil',
  'http://[',
  '/v1/export',
])('%j leads nowhere', (text) => {
  const message = `"to" must be the path of a page of this server, but got: ${JSON.stringify(text)}`;
  expect(failureOf(() => parseReturnAddress(text))).toMatchObject({ code: 'BAD_INPUT', message });
});

/** Pieces that addresses are taken apart at, in any order. */
const piece = fc.constantFrom(
  '/',
  '\\',
  '.',
  '..',
  ':',
  '@',
  '?',
  '#',
  '%2f',
  '\t',
  '\n',
  ' ',
  'http',
  'evil.example',
  '"',
);
const anything = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(piece, fc.constantFrom(...PAGES))).map((parts) => parts.join('')),
);

test('whatever is asked for, a browser that follows it stays on a page of this server', () => {
  fc.assert(
    fc.property(anything, (text) => {
      if (failureOf(() => parseReturnAddress(text)) !== undefined) return;
      const { origin, pathname } = new URL(parseReturnAddress(text), `${HOME}/sign-in/oidc/callback`);
      expect([origin, PAGES.includes(pathname)]).toEqual([HOME, true]);
    }),
    { seed: 8, numRuns: 5_000 },
  );
});

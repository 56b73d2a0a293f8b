import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { isPedigreeError } from '../../../src/domain/errors.js';
import { ENTRY_KINDS } from '../../../src/domain/kinds.js';
import {
  encodePart,
  formatUrn,
  isUrnOf,
  kindOfUrn,
  MAX_URN_BYTES,
  parseUrn,
  type Urn,
} from '../../../src/domain/urn.js';
import { failureOf } from '../../support/failure.js';

const part = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('%', '/', '@', ':', 'A', 'é', '~', '*') }),
  )
  .filter((text) => text !== '' && encodePart(text).length < 600);

const anyUrn: fc.Arbitrary<Urn> = fc.record({
  kind: fc.constantFrom(...ENTRY_KINDS),
  namespace: part,
  name: part,
  version: part,
});

describe('one spelling for each id', () => {
  test('parsing what was formatted gives the parts back, in NFC', () => {
    fc.assert(
      fc.property(anyUrn, (urn) => {
        const { kind, namespace, name, version } = urn;
        const nfc = (text: string): string => text.normalize('NFC');
        const id = formatUrn(urn);
        expect(parseUrn(id)).toEqual({
          kind,
          namespace: nfc(namespace),
          name: nfc(name),
          version: nfc(version),
        });
        expect(formatUrn(parseUrn(id))).toBe(id);
        expect(kindOfUrn(id)).toBe(kind);
        expect(ENTRY_KINDS.filter((other) => isUrnOf(other, id))).toEqual([kind]);
      }),
    );
  });

  test('different parts give different ids', () => {
    fc.assert(
      fc.property(anyUrn, anyUrn, (a, b) => {
        const same = JSON.stringify(parseUrn(formatUrn(a))) === JSON.stringify(parseUrn(formatUrn(b)));
        expect(formatUrn(a) === formatUrn(b)).toBe(same);
      }),
    );
  });

  test('whatever is parsed is the one spelling; every other text is refused', () => {
    const mutated = fc
      .tuple(
        anyUrn.map(formatUrn),
        fc.nat(),
        fc.constantFrom('', '%41', '%2f', '%', ' ', 'A', '/', '@', ':', '\n', 'é'),
      )
      .map(([id, at, insert]) => id.slice(0, at % id.length) + insert + id.slice((at % id.length) + 1));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' })), (text) => {
        try {
          expect(formatUrn(parseUrn(text))).toBe(text);
        } catch (error) {
          if (!isPedigreeError(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

const SHAPE =
  'an id must be "kind:namespace/name@version" with percent-encoded parts and at most 2048 bytes, but got: ';
const SPELLING = (right: string): string =>
  `an id has one spelling only (NFC, upper-case percent-encoding of all but A-Z a-z 0-9 - . _ ~); write "${right}", but got: `;

test.each([
  ['loans', 'BAD_URN', `${SHAPE}"loans"`],
  ['dataset:a/b', 'BAD_URN', `${SHAPE}"dataset:a/b"`],
  ['dataset:/b@1', 'BAD_URN', `${SHAPE}"dataset:/b@1"`],
  ['dataset:a:b/c@1', 'BAD_URN', `${SHAPE}"dataset:a:b/c@1"`],
  ['dataset:%FF/b@1', 'BAD_URN', `${SHAPE}"dataset:%FF/b@1"`],
  [`dataset:${'a'.repeat(2048)}/b@1`, 'BAD_URN', `${SHAPE}"dataset:${'a'.repeat(68)}…`],
  [17, 'BAD_URN', `${SHAPE}17`],
  [undefined, 'BAD_URN', `${SHAPE}undefined`],
  [
    'run:a/b@1',
    'UNKNOWN_KIND',
    'an id must begin with one of dataset, transform, featuredef, model, prediction, attestation, but got: "run"',
  ],
  ['dataset:a b/c@1', 'BAD_URN', `${SPELLING('a%20b')}"a b"`],
  ['dataset:a%2fb/c@1', 'BAD_URN', `${SPELLING('a%2Fb')}"a%2fb"`],
  ['dataset:%61/b@1', 'BAD_URN', `${SPELLING('a')}"%61"`],
  ['dataset:cafe%CC%81/b@1', 'BAD_URN', `${SPELLING('caf%C3%A9')}"cafe%CC%81"`],
])('refuses %p as %s', (id, code, message) => {
  expect(failureOf(() => parseUrn(id))).toMatchObject({ code, message });
});

test.each([
  ['', 'each part of an id must be non-empty, well-formed text, but got: ""'],
  ['\ud800', String.raw`each part of an id must be non-empty, well-formed text, but got: "\ud800"`],
  ['x'.repeat(MAX_URN_BYTES), `an id must have at most ${MAX_URN_BYTES} bytes, but got: 2060`],
])('formats no id from %p', (name, message) => {
  const urn: Urn = { kind: 'Dataset', namespace: 'a', name, version: '1' };
  expect(failureOf(() => formatUrn(urn))).toMatchObject({ code: 'BAD_URN', message });
});

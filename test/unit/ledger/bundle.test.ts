import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { BUNDLE_SIZE, packBundles, unpackLeaves } from '../../../src/ledger/bundle.js';
import { failureOf } from '../../support/failure.js';

const anyLeaves = fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 700 });

test('bundles hold every leaf in order and never cross a multiple of 256', () => {
  fc.assert(
    fc.property(fc.nat(100_000), anyLeaves, (start, leaves) => {
      const bundles = packBundles(start, leaves);
      let next = start;
      for (const bundle of bundles) {
        expect(bundle.start).toBe(next);
        expect(bundle.count).toBeGreaterThan(0);
        expect(Math.floor(bundle.start / BUNDLE_SIZE)).toBe(
          Math.floor((bundle.start + bundle.count - 1) / BUNDLE_SIZE),
        );
        next += bundle.count;
      }
      const unpacked = bundles.flatMap(({ bytes }) => unpackLeaves(bytes));
      expect(unpacked.map((leaf) => leaf.toString('hex'))).toEqual(
        leaves.map((leaf) => Buffer.from(leaf).toString('hex')),
      );
      // What the log serves is the concatenation of one multiple's bundles.
      expect(unpackLeaves(Buffer.concat(bundles.map(({ bytes }) => bytes)))).toEqual(unpacked);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['in a leaf', '0003ffff', 0],
  ['in a length', '0001ff00', 3],
])('a bundle that is cut short %s is refused', (_where, hex, offset) => {
  expect(failureOf(() => unpackLeaves(Buffer.from(hex, 'hex')))).toMatchObject({
    code: 'INTERNAL',
    message: `an entry bundle is cut short at byte ${offset}`,
  });
});

/** That a log only grew, as the API proves it: the vectors of the transparency-dev project, in base64. */
import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { verifyGrowth } from '../../../src/verify/index.js';
import { failureOf } from '../../support/failure.js';
import { sharedPath } from '../../support/shared.js';

interface Vector {
  readonly case: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const vectors = JSON.parse(readFileSync(sharedPath('vectors/consistency.json'), 'utf8')) as Vector[];

test('98 of consistency: 6 verify, 92 are refused', () => {
  expect(vectors).toHaveLength(98);
  for (const { wantErr, proof, size1, size2, root1, root2, ...vector } of vectors) {
    const growth = { from: size1, fromRoot: root1, to: size2, toRoot: root2, hashes: proof ?? [] };
    const failure = failureOf(() => verifyGrowth(growth));
    expect({ case: vector.case, failure }).toMatchObject({
      case: vector.case,
      failure: wantErr ? { code: 'BAD_PROOF' } : undefined,
    });
  }
});

test('what is no base64 is refused by name', () => {
  const growth = { from: 1, fromRoot: 'AAAA', to: 2, toRoot: 'AAAA', hashes: ['not base64!'] };
  expect(failureOf(() => verifyGrowth(growth))).toMatchObject({
    code: 'BAD_PROOF',
    message: 'hash 0 of the proof must be base64, but got: "not base64!"',
  });
});

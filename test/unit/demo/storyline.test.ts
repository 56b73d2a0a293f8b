import { expect, test } from '@jest/globals';

import { renderStoryline, type Trace } from '../../../demo/index.js';
import { alignCells, renderTree } from '../../../demo/storyline/text-tree.js';

const COMMIT = '9fceb02d0ae598e95dc970b74767f19372d61af8';

const TRACE: Trace = {
  asOf: '4700',
  prediction: {
    id: 'prediction:mortgage/decision@9',
    decidedAt: '2026-03-16T09:00:08.000Z',
    outcome: 'DENY',
    score: 0.9151381,
    mode: 'BACKFILL',
    endpoint: 'mortgage/decide',
    preprocessing: { repository: 'pedigree', commit: COMMIT, path: 'demo/steps/compute-features.ts' },
    baseValue: -2.3756,
    explanation: 'Denied. Principal reasons, strongest first: dmi = 1.',
  },
  model: {
    id: 'model:mortgage/denial-risk@1',
    artifact: {
      fields: { architecture: 'Logistic regression', framework: 'ml-matrix 6', weightsDigest: 'sha256:ab' },
    },
    trainedOn: [{ id: 'dataset:mortgage/train@1', fields: { rowCount: 1791 } }],
    evaluatedOn: [],
  },
  features: [
    {
      name: 'dmi',
      state: 'OPEN',
      value: 1,
      contribution: 4.7551,
      definition: {
        id: 'featuredef:mortgage/dmi@1',
        fields: { expression: "dmi === 'yes' ? 1 : 0", owner: 'Credit risk', code: { commit: COMMIT } },
      },
    },
    { name: 'lvr', state: 'ERASED', value: null, contribution: null, definition: null },
  ],
  rows: [
    {
      dataset: 'dataset:mortgage/clean@1',
      key: [9],
      from: null,
      exact: true,
      ends: null,
      location: null,
      contentDigest: null,
    },
    {
      dataset: 'dataset:mortgage/raw@1',
      key: [9],
      from: 'dataset:mortgage/clean@1',
      exact: true,
      ends: 'SOURCE',
      location: 'demo/data/boston-hmda.csv',
      contentDigest: 'sha256:8cea35def75b658a54e0',
    },
  ],
  steps: [
    {
      id: 'transform:mortgage/clean@1',
      job: 'clean',
      code: { repository: 'pedigree', commit: COMMIT, path: 'demo/steps/clean.ts' },
      state: 'COMPLETED',
      endedAt: '2026-01-05T09:05:00.000Z',
    },
    { id: 'transform:mortgage/other@1', job: 'other', code: null, state: null, endedAt: null },
  ],
  attestations: [
    {
      attestation: {
        type: 'CONTRACT_CHECK',
        occurredAt: '2026-01-05T08:05:00.000Z',
        fields: {
          contract: 'applications',
          passed: false,
          rowsChecked: 2381,
          checks: [
            { column: 'ccs', rule: 'an integer from 1 to 6', passed: false, failed: 1, samples: [[2381]] },
          ],
        },
      },
      about: ['dataset:mortgage/raw@1'],
    },
    {
      attestation: {
        type: 'SUPPLEMENTS',
        occurredAt: '2026-01-05T09:05:00.000Z',
        fields: { state: 'COMPLETED' },
      },
      about: ['transform:mortgage/clean@1'],
    },
  ],
  completeness: {
    complete: false,
    checked: 30,
    missing: [{ artifact: 'transform:mortgage/other@1', message: 'the run names no code commit' }],
  },
};

test('a storyline is one tree from the outcome to the raw row and the verdict', () => {
  expect(renderStoryline(TRACE)).toBe(
    `
DENY, probability of denial 0.9151  (prediction:mortgage/decision@9)
├─ decided 2026-03-16T09:00:08.000Z at mortgage/decide, mode BACKFILL
│  ├─ preprocessed by demo/steps/compute-features.ts @ 9fceb02d0a of pedigree
│  └─ Denied. Principal reasons, strongest first: dmi = 1.
├─ why: 2 features, the strongest first (log-odds, from a base of −2.376)
│  ├─ dmi       1  +4.755  = dmi === 'yes' ? 1 : 0  dmi@1  code 9fceb02d0a  Credit risk
│  └─ lvr  erased          = not defined
├─ the row, back to its source
│  └─ row 9 of clean@1
│     └─ row 9 of raw@1: raw record in demo/data/boston-hmda.csv (sha256:8cea35def75b…)
├─ model denial-risk@1
│  ├─ Logistic regression, ml-matrix 6
│  ├─ weights sha256:ab
│  └─ trained on train@1, 1,791 rows
├─ runs, the nearest first
│  ├─ clean  COMPLETED               2026-01-05  demo/steps/clean.ts @ 9fceb02d0a of pedigree
│  └─ other  never said that it ran              no code version
├─ attested
│  └─ 2026-01-05  CONTRACT_CHECK FAILED, 2,381 rows checked: applications  (raw@1)
│     └─ ccs is not an integer from 1 to 6 in row 2381
└─ INCOMPLETE: 1 links are missing (30 artifacts looked at, as of 4700 entries)
   └─ transform:mortgage/other@1: the run names no code commit
`.trim(),
  );
});

test('what a token may not read is said to be so', () => {
  const text = renderStoryline({
    ...TRACE,
    rows: null,
    completeness: { ...TRACE.completeness, complete: true },
  });
  expect(text).toContain('the row, back to its source: not to be seen with this token');
  expect(text).toContain('COMPLETE: every link is there (30 artifacts looked at, as of 4700 entries)');
});

test('trees and columns', () => {
  expect(renderTree({ text: 'a', children: [{ text: 'b', children: [{ text: 'c' }] }, { text: 'd' }] })).toBe(
    'a\n├─ b\n│  └─ c\n└─ d',
  );
  expect(
    alignCells(
      [
        ['x', '1'],
        ['long', '22'],
      ],
      [1],
    ),
  ).toEqual(['x      1', 'long  22']);
});

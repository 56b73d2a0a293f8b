import { describe, expect, test } from '@jest/globals';

import { planBatch, type KnownNode } from '../../../src/store/batch-plan.js';
import type { DecisionPlaces } from '../../../src/store/decision-groups.js';
import { endRows, nodeRows } from '../../../src/store/entry-rows.js';
import type { PreparedEntry } from '../../../src/store/prepared-entry.js';

const CLEAN = 'transform:lending/clean@1';
const RAW = 'dataset:lending/raw%20file@1';
const PLACED: Pick<DecisionPlaces, 'placeOf'> = {
  placeOf: (id) => (id === CLEAN ? { group: 3, ordinal: 8 } : {}),
};

const read = { from: CLEAN, to: RAW, type: 'READ', props: { props: '{}' } };
const NO_KEYS = { kids: [], keySerial: 0 };
const items: PreparedEntry[] = [
  {
    ...{ id: CLEAN, kind: 'Transform', props: { owner: 'risk' }, score: 0.5, about: [], ends: [] },
    ...NO_KEYS,
    entry: { decl: '', digest: 'a', by: '' },
    edges: [read],
  },
  {
    ...{
      id: 'attestation:lending/fix@1',
      kind: 'Attestation',
      props: { type: 'CORRECTS' },
      about: [CLEAN],
      edges: [],
    },
    ...NO_KEYS,
    entry: { decl: '', digest: 'b', by: '' },
    ends: [
      { from: CLEAN, to: RAW, type: 'READ' },
      { from: CLEAN, type: 'APPLIED' },
    ],
  },
];

function rowsWith(known: ReadonlyMap<string, KnownNode>) {
  const plan = planBatch(items, known, { size: 40, nextSeq: 7 }, () => undefined);
  return { plan, rows: nodeRows(plan, known, PLACED as DecisionPlaces, 99) };
}

describe('nodes', () => {
  test('a new artifact, the placeholder that it points at, and an attestation', () => {
    expect(rowsWith(new Map()).rows).toEqual({
      created: [
        {
          id: CLEAN,
          kind: 'Transform',
          props: {
            owner: 'risk',
            group: 3,
            ordinal: 8,
            leafIndex: 40,
            recordedAt: 99,
            declared: true,
            seq: 7,
          },
          score: 0.5,
        },
        {
          id: RAW,
          kind: 'Dataset',
          props: { id: RAW, namespace: 'lending', name: 'raw file', version: '1', seq: 8, declared: false },
          score: null,
        },
      ],
      filled: [],
      attested: [
        {
          id: 'attestation:lending/fix@1',
          kind: 'Attestation',
          props: { type: 'CORRECTS', leafIndex: 41, recordedAt: 99, declared: true },
          score: null,
        },
      ],
    });
  });

  test('a placeholder is filled and keeps its sequence number', () => {
    const known = new Map([CLEAN, RAW].map((id) => [id, { id, seq: 2, digest: null, leafIndex: null }]));
    const { created, filled } = rowsWith(known).rows;
    expect(created).toEqual([]);
    expect(filled).toMatchObject([{ id: CLEAN, props: { leafIndex: 40, declared: true } }]);
    expect(filled[0]!.props).not.toHaveProperty('seq');
  });
});

test('what an entry ends holds up to that entry', () => {
  const { placed } = rowsWith(new Map()).plan;
  expect(endRows(placed)).toEqual([
    { from: CLEAN, to: RAW, type: 'READ', until: 41 },
    { from: CLEAN, to: null, type: 'APPLIED', until: 41 },
  ]);
});

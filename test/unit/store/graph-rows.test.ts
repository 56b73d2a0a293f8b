import { describe, expect, test } from '@jest/globals';

import { OPEN_UNTIL } from '../../../src/store/as-of.js';
import { graphRows, isBare } from '../../../src/store/graph-rows.js';
import type { PreparedEntry } from '../../../src/store/prepared-entry.js';

const RUN = 'transform:lending/clean@1';
const RAW = 'dataset:lending/raw@1';
const SAID = 'attestation:lending/SUPPLEMENTS@1';

const bare = {
  id: RUN,
  kind: 'Transform',
  score: null,
  props: {
    id: RUN,
    namespace: 'lending',
    name: 'clean',
    version: '1',
    seq: 3,
    declared: true,
    recordedAt: 99,
  },
};
const attested = {
  id: SAID,
  kind: 'Attestation',
  score: null,
  props: {
    id: SAID,
    namespace: 'lending',
    name: 'SUPPLEMENTS',
    version: '1',
    type: 'SUPPLEMENTS',
    leafIndex: 8,
  },
};
const item: PreparedEntry = {
  id: SAID,
  kind: 'Attestation',
  entry: { decl: '', digest: '', by: '' },
  props: attested.props,
  edges: [{ from: RUN, to: RAW, type: 'READ', props: { role: 'INPUT' } }],
  about: [RAW, RUN],
  ends: [],
  kids: [],
  keySerial: 0,
};

test('places count what is made first, then what is found, each once', () => {
  const rows = graphRows([bare], [attested], [{ item, leafIndex: 8 }]);
  expect(rows.made.ids).toEqual([RUN]);
  expect(rows.found).toEqual([RAW]);
  expect(rows.attested.abouts).toEqual([[1, 0]]);
  expect(rows.edges).toEqual({
    ...{ types: ['READ'], froms: [0], tos: [1], leafIndexes: [8] },
    ...{ props: [null], toDigests: [null], roles: ['INPUT'], inputs: [null], splits: [null] },
  });
  expect(rows.open).toBe(OPEN_UNTIL);
});

describe('a property for which there is no column', () => {
  test('takes the node out of what is bare', () => {
    expect(isBare(bare)).toBe(true);
    expect(isBare({ ...bare, props: { ...bare.props, values: '{}' } })).toBe(false);
    expect(isBare({ ...bare, score: 0.5 })).toBe(false);
  });

  test('is never lost in silence', () => {
    const odd = { ...attested, props: { ...attested.props, mood: 'good' } };
    expect(() => graphRows([], [odd], [])).toThrow(/a property must be one of id, .*, but got: "?mood/);
  });
});

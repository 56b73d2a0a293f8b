/** What a batch adds to the index of search: every row says which entry stated it first. */
import { expect, test } from '@jest/globals';

import { planBatch } from '../../../src/store/batch-plan.js';
import type { PreparedEntry } from '../../../src/store/prepared-entry.js';
import { SearchWriter } from '../../../src/store/search-writer.js';

const NO_COLUMNS = { columns: new Map(), links: new Map() };

function model(version: string, from: string, owner: string): PreparedEntry {
  const id = `model:test/risk@${version}`;
  return {
    ...{ id, kind: 'Model', entry: { digest: id }, kids: [], keySerial: 0, props: {}, about: [], ends: [] },
    edges: [{ type: 'TRAINED_ON', from: id, to: from, props: {} }],
    owners: [{ of: id, owner }],
  } as unknown as PreparedEntry;
}

test('a name has its first mention and its newest version, an owner the entry that named it first', () => {
  const items = [
    model('1', 'dataset:test/a@1', 'Ann'),
    model('2', 'dataset:test/b@1', 'Bea'),
    model('3', 'dataset:test/a@2', 'Ann'),
  ];
  const plan = planBatch(items, new Map(), { size: 7, nextSeq: 0 }, () => undefined);
  const { names, terms } = new SearchWriter().rowsOf(plan, NO_COLUMNS);
  expect([...names.values()].map(({ name, since, id, newest }) => [name, since, id, newest])).toEqual([
    ['risk', 7, 'model:test/risk@1', 'model:test/risk@3'],
    ['a', 7, 'dataset:test/a@1', null],
    ['b', 8, 'dataset:test/b@1', null],
  ]);
  expect([...terms.values()].map(({ shown, since }) => [shown, since])).toEqual([
    ['Ann', 7],
    ['Bea', 8],
  ]);
});

/** Values that are sealed together come back one by one, and only as the group that they were. */
import { randomBytes } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { canonicalJson, type Json } from '../../../src/domain/json.js';
import { unseal } from '../../../src/ledger/sealing.js';
import { openGroup, sealedGroups, sealGroup, toSealed } from '../../../src/store/sealed-values.js';

const ID = 'prediction:lending/decision@1';
const KEY = { kid: 'k1', key: randomBytes(32) };
const MEMBERS = [
  { path: 'value/score', json: '0.7' },
  { path: 'value/features/10', json: '{"value":0.2}' },
  { path: 'value/features/"', json: '{"value":"\\""}' },
];

const json = fc
  .jsonValue({ maxDepth: 2 })
  .filter((value) => !JSON.stringify(value).includes('__proto__'))
  .map((value) => canonicalJson(JSON.parse(JSON.stringify(value)) as Json));
const members = fc.uniqueArray(fc.record({ path: fc.string().map((name) => `value/${name}`), json }), {
  selector: ({ path }) => path,
  minLength: 1,
  maxLength: 6,
});

test('any values come back from the property as they were, in their order', () => {
  fc.assert(
    fc.property(members, fc.boolean(), (values, alone) => {
      const list = alone ? values.slice(0, 1) : values;
      const [group] = sealedGroups({ sealed: toSealed([sealGroup(ID, list, KEY)]) });
      expect(openGroup(KEY.key, ID, group!)).toEqual(list);
    }),
  );
});

test('nothing sealed leaves no property', () => {
  expect(toSealed([])).toBeNull();
  expect(sealedGroups({})).toEqual([]);
});

test('a value alone is bound to its own path, several to that of the values', () => {
  const [member] = MEMBERS;
  const alone = sealGroup(ID, [member!], KEY).ciphertext;
  expect(unseal(KEY.key, { id: ID, path: 'value/score', kid: 'k1' }, alone)).toBe('0.7');
  const together = sealGroup(ID, MEMBERS, KEY).ciphertext;
  expect(
    Object.keys(JSON.parse(unseal(KEY.key, { id: ID, path: 'values', kid: 'k1' }, together)) as object),
  ).toEqual(MEMBERS.map(({ path }) => path));
});

describe('a group does not open', () => {
  const group = sealGroup(ID, MEMBERS, KEY);

  test.each([
    ['with a path fewer', group.paths.slice(1)],
    ['with a path more', [...group.paths, 'value/notes']],
    ['with another path', ['value/outcome', ...group.paths.slice(1)]],
    ['with its paths in another order', group.paths.toReversed()],
    ['with one of its paths', group.paths.slice(0, 1)],
    ['with no path', []],
  ])('%s', (_how, paths) => {
    expect(() => openGroup(KEY.key, ID, { ...group, paths })).toThrow();
  });

  test('in another entry, or under another key’s name', () => {
    expect(() => openGroup(KEY.key, 'prediction:lending/decision@2', group)).toThrow();
    expect(() => openGroup(KEY.key, ID, { ...group, kid: 'k2' })).toThrow();
  });
});

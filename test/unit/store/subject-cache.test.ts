/** What stays in memory of the subjects' keys. */
import { expect, test } from '@jest/globals';

import type { SubjectKey } from '../../../src/store/keys/key-store.js';
import { SubjectCache } from '../../../src/store/keys/subject-cache.js';

const keyOf = (serial: number): SubjectKey => ({
  kid: `k${String(serial)}`,
  generation: 1,
  serial,
  key: new Uint8Array(32),
});

test('the newest 10,000 subjects are there, and of older ones no more than as many again', () => {
  const cache = new SubjectCache();
  cache.validate(0);
  const count = 35_000;
  for (let i = 0; i < count; i++) expect(cache.remember(`s${String(i)}`, keyOf(i)).serial).toBe(i);
  const there = Array.from({ length: count }, (_, i) => cache.get(`s${String(i)}`)?.serial);
  expect(there.slice(-10_000)).toEqual(Array.from({ length: 10_000 }, (_, i) => count - 10_000 + i));
  expect(there.filter((serial) => serial !== undefined).length).toBeLessThanOrEqual(20_000);
});

test('all are dropped when the store has changed, the old ones, too', () => {
  const cache = new SubjectCache();
  cache.validate(0);
  for (let i = 0; i < 12_000; i++) cache.remember(`s${String(i)}`, keyOf(i));
  cache.validate(0);
  expect([cache.get('s0')?.serial, cache.get('s11999')?.serial]).toEqual([0, 11_999]);
  cache.validate(1);
  expect([cache.get('s0'), cache.get('s11999')]).toEqual([undefined, undefined]);
});

/** The explorer's filter in the address, as the API takes it, and in words. */
import { describe, expect, test } from '@jest/globals';

import { filterOf, readPassing, sayPassing } from '../../../web/app/pages/explore/passing.js';

describe('readPassing', () => {
  test.each([
    ['', null, []],
    ['ns=a&ns=b&ns=a', { namespaces: ['a', 'b'] }, ['in the namespace a or b']],
    [
      'since=2026-03-01',
      { occurredFrom: '2026-03-01T00:00:00.000Z' },
      ['happened 2026-03-01 00:00 UTC or later'],
    ],
    [
      'before=2026-03-01T09:30:15Z',
      { occurredTo: '2026-03-01T09:30:15.000Z' },
      ['happened before 2026-03-01 09:30:15 UTC'],
    ],
    ['state=declared', { declared: true }, ['declared']],
    ['state=placeholder', { declared: false }, ['named and not declared']],
    ['state=FAILED', { runStates: ['FAILED'] }, ['runs that failed']],
    ['state=OTHER&since=soon&ns=', null, []],
  ])('%s', (text, filter, words) => {
    const passing = readPassing(new URLSearchParams(text));
    expect(filterOf(passing)).toEqual(filter);
    expect(sayPassing(passing).map((said) => said.words)).toEqual(words);
  });

  test('dropping every condition that is said leaves no filter', () => {
    const search = new URLSearchParams('ns=a&since=2026-01-01&before=2026-02-01&state=FAILED&of=x');
    for (const { without } of sayPassing(readPassing(search))) {
      for (const name of Object.keys(without)) search.delete(name);
    }
    expect(filterOf(readPassing(search))).toBeNull();
    expect(search.get('of')).toBe('x');
  });
});

import { describe, expect, test } from '@jest/globals';

import { ERROR_CODES, isPedigreeError, PedigreeError, required } from '../../../src/domain/errors.js';
import { codesIn, readPage, tableUnder } from '../../support/markdown.js';

describe('docs/errors.md', () => {
  const rows = tableUnder(readPage('errors.md'), 'Codes');

  test('lists exactly the codes that there are, each with its class, a meaning and something to do', () => {
    expect(rows.map(([code]) => codesIn(code!)[0])).toEqual(ERROR_CODES);
    expect(rows.map(([, kind]) => kind)).toEqual(
      ERROR_CODES.map((code) => new PedigreeError(code, '').class),
    );
    for (const row of rows) expect(row.filter((cell) => cell !== '')).toHaveLength(4);
  });

  test('explains every class', () => {
    const explained = tableUnder(readPage('errors.md'), 'Errors').map(([kind]) => kind);
    expect(explained).toEqual([...new Set(rows.map(([, kind]) => kind))]);
  });
});

describe('required', () => {
  test.each([
    ['text', '"text"'],
    ['a "quote"', String.raw`"a \"quote\""`],
    [7, '7'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(78), `"${'x'.repeat(78)}"`],
    ['x'.repeat(79), `"${'x'.repeat(76)}…`],
  ])('says what came: %j', (got, said) => {
    expect(required('a thing is required', got)).toBe(`a thing is required, but got: ${said}`);
  });
});

test('an error has its code, its facts and its cause', () => {
  const cause = new Error('below');
  const error = new PedigreeError('CYCLE', 'no way back', { cycle: [] }, cause);
  expect(error).toMatchObject({ code: 'CYCLE', class: 'conflict', details: { cycle: [] }, cause });
  expect([
    isPedigreeError(error),
    isPedigreeError(error, 'CYCLE'),
    isPedigreeError(error, 'BAD_URN'),
  ]).toEqual([true, true, false]);
  expect(isPedigreeError(cause)).toBe(false);
  expect('cause' in new PedigreeError('CYCLE', 'no way back')).toBe(false);
});

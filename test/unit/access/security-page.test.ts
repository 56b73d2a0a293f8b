/** docs/security.md names the tests that stop each attack: they must exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const ROWS = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => line.includes('test/') && line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, attack = '', , named = '']) => [attack, named] as const);

/** The attacks that issue 6 asks for, each by a word of its row. */
const ASKED = [
  'prefix search',
  'sort oracle',
  'cursor oracle',
  'minimum, maximum',
  'differencing',
  'alias multiplication',
  'interface and union',
  'node(id:)',
  'by its error',
  'by time',
  'error paths',
  'surrogate correlation',
  'two grants',
  'replay',
  'downgrade',
  'as-of beyond',
  'after revocation',
  'after erasure',
];

test.each(ASKED)('there is a row about %s', (word) => {
  expect(ROWS.filter(([attack]) => attack.includes(word))).not.toEqual([]);
});

test.each(ROWS)('the test of "%s" exists', (_attack, named) => {
  const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(named) ?? [];
  expect(existsSync(join(ROOT, file))).toBe(true);
  const source = readFileSync(join(ROOT, file), 'utf8').replaceAll("\\'", "'");
  expect([file, source.includes(title)]).toEqual([file, true]);
});

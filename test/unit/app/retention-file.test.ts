import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { readConfig } from '../../../src/app/config.js';
import { readRetentionRules } from '../../../src/app/retention-file.js';
import type { RetentionRules } from '../../../src/governance/retention/rules.js';
import { failureOf } from '../../support/failure.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder();
const RULE = { id: 'books', keepFor: 'P10Y', basis: 'law', purpose: 'audit' };

function read(content: string): RetentionRules {
  const path = join(folder, 'rules.json');
  writeFileSync(path, content);
  return readRetentionRules(readConfig({ PEDIGREE_RETENTION: path }));
}

function file(rules: readonly object[]): string {
  return JSON.stringify({ format: 'pedigree-retention/1', version: '3', rules });
}

test('rules are read with their version and the digest of the file; without a file there are none', () => {
  const content = file([RULE]);
  expect(read(content)).toEqual({
    version: '3',
    digest: createHash('sha256').update(content).digest('hex'),
    items: [{ ...RULE, keepFor: { text: 'P10Y', months: 120, days: 0 } }],
  });
  expect(readRetentionRules(readConfig({}))).toEqual({ version: '', digest: '', items: [] });
});

test.each([
  ['no JSON', '{', /JSON/],
  ['another format', file([RULE]).replace('retention/1', 'retention/2'), /format/],
  [
    'a rule that says nothing',
    file([{ id: 'a', basis: 'law' }]),
    /rules\.0: keepFor or eraseAfter is required/,
  ],
  [
    'a duty without a purpose',
    file([{ ...RULE, purpose: undefined }]),
    /rules\.0: purpose is required with keepFor/,
  ],
  ['a purpose without a duty', file([{ id: 'a', basis: 'x', eraseAfter: 'P1D', purpose: 'y' }]), /purpose/],
  ['a bad period', file([{ ...RULE, keepFor: '10 years' }]), /rules\.0\.keepFor: a period must be like P10Y/],
  ['an unknown kind', file([{ ...RULE, kinds: ['Decision'] }]), /rules\.0\.kinds\.0/],
  ['an unknown member', file([{ ...RULE, label: 'x' }]), /label/],
  ['two rules of one name', file([RULE, RULE]), /each rule must have an id of its own/],
])('%s is refused', (_, content, message) => {
  expect(failureOf(() => read(content))).toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringMatching(message) as unknown,
  });
});

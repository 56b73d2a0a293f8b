import { expect, test } from '@jest/globals';

import { readConfig } from '../../../src/app/config.js';
import { failureOf } from '../../support/failure.js';

test('the log is public and has no name of its own unless the settings say so', () => {
  expect(readConfig({})).toMatchObject({ openLog: true, logOrigin: undefined });
  const env = { PEDIGREE_LOG_PUBLIC: 'off', PEDIGREE_LOG_ORIGIN: 'lineage.example.com/log' };
  expect(readConfig(env)).toMatchObject({ openLog: false, logOrigin: 'lineage.example.com/log' });
});

test.each([
  [{ PEDIGREE_LOG_PUBLIC: 'no' }, 'PEDIGREE_LOG_PUBLIC must be "on" or "off", but got: "no"'],
  ...['https://a.example/log', 'a.example/log/', 'a b', 'a+b'].map((text) => [
    { PEDIGREE_LOG_ORIGIN: text },
    `PEDIGREE_LOG_ORIGIN must be a URL without a scheme, such as lineage.example.com/log, but got: ${JSON.stringify(text)}`,
  ]),
] as [NodeJS.ProcessEnv, string][])('%j is refused', (env, message) => {
  expect(failureOf(() => readConfig(env))).toMatchObject({ code: 'CONFIGURATION', message });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { IdentityProvider, ProviderSettings } from '../../../src/access/identity-provider.js';
import { readCodeFlow } from '../../../src/app/code-flow.js';
import { readConfig } from '../../../src/app/config.js';
import { failureOf } from '../../support/failure.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ISSUER = 'https://id.example/realms/corp';
const CORP = new IdentityProvider(
  ProviderSettings.parse({ name: 'corp', issuer: ISSUER, audience: 'pedigree' }),
);
const RIGHT = { PEDIGREE_OIDC_PROVIDER: 'corp', PEDIGREE_OIDC_CLIENT_ID: 'pedigree' };

function read(env: NodeJS.ProcessEnv): unknown {
  return readCodeFlow(readConfig(env), [CORP]);
}

test('nothing is offered unless it is asked for', () => {
  expect(read({})).toBeUndefined();
  expect(read({ PEDIGREE_OIDC_PROVIDER: ' ' })).toBeUndefined();
});

test('what is not said has a default', () => {
  expect(read(RIGHT)).toEqual({
    name: 'corp',
    issuer: ISSUER,
    clientId: 'pedigree',
    clientSecret: undefined,
    scopes: 'openid',
    token: 'id',
    resource: undefined,
  });
});

test('the secret may be in a file', () => {
  const file = join(temporaryFolder(), 'secret');
  writeFileSync(file, 'hush\n');
  expect(read({ ...RIGHT, PEDIGREE_OIDC_CLIENT_SECRET_FILE: file })).toMatchObject({ clientSecret: 'hush' });
});

test.each([
  [{ PEDIGREE_OIDC_CLIENT_ID: 'x' }, /PEDIGREE_OIDC_PROVIDER must name a provider .*\(corp\)/],
  [{ ...RIGHT, PEDIGREE_OIDC_PROVIDER: 'other' }, /PEDIGREE_OIDC_PROVIDER must name .*but got: "other"/],
  [{ PEDIGREE_OIDC_PROVIDER: 'corp' }, /PEDIGREE_OIDC_CLIENT_ID must be set/],
  [{ ...RIGHT, PEDIGREE_OIDC_CLIENT_ID: 'x' }, /must be the audience of the provider corp \("pedigree"\)/],
  [{ ...RIGHT, PEDIGREE_OIDC_TOKEN: 'refresh' }, /PEDIGREE_OIDC_TOKEN must be "id" or "access"/],
  [{ ...RIGHT, PEDIGREE_OIDC_SCOPES: 'profile' }, /PEDIGREE_OIDC_SCOPES must have "openid"/],
  [{ ...RIGHT, PEDIGREE_OIDC_CLIENT_SECRET_FILE: '/nowhere' }, /must name a readable file/],
  [
    { ...RIGHT, PEDIGREE_OIDC_CLIENT_SECRET: 'a', PEDIGREE_OIDC_CLIENT_SECRET_FILE: 'b' },
    /only one of PEDIGREE_OIDC_CLIENT_SECRET/,
  ],
  [{ ...RIGHT, PEDIGREE_PUBLIC_URL: 'https://a.example/pedigree' }, /PEDIGREE_PUBLIC_URL must/],
  [
    { ...RIGHT, PEDIGREE_PUBLIC_URL: 'https://a.example https://b.example' },
    /PEDIGREE_PUBLIC_URL must be one/,
  ],
] as [NodeJS.ProcessEnv, RegExp][])('%j is refused', (env, message) => {
  expect(failureOf(() => read(env))).toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringMatching(message),
  });
});

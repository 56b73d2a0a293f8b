import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { SignJWT, type JWTPayload } from 'jose';

import { ROLE_NAMES, ROLES } from '../../../src/access/scopes.js';
import { LocalTokens } from '../../../src/access/token-keys.js';
import { TokenVerifier } from '../../../src/access/token-verifier.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder();
const tokens = LocalTokens.open(folder);
const verifier = new TokenVerifier([tokens]);
const ownKey = createPrivateKey(readFileSync(join(folder, 'token-key.pem')));
const now = Math.floor(Date.now() / 1000);

/** Claims that are right; each case changes one thing. */
const CLAIMS: JWTPayload = {
  sub: 'ci',
  iss: 'pedigree-local',
  aud: 'pedigree',
  iat: now,
  exp: now + 60,
  roles: ['reader'],
  namespaces: ['*'],
};

function signed(
  claims: Readonly<Record<string, unknown>>,
  key: KeyObject | Uint8Array = ownKey,
  alg = 'EdDSA',
): Promise<string> {
  const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT(present).setProtectedHeader({ alg }).sign(key);
}

describe('a token of ours', () => {
  test.each(ROLE_NAMES)('with the role %s gives a principal with its scopes', async (role) => {
    const token = await tokens.sign({ name: 'ci', role, namespaces: ['lending', 'risk.*'], lifetime: 60 });
    const principal = await verifier.verify(token);
    expect(principal).toMatchObject({ name: 'ci', roles: [role], namespaces: ['lending', 'risk.*'] });
    expect([...principal.scopes]).toEqual(ROLES[role]);
    expect(Math.abs(principal.expiresAt - (Date.now() + 60_000))).toBeLessThan(10_000);
  });

  test('is good on every server that has the folder, and only there', async () => {
    const token = await tokens.sign({ name: 'ci', role: 'reader' });
    await expect(new TokenVerifier([LocalTokens.open(folder)]).verify(token)).resolves.toMatchObject({
      name: 'ci',
    });
    await expect(
      new TokenVerifier([LocalTokens.open(temporaryFolder())]).verify(token),
    ).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  test('has several roles’ scopes once each, and unknown roles give none', async () => {
    const { roles, scopes } = await verifier.verify(
      await signed({ ...CLAIMS, roles: ['reader', 'writer', 'root', 7] }),
    );
    expect(roles).toEqual(['reader', 'writer']);
    expect([...scopes]).toEqual(['READ_LINEAGE', 'WRITE_LINEAGE']);
  });

  test('without namespaces writes nowhere', async () => {
    const claims = { ...CLAIMS, namespaces: undefined };
    await expect(verifier.verify(await signed(claims))).resolves.toMatchObject({ namespaces: [] });
  });
});

describe('refused, always with the same words', () => {
  const cases: [string, () => Promise<string> | string][] = [
    ['an expired token', () => tokens.sign({ name: 'ci', role: 'admin', lifetime: -60 })],
    ['one that is not good yet', () => signed({ ...CLAIMS, nbf: now + 60 })],
    ['one without an end', () => signed({ ...CLAIMS, exp: undefined })],
    ['one without a subject', () => signed({ ...CLAIMS, sub: undefined })],
    ['one with an empty subject', () => signed({ ...CLAIMS, sub: '' })],
    ['one for another audience', () => signed({ ...CLAIMS, aud: 'somebody else' })],
    ['one of another issuer', () => signed({ ...CLAIMS, iss: 'somebody else' })],
    ['one without roles', () => signed({ ...CLAIMS, roles: undefined })],
    ['one with an unknown role', () => signed({ ...CLAIMS, roles: ['root'] })],
    ['one with the name of what every object has', () => signed({ ...CLAIMS, roles: ['constructor'] })],
    ['one with a role that is no list', () => signed({ ...CLAIMS, roles: 'admin' })],
    ['one of another key', () => signed(CLAIMS, generateKeyPairSync('ed25519').privateKey)],
    ['one under our public key as a secret', () => signed(CLAIMS, publicBytes(), 'HS256')],
    ['one without a signature', () => unsigned('none')],
    ['one that only says how it was signed', () => unsigned('EdDSA')],
    [
      'one with changed claims',
      async () => withClaims(await signed(CLAIMS), { ...CLAIMS, roles: ['admin'] }),
    ],
    ['no token', () => 'x'],
    ['nothing', () => ''],
  ];

  test.each(cases)('%s', async (_what, make) => {
    await expect(verifier.verify(await make())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message:
        'a valid bearer token is required: this one is malformed, expired or not signed by a known key',
    });
  });
});

describe('the key file', () => {
  test('can be read by its owner only, and nothing else is left beside it', () => {
    expect(readdirSync(folder)).toEqual(['token-key.pem']);
    expect(statSync(join(folder, 'token-key.pem')).mode & 0o777).toBe(0o600);
  });

  test('is made once, whoever comes first', async () => {
    const shared = temporaryFolder();
    const [first, second] = [LocalTokens.open(shared), LocalTokens.open(shared)];
    await expect(second.verify(await first.sign({ name: 'ci', role: 'reader' }))).resolves.toBeDefined();
  });
});

function publicBytes(): Uint8Array {
  const jwk = ownKey.export({ format: 'jwk' });
  return Buffer.from(jwk.x!, 'base64url');
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unsigned(alg: string): string {
  return `${encoded({ alg })}.${encoded(CLAIMS)}.`;
}

function withClaims(token: string, claims: JWTPayload): string {
  const [header, , signature] = token.split('.');
  return `${header!}.${encoded(claims)}.${signature!}`;
}

import { createHmac } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportSPKI, importJWK, SignJWT, type CryptoKey } from 'jose';

import { IdentityProvider, ProviderSettings } from '../../../src/access/identity-provider.js';
import type { Principal } from '../../../src/access/principal.js';
import { TokenVerifier } from '../../../src/access/token-verifier.js';
import { TestProvider } from '../../support/identity-provider.js';

let corp: TestProvider;

beforeEach(async () => {
  corp = await TestProvider.start();
});

afterEach(() => corp.stop());

/** Without a cooldown, so that no test has to wait for one. */
function provider(settings: Partial<ProviderSettings> = {}, of = corp): IdentityProvider {
  const base = { name: 'corp', issuer: of.issuer, audience: 'pedigree', jwksUri: of.jwksUri };
  return new IdentityProvider(ProviderSettings.parse({ ...base, ...settings }), 0);
}

function verify(token: string, settings: Partial<ProviderSettings> = {}): Promise<Principal> {
  return new TokenVerifier([provider(settings)]).verify(token);
}

describe('a provider’s token', () => {
  test.each(['EdDSA', 'ES256', 'RS256'])('signed with %s is accepted by default', async (alg) => {
    const token = await corp.token(await corp.addKey(alg), { namespaces: ['lending'] });
    await expect(verify(token)).resolves.toMatchObject({
      name: 'corp:alice',
      roles: ['reader'],
      namespaces: ['lending'],
    });
  });

  test('is accepted where its keys are found by discovery', async () => {
    const token = await corp.token(await corp.addKey('EdDSA'));
    await expect(verify(token, { jwksUri: undefined })).resolves.toMatchObject({ name: 'corp:alice' });
  });

  test('has roles and namespaces where the provider puts them', async () => {
    const claims = {
      roles: undefined,
      realm_access: { roles: ['pedigree-audit', 'mail-user', 'constructor'] },
      'https://pedigree.example/ns': 'lending risk',
    };
    const token = await corp.token(await corp.addKey('EdDSA'), claims);
    const principal = await verify(token, {
      rolesClaim: 'realm_access.roles',
      roles: { 'pedigree-audit': 'auditor' },
      namespacesClaim: 'https://pedigree.example/ns',
    });
    expect(principal).toMatchObject({ roles: ['auditor'], namespaces: ['lending', 'risk'] });
  });

  test('may be early or late by the tolerance, and no more', async () => {
    const key = await corp.addKey('EdDSA');
    const now = Math.floor(Date.now() / 1000);
    const late = await corp.token(key, { exp: now - 100 });
    const early = await corp.token(key, { nbf: now + 100 });
    for (const token of [late, early]) {
      await expect(verify(token, { clockToleranceSeconds: 200 })).resolves.toBeDefined();
      await expect(verify(token, { clockToleranceSeconds: 50 })).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    }
  });

  test('has an id of its own: its jti, or else of its text', async () => {
    const key = await corp.addKey('EdDSA');
    const idOf = async (claims: Record<string, unknown>): Promise<string> =>
      (await verify(await corp.token(key, claims))).tokenId;
    expect(await idOf({ jti: 'a' })).toBe(await idOf({ jti: 'a', roles: ['writer'] }));
    expect(await idOf({ jti: 'a' })).not.toBe(await idOf({ jti: 'b' }));
    expect(await idOf({ n: 1 })).not.toBe(await idOf({ n: 2 }));
  });
});

describe('keys rotate', () => {
  test('a new key is fetched when a token names it, a known one is not fetched again', async () => {
    const accepting = provider();
    const old = await corp.addKey('EdDSA');
    await accepting.verify(await corp.token(old));
    await accepting.verify(await corp.token(old));
    expect(corp.fetches).toBe(1);
    const next = await corp.addKey('ES256');
    await expect(accepting.verify(await corp.token(next))).resolves.toMatchObject({ name: 'corp:alice' });
    expect(corp.fetches).toBe(2);
  });

  test('a key that was withdrawn signs nothing any more', async () => {
    const accepting = provider();
    const old = await corp.addKey('EdDSA');
    await accepting.verify(await corp.token(old));
    corp.published.length = 0;
    await expect(accepting.verify(await corp.token(await corp.addKey('EdDSA')))).resolves.toBeDefined();
    await expect(accepting.verify(await corp.token(old))).rejects.toThrow();
  });

  test('while the provider is away, nobody can tell: that is no verdict on the token', async () => {
    const key = await corp.addKey('EdDSA');
    for (const jwksUri of [corp.jwksUri, undefined]) {
      const accepting = provider({ jwksUri });
      corp.status = 503;
      await expect(accepting.verify(await corp.token(key))).rejects.toMatchObject({
        code: 'IDENTITY_PROVIDER_UNAVAILABLE',
        class: 'busy',
      });
      corp.status = 200;
      await expect(accepting.verify(await corp.token(key))).resolves.toBeDefined();
    }
  });

  test('discovery that speaks of another issuer gives no keys', async () => {
    corp.statedIssuer = 'https://somebody.example';
    const token = await corp.token(await corp.addKey('EdDSA'));
    await expect(verify(token, { jwksUri: undefined })).rejects.toMatchObject({
      code: 'IDENTITY_PROVIDER_UNAVAILABLE',
    });
  });
});

describe('refused', () => {
  test.each([
    ['for another audience', { aud: 'billing' }],
    ['without an audience', { aud: undefined }],
    ['without an end', { exp: undefined }],
    ['that has ended', { exp: 1_000 }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['without roles', { roles: undefined }],
    ['with roles of no meaning here', { roles: ['root'] }],
  ])('a token %s', async (_what, claims) => {
    const token = await corp.token(await corp.addKey('EdDSA'), claims);
    await expect(verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('an algorithm that is not listed, though its key is published', async () => {
    const token = await corp.token(await corp.addKey('PS256'));
    await expect(verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(verify(token, { algorithms: ['PS256'] })).resolves.toBeDefined();
  });

  test('"none", and our public key as a secret (RFC 8725, section 2.1)', async () => {
    const { kid, publicJwk } = await corp.addKey('RS256');
    const [, claims] = (await corp.token(await corp.addKey('RS256'))).split('.');
    const spki = await exportSPKI((await importJWK(publicJwk, 'RS256')) as CryptoKey);
    const head = (alg: string): string => Buffer.from(JSON.stringify({ alg, kid })).toString('base64url');
    const signed = `${head('HS256')}.${claims!}`;
    const confused = `${signed}.${createHmac('sha256', spki).update(signed).digest('base64url')}`;
    for (const token of [confused, `${head('none')}.${claims!}.`, `${head('RS256')}.${claims!}.`]) {
      await expect(verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  test('a token that brings the key to check it with, or says where it is (RFC 8725, section 3.10)', async () => {
    const stranger = await TestProvider.start();
    const { privateKey, publicJwk, kid, alg } = await stranger.addKey('EdDSA');
    const known = await corp.addKey('EdDSA');
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: corp.issuer, aud: 'pedigree', sub: 'mallory', exp: now + 60, roles: ['admin'] };
    for (const header of [
      { alg, kid, jwk: publicJwk },
      { alg, kid: known.kid, jwk: publicJwk },
      { alg, kid, jku: stranger.jwksUri },
      { alg, jwk: publicJwk },
    ]) {
      const token = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
      await expect(verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(stranger.fetches).toBe(0);
    await stranger.stop();
  });

  test('one provider’s token under another’s name', async () => {
    const other = await TestProvider.start();
    const both = new TokenVerifier([provider(), provider({ name: 'other' }, other)]);
    const key = await other.addKey('EdDSA');
    await expect(both.verify(await other.token(key))).resolves.toMatchObject({ name: 'other:alice' });
    await expect(both.verify(await other.token(key, { iss: corp.issuer }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await other.stop();
  });

  test('two providers that are the same issuer', () => {
    expect(() => new TokenVerifier([provider(), provider({ name: 'again' })])).toThrow(/issuer of its own/);
  });
});

describe('settings', () => {
  test.each([
    ['an address that others can read', { issuer: 'http://id.example' }, /https/],
    ['a password in an address', { jwksUri: 'https://u:p@id.example/keys' }, /user name/],
    ['an algorithm with a shared secret', { algorithms: ['HS256'] }, /Invalid option/],
    ['a role that is none', { roles: { a: 'root' } }, /Invalid option/],
    ['a member that nobody knows', { issuers: [] }, /Unrecognized key/],
  ])('refuse %s', (_what, wrong, reason) => {
    const base = { name: 'corp', issuer: 'https://id.example', audience: 'pedigree' };
    expect(() => ProviderSettings.parse({ ...base, ...wrong })).toThrow(reason);
  });
});

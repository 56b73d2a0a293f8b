/** Signing in at a real OpenID provider, over HTTP from the first redirect to the session, and what goes wrong on the way. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { TestServer } from '../../support/server.js';
import { CLIENT, CookieBrowser, RESOURCE, SignInProvider, STRANGER } from '../../support/sign-in-provider.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const CALLBACK = '/sign-in/oidc/callback';
const PUBLIC_URL = 'https://pedigree.example';
const PAGE = '/decision?id=prediction%3Aa%2Fb%401';

let provider: SignInProvider;
/** Takes ID tokens. */
let server: TestServer;
/** Takes access tokens, and is reached through a proxy that ends TLS. */
let behindProxy: TestServer;

beforeAll(async () => {
  provider = await SignInProvider.listen();
  server = await TestServer.start({ env: settings(provider.issuer, CLIENT.id) });
  behindProxy = await TestServer.start({
    keep: true,
    keysDir: server.keysDir,
    env: {
      ...settings(provider.issuer, 'pedigree-api'),
      PEDIGREE_PUBLIC_URL: PUBLIC_URL,
      PEDIGREE_OIDC_TOKEN: 'access',
      PEDIGREE_OIDC_SCOPES: 'openid read',
      PEDIGREE_OIDC_RESOURCE: RESOURCE,
    },
  });
  await provider.serve([server.url + CALLBACK, PUBLIC_URL + CALLBACK]);
});

afterAll(async () => {
  await behindProxy.stop();
  await server.stop();
  await provider.stop();
});

function settings(issuer: string, audience: string): Record<string, string> {
  const providers = join(temporaryFolder(), 'providers.json');
  const corp = { name: 'corp', issuer, audience, roles: { 'pg-audit': 'auditor' } };
  writeFileSync(providers, JSON.stringify({ providers: [corp] }));
  return {
    PEDIGREE_IDENTITY_PROVIDERS: providers,
    PEDIGREE_OIDC_PROVIDER: 'corp',
    PEDIGREE_OIDC_CLIENT_ID: CLIENT.id,
    PEDIGREE_OIDC_CLIENT_SECRET: CLIENT.secret,
  };
}

interface Departure {
  readonly browser: CookieBrowser;
  /** Where the server sent the browser. */
  readonly authorization: URL;
  readonly setCookie: string;
}

async function depart(at: TestServer, to = PAGE): Promise<Departure> {
  const browser = new CookieBrowser();
  const response = await browser.ask(`${at.url}/sign-in/oidc?to=${encodeURIComponent(to)}`);
  if (response.status !== 302) throw new Error(await response.text());
  return {
    browser,
    authorization: new URL(response.headers.get('location') ?? ''),
    setCookie: response.headers.get('set-cookie') ?? '',
  };
}

/** Up to the answer of the provider, which the browser has not followed yet. */
async function answered(login = 'alice'): Promise<{ browser: CookieBrowser; back: string }> {
  const { browser, authorization } = await depart(server);
  return { browser, back: await browser.signInAt(authorization.href, login) };
}

/** The answer is a page that says why, and nobody is signed in. */
async function expectRefused(
  browser: CookieBrowser,
  url: string,
  status: number,
  reason: RegExp,
): Promise<void> {
  const response = await browser.ask(url);
  expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(reason)]);
  expect(response.headers.get('content-type')).toMatch(/text\/html/);
  expect(browser.cookie(server.url, 'pedigree_token')).toBeUndefined();
}

function changed(url: string, name: string, value: string): string {
  const other = new URL(url);
  other.searchParams.set(name, value);
  return other.href;
}

describe('a sign-in at the provider', () => {
  test('is offered by name and issuer', async () => {
    const ways = await fetch(`${server.url}/sign-in/ways`);
    await expect(ways.json()).resolves.toEqual([{ name: 'corp', issuer: provider.issuer }]);
  });

  test('begins with state, nonce and PKCE, and a cookie for the way back only', async () => {
    const { authorization, setCookie } = await depart(server);
    const sent = Object.fromEntries(authorization.searchParams);
    expect(sent).toMatchObject({
      client_id: CLIENT.id,
      response_type: 'code',
      redirect_uri: server.url + CALLBACK,
      scope: 'openid',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect([name, sent[name]]).toEqual([name, expect.stringMatching(/^[\w-]{43}$/)]);
    }
    expect(setCookie).toMatch(/Max-Age=600; Path=\/sign-in\/oidc;.*HttpOnly; SameSite=Lax$/);
    const again = await depart(server);
    expect(again.authorization.searchParams.get('state')).not.toBe(sent.state);
  });

  test('ends with the session that a pasted token would give, on the page that was asked for', async () => {
    const { browser, back } = await answered();
    const response = await browser.ask(back);
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining(`0;url=${PAGE}"`),
    ]);
    const [cleared, session = ''] = response.headers.getSetCookie();
    expect(cleared).toMatch(/^pedigree_sign_in=;/);
    expect(session).toMatch(/^pedigree_token=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    const who = await browser.ask(`${server.url}/session`);
    await expect(who.json()).resolves.toMatchObject({ name: 'corp:alice', roles: ['auditor'] });
  });

  test('is ended by signing out', async () => {
    const { browser, back } = await answered();
    await browser.ask(back);
    const end = await fetch(`${server.url}/session`, { method: 'DELETE' });
    expect(end.headers.get('set-cookie')).toMatch(/^pedigree_token=; Path=\/; Expires=Thu, 01 Jan 1970/);
  });

  test('may give the access token, and knows where browsers reach it', async () => {
    const { browser, authorization, setCookie } = await depart(behindProxy);
    expect(authorization.searchParams.get('resource')).toBe(RESOURCE);
    expect(setCookie).toMatch(/; Secure;/);
    const back = await browser.signInAt(authorization.href, 'bob');
    expect(back).toMatch(/^https:\/\/pedigree\.example\/sign-in\/oidc\/callback\?code=/);
    const response = await browser.ask(back.replace(PUBLIC_URL, behindProxy.url));
    expect(response.headers.getSetCookie()[1]).toMatch(/; Secure; SameSite=Strict$/);
    const who = await browser.ask(`${behindProxy.url}/session`);
    await expect(who.json()).resolves.toMatchObject({ name: 'corp:bob', roles: ['auditor'] });
  });
});

describe('a sign-in comes to nothing', () => {
  test('with another state', async () => {
    const { browser, back } = await answered();
    await expectRefused(browser, changed(back, 'state', 'x'.repeat(43)), 401, /belongs to another sign-in/);
  });

  test('with another nonce than the one that was sent', async () => {
    const { browser, authorization } = await depart(server);
    const meddled = changed(authorization.href, 'nonce', 'x'.repeat(43));
    const back = await browser.signInAt(meddled, 'alice');
    await expectRefused(browser, back, 401, /answer of corp does not belong to this sign-in/);
  });

  test('with the code of another sign-in', async () => {
    const victim = await depart(server);
    const attacker = await answered('mallory');
    const code = new URL(attacker.back).searchParams.get('code') ?? '';
    const state = victim.authorization.searchParams.get('state') ?? '';
    const injected = changed(changed(attacker.back, 'code', code), 'state', state);
    await expectRefused(victim.browser, injected, 401, /does not take this sign-in&#39;s code/);
  });

  test('a second time: without the cookie, and with it', async () => {
    const { browser, back } = await answered();
    const ticket = browser.cookie(server.url, 'pedigree_sign_in') ?? '';
    await browser.ask(back);
    expect((await browser.ask(back)).status).toBe(401);
    const thief = new CookieBrowser();
    thief.setCookie(server.url, 'pedigree_sign_in', ticket);
    await expectRefused(thief, back, 401, /does not take this sign-in&#39;s code: it was used before/);
  });

  test('in another browser', async () => {
    const { back } = await answered();
    await expectRefused(new CookieBrowser(), back, 401, /no sign-in is under way in this browser/);
  });

  test('with a cookie that somebody else made or changed', async () => {
    const { browser, back } = await answered();
    const ticket = browser.cookie(server.url, 'pedigree_sign_in') ?? '';
    const [head = '', , signature = ''] = ticket.split('.');
    const state = new URL(back).searchParams.get('state');
    const payload = Buffer.from(JSON.stringify({ state, to: 'https://evil.example' })).toString('base64url');
    for (const forged of [`${head}.${payload}.${signature}`, await server.token('admin'), 'x']) {
      browser.setCookie(server.url, 'pedigree_sign_in', forged);
      await expectRefused(browser, back, 401, /no sign-in is under way/);
    }
  });

  test('after ten minutes', async () => {
    const { browser, back } = await answered();
    server.clock.now += 601_000;
    await expectRefused(browser, back, 401, /longer than 10 minutes/);
  });

  test('if the provider says no; its words are shown as words', async () => {
    const { browser, authorization } = await depart(server);
    const callback = changed(server.url + CALLBACK, 'error', 'access_denied');
    const said = changed(callback, 'error_description', '<script>alert(1)</script>');
    const state = authorization.searchParams.get('state') ?? '';
    const back = changed(changed(said, 'iss', provider.issuer), 'state', state);
    await expectRefused(browser, back, 401, /corp refused the sign-in: access_denied: &lt;script&gt;/);
  });

  test('for somebody who has no role here', async () => {
    const { browser, back } = await answered(STRANGER);
    await expectRefused(browser, back, 401, /corp knows you, but its token is not accepted here/);
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/v1/export',
    '/nowhere',
  ])('if it shall lead to %s', async (to) => {
    const browser = new CookieBrowser();
    const url = `${server.url}/sign-in/oidc?to=${encodeURIComponent(to)}`;
    await expectRefused(browser, url, 400, /must be the path of a page of this server/);
    expect(browser.cookie(server.url, 'pedigree_sign_in')).toBeUndefined();
  });
});

describe('a server', () => {
  test('whose provider cannot be reached says that it is the provider', async () => {
    const gone = await SignInProvider.listen();
    await gone.stop();
    const alone = await TestServer.start({
      keep: true,
      keysDir: server.keysDir,
      env: settings(gone.issuer, CLIENT.id),
    });
    const response = await fetch(`${alone.url}/sign-in/oidc`, { redirect: 'manual' });
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringMatching(/identity provider corp .* cannot be asked now.*IDENTITY_PROVIDER_UNAVAILABLE/),
    ]);
    await alone.stop();
  });

  test('without a provider offers none', async () => {
    const plain = await TestServer.start({ keep: true, keysDir: server.keysDir });
    const ways = await fetch(`${plain.url}/sign-in/ways`);
    await expect(ways.json()).resolves.toEqual([]);
    expect((await fetch(`${plain.url}/sign-in/oidc`)).status).toBe(404);
    await plain.stop();
  });
});

/** What is around every page: the sign-in, the session's end, a server that is gone, the keyboard, the policy. */
import { gzipSync } from 'node:zlib';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { seen } from './web.js';

const STRICT =
  "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function testShell(web: () => MortgageWeb): void {
  describe('signing in', () => testSigningIn(web));
  describe('when something ends', () => testEnds(web));
  describe('around every page', () => testSurroundings(web));
}

function testSigningIn(web: () => MortgageWeb): void {
  test('a pasted token opens the page that was asked for, and no script can read it', async () => {
    const { page, troubles } = await web().visit(web().denied);
    await seen(page.getByRole('heading', { name: /Why did this model say that/ }));
    await picture(page, 'sign-in');
    const token = await web().server.token('auditor');
    await page.getByLabel('Token').fill(token);
    await page.getByLabel('Purpose').fill('complaint 17');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await seen(page.getByText('DENY', { exact: true }));
    const stored = await page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    expect(stored).not.toContain(token.slice(10, 40));
    await page.reload();
    await seen(page.getByText('DENY', { exact: true }));
    expect(page.url()).toContain(web().denied);
    expect(troubles).toEqual([]);
  });

  test('the purpose is in the access log with the read', async () => {
    const { accessLog } = await web().server.ask('{ accessLog(first: 50) { items { purpose } } }');
    expect(accessLog.items.map(({ purpose }: { purpose: string }) => purpose)).toContain('complaint 17');
  });

  test('a wrong token is refused with a reason, and the form stays', async () => {
    const { page } = await web().visit('/');
    await page.getByLabel('Token').fill('abc.def.ghi');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await seen(
      page.getByRole('alert').filter({ hasText: /Not signed in: a valid bearer token is required/ }),
    );
    await expect(page.getByLabel('Token').inputValue()).resolves.toBe('abc.def.ghi');
    await expect(violations(page)).resolves.toEqual([]);
  });

  test('signing out forgets everything', async () => {
    const { page, context } = await web().visit(web().denied, { as: 'auditor' });
    await page.getByText('test-auditor').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await seen(page.getByText('You are signed out.'));
    await expect(context.cookies()).resolves.toEqual([]);
    await expect(page.content()).resolves.not.toContain('applicant-9');
  });

  test.each([
    ['text/plain', '{"token":"x"}', 400, /must be JSON/],
    ['application/json', '{"token":"x"}', 401, /valid bearer token/],
    ['application/json', '{"token":"a b; Path=/"}', 401, /letters, digits/],
    ['application/json', '{}', 401, /a token is required/],
  ])('POST /session as %s with %s is refused with %i', async (type, body, status, reason) => {
    const headers = { 'content-type': type };
    const answer = await fetch(`${web().server.url}/session`, { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(reason)]);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('the cookie is for this server’s own pages only, and ends with the token', async () => {
    const token = await web().server.token('reader', { lifetime: 600 });
    const post = (origin: string): Promise<Response> =>
      fetch(`${web().server.url}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ token }),
      });
    const plain = (await post('http://localhost')).headers.get('set-cookie') ?? '';
    expect(plain).toMatch(/HttpOnly; SameSite=Strict$/);
    expect((await post('https://pedigree.example')).headers.get('set-cookie')).toMatch(/; Secure;/);
    const left = (Date.parse(/Expires=([^;]+)/.exec(plain)?.[1] ?? '') - Date.now()) / 1000;
    expect(Math.round(left / 100)).toBe(6);
  });
}

function testEnds(web: () => MortgageWeb): void {
  test('a token that expires leads back to the sign-in, and from there to the same page', async () => {
    const { page } = await web().visit('/');
    await page.clock.install();
    await web().signIn(page.context(), 'auditor');
    await page.goto(web().server.url + web().denied);
    await seen(page.getByText('DENY', { exact: true }));
    await page.clock.fastForward(2 ** 31);
    await seen(page.getByText(/Your session has ended/));
    await expect(page.content()).resolves.not.toContain('applicant-9');
    expect(page.url()).toContain(web().denied);
  });

  test('a token that the server no longer takes does so with the next question', async () => {
    const { page, context } = await web().visit('/', { as: 'auditor' });
    await seen(page.getByRole('heading', { level: 1 }));
    await context.clearCookies();
    await page.getByLabel('Find an artifact').fill(web().cast.model);
    await page.keyboard.press('Enter');
    await seen(page.getByText(/Your session has ended/));
  });

  test('a server that is gone is said to be gone, and the page goes on when it is back', async () => {
    const { page, context } = await web().visit('/', { as: 'reader' });
    await seen(page.getByRole('heading', { level: 1 }));
    await context.setOffline(true);
    await page.getByLabel('Find an artifact').fill(web().cast.model);
    await page.keyboard.press('Enter');
    await seen(page.getByText(/The server does not answer. What you see/));
    await expect(violations(page)).resolves.toEqual([]);
    await picture(page, 'server-gone');
    await context.setOffline(false);
    await seen(page.getByRole('heading', { name: 'What was declared' }));
  });
}

function testSurroundings(web: () => MortgageWeb): void {
  test.each(['/', '/decision?id=x', '/session', '/health'])(
    '%s allows no inline script and no inline style',
    async (path) => {
      const answer = await fetch(web().server.url + path);
      expect(answer.headers.get('content-security-policy')).toBe(STRICT);
    },
  );

  test('only GraphiQL may make styles at run time', async () => {
    const answer = await fetch(`${web().server.url}/graphiql/`);
    expect(answer.headers.get('content-security-policy')).toMatch(/style-src 'self' 'unsafe-inline'/);
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
  });

  test('GraphiQL is a link away', async () => {
    const { page } = await web().visit('/', { as: 'admin' });
    await page.getByRole('link', { name: /GraphiQL/ }).click();
    await page.waitForURL('**/graphiql/');
    await seen(page.getByRole('button', { name: /Execute query/i }));
  });

  test('the keyboard alone gets everywhere', async () => {
    const { page } = await web().visit('/', { as: 'reader' });
    await seen(page.getByRole('heading', { level: 1 }));
    await page.keyboard.press('Tab');
    await seen(page.getByRole('link', { name: 'Skip to the page’s content' }));
    await page.keyboard.press('Enter');
    await expect(page.evaluate('document.activeElement.id')).resolves.toBe('main');
    await page.keyboard.press('/');
    await page.keyboard.type('credit ris');
    await seen(page.getByRole('option').filter({ hasText: 'owner Credit risk' }));
    await page.keyboard.type('k no such thing');
    await seen(page.getByText('Nothing was found'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('denial-ri');
    await seen(page.getByRole('option', { name: /model denial-risk/ }));
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: /^denial-risk/ });
    await seen(heading);
    await expect(page.evaluate('document.activeElement.tagName')).resolves.toBe('H1');
  });

  test('the theme is the system’s until one is chosen, and then kept', async () => {
    const { page } = await web().visit('/', { as: 'reader', dark: true });
    const ground = (): Promise<unknown> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    await seen(page.getByRole('heading', { level: 1 }));
    const dark = await ground();
    await page.getByRole('button', { name: /Colours: as the system/ }).click();
    expect(await ground()).not.toBe(dark);
    await page.reload();
    await seen(page.getByRole('button', { name: /Colours: light/ }));
  });

  test('an address that there is not says so', async () => {
    const { page } = await web().visit('/', { as: 'reader' });
    await page.evaluate("history.pushState(null, '', '/nowhere')");
    await seen(page.getByText('There is nothing at this address'));
    expect((await fetch(`${web().server.url}/nowhere`)).status).toBe(404);
  });

  test('the first page needs at most 300 KB of JavaScript', () => {
    const folder = join(import.meta.dirname, '../../../dist/web/app');
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
    const bytes = first.map((path) => gzipSync(readFileSync(join(folder, path))).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300 * 1024);
    expect(readdirSync(join(folder, 'assets')).filter((name) => name.startsWith('explore-page'))).not.toEqual(
      [],
    );
    expect(html).not.toMatch(/explore-page|<style|<script>/);
  });
}

/** Signing in at a real OpenID provider on another site, in a real browser; and a file that its session downloads. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

import { violations } from '../../support/browser.js';
import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { CLIENT, SignInProvider } from '../../support/sign-in-provider.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { seen, Web } from './web.js';

/** More entries than an answer of GraphQL may have. */
const DATA_SETS = 2_001;
const DECISION = `/decision?id=${encodeURIComponent(id('Prediction', 'decided'))}`;

let provider: SignInProvider;
let web: Web;

beforeAll(async () => {
  provider = await SignInProvider.listen();
  const providers = join(temporaryFolder(), 'providers.json');
  const { issuer } = provider;
  const corp = { name: 'corp', issuer, audience: CLIENT.id, roles: { 'pg-audit': 'auditor' } };
  writeFileSync(providers, JSON.stringify({ providers: [corp] }));
  web = await Web.openEmpty({
    PEDIGREE_IDENTITY_PROVIDERS: providers,
    PEDIGREE_OIDC_PROVIDER: 'corp',
    PEDIGREE_OIDC_CLIENT_ID: CLIENT.id,
    PEDIGREE_OIDC_CLIENT_SECRET: CLIENT.secret,
  });
  await provider.serve([`${web.server.url}/sign-in/oidc/callback`]);
  const names = Array.from({ length: DATA_SETS }, (_, i) => `source-${String(i)}`);
  await web.server.declareAll([
    ...names.map((name) => artifact('Dataset', name)),
    artifact(
      'Transform',
      'gathering',
      names.map((name) => edge('READ', id('Dataset', name))),
    ),
    artifact('Dataset', 'gathered', [edge('PRODUCED_BY', id('Transform', 'gathering'))]),
    artifact('Model', 'decider', [edge('TRAINED_ON', id('Dataset', 'gathered'))]),
    prediction('decided', 'decider'),
  ]);
}, 120_000);

afterEach(() => web.leave());
afterAll(async () => {
  await web.close();
  await provider.stop();
});

test('one click leads to the provider and back to the page that was asked for, signed in', async () => {
  const { page, context, troubles } = await web.visit(DECISION);
  const link = page.getByRole('link', { name: `Sign in with ${new URL(provider.issuer).host}` });
  await seen(link);
  await expect(violations(page)).resolves.toEqual([]);
  await page.getByLabel('Purpose').fill('audit 12');
  await link.click();
  await page.getByPlaceholder('Enter any login').fill('alice');
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByText('corp:alice'));
  expect(page.url()).toBe(web.server.url + DECISION);
  await expect(page.evaluate('JSON.stringify([{ ...sessionStorage }, document.cookie])')).resolves.toBe(
    '[{"pedigree.purpose":"audit 12"},""]',
  );
  const ours = await context.cookies(web.server.url);
  expect(ours.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
    ['pedigree_token', true, 'Strict'],
  ]);
  expect(troubles).toEqual([]);
}, 60_000);

test('a page downloads evidence that is too large for an answer of GraphQL', async () => {
  const { page } = await web.visit(DECISION, { as: 'auditor' });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download evidence' }).click();
  const text = readFileSync(await (await downloading).path(), 'utf8');
  expect(text.match(/source-\d+@1/g)?.length).toBeGreaterThanOrEqual(DATA_SETS);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
}, 60_000);

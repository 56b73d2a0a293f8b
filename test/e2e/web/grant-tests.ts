/** Grants: issued, watched and revoked in the pages, and what their holders see, which is nothing of what is hidden. */
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

import { picture, violations } from '../../support/browser.js';
import { issueGrant, revokeGrant } from '../../support/granted.js';
import type { MortgageWeb } from './mortgage-web.js';
import { seen } from './web.js';

export function testGrants(web: () => MortgageWeb): void {
  describe('grants, for who issues them', () => testIssuing(web));
  describe('grants, for who holds one', () => testHolding(web));
}

function testIssuing(web: () => MortgageWeb): void {
  test('one is issued, works, is watched, and ends when it is revoked', async () => {
    const { page, troubles } = await web().visit('/governance?tab=grants', { as: 'admin' });
    await page.getByRole('button', { name: 'Issue a grant' }).click();
    await page.getByLabel('Holder').fill('Supervisor North');
    await page.getByLabel('Purpose', { exact: false }).first().fill('complaint 12/7');
    await page.getByLabel('Add a root').fill(web().cast.deniedApplication);
    await page.keyboard.press('Enter');
    await page.getByLabel('features').uncheck();
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('button', { name: 'Issue it' }).click();
    const token = await (await seen(page.getByLabel('The token'))).innerText();
    await seen(page.getByRole('rowheader', { name: 'Supervisor North' }));
    const question = `query Supervise { artifact(id: ${JSON.stringify(web().cast.deniedApplication)}) { id } }`;
    const read = (): Promise<number> => statusOf(web(), token, question);
    await expect(read()).resolves.toBe(200);
    await page.reload();
    await page.getByRole('button', { name: /Open the grant of Supervisor North/ }).click();
    const details = page.getByRole('article', { name: 'The grant of Supervisor North' });
    await seen(details.getByText(/upstream, any depth, Dataset, Transform, Model, Prediction/));
    await seen(details.getByRole('listitem').filter({ hasText: /Supervise.*complete/ }));
    await picture(page, 'grants');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByLabel(/Why it is revoked/).fill('case closed');
    await page.getByRole('button', { name: 'Revoke the grant of Supervisor North' }).click();
    await seen(details.getByText(/Revoked by test-admin.*case closed/));
    await expect(read()).resolves.toBe(401);
    await expect(
      page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])'),
    ).resolves.not.toContain(token.slice(40, 80));
    expect(troubles).toEqual([]);
  }, 90_000);

  test('what is wrong with one is said, and the form stays as it is', async () => {
    const { page } = await web().visit('/governance?tab=grants', { as: 'governance' });
    await page.getByRole('button', { name: 'Issue a grant' }).click();
    await page.getByLabel('Holder').fill('Nobody');
    await page.getByLabel('Purpose', { exact: false }).first().fill('none');
    await page.getByRole('button', { name: 'Issue it' }).click();
    await seen(page.getByRole('alert').filter({ hasText: /Not issued: .*root/ }));
    await expect(page.getByLabel('Holder').inputValue()).resolves.toBe('Nobody');
  });

  test('who may not issue grants has no tab for them', async () => {
    const { page } = await web().visit('/governance?tab=grants', { as: 'auditor' });
    await seen(page.getByRole('link', { name: 'The logs' }));
    await expect(page.getByRole('link', { name: 'Grants' }).count()).resolves.toBe(0);
  });
}

async function statusOf({ server }: MortgageWeb, token: string, query: string): Promise<number> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  await answer.text();
  return answer.status;
}

/** A page of a holder whose grant hides runs, features and everything personal. */
async function hold(web: MortgageWeb): Promise<{
  readonly page: Page;
  readonly heard: string[];
  readonly troubles: readonly string[];
  readonly id: string;
}> {
  const { id, token } = await issueGrant(web.server, {
    roots: [web.cast.deniedApplication],
    kinds: ['Prediction', 'Model', 'Dataset'],
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const { page, context, troubles } = await web.visit('/health');
  const answer = await context.request.post(`${web.server.url}/session`, { data: { token } });
  expect(answer.status()).toBe(200);
  const heard: string[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().includes('/graphql')) return;
    heard.push(request.url(), request.postData() ?? '');
    void request.response().then(async (response) => heard.push((await response?.text()) ?? ''));
  });
  return { page, heard, troubles, id };
}

/** Names of what the grant hides: runs and features of the story, and whom the decision is about. */
const HIDDEN = /applicant-9|train-denial-risk|split-rows|compute-features-run|featuredef:|transform:mortgage/;

function testHolding(web: () => MortgageWeb): void {
  test('no hidden value is in the page, in its address or in what the server sent', async () => {
    const { page, heard, troubles } = await hold(web());
    const id = encodeURIComponent(web().cast.deniedApplication);
    const places = [
      [web().denied, page.getByText('DENY', { exact: true })],
      [`/explore?of=${id}&depth=all`, page.locator('.react-flow__node[aria-label*="denial-risk"]')],
      [`/explore?of=${id}&depth=all&view=table`, page.getByText(/This is what your grant opens/)],
      [`/artifact?id=${encodeURIComponent(web().cast.model)}`, page.getByText('What was declared')],
    ] as const;
    for (const [path, there] of places) {
      await page.goto(web().server.url + path);
      await seen(there);
      await page.waitForLoadState('networkidle');
      expect([path, HIDDEN.exec(await page.content())?.[0]]).toEqual([path, undefined]);
      expect([path, HIDDEN.exec(page.url())?.[0]]).toEqual([path, undefined]);
      await expect(violations(page)).resolves.toEqual([]);
    }
    expect(heard.length).toBeGreaterThan(9);
    expect(heard.map((text) => HIDDEN.exec(text)?.[0]).filter((found) => found !== undefined)).toEqual([]);
    expect(heard.filter((text) => text.includes('"errors"'))).toEqual([]);
    expect(troubles).toEqual([]);
  }, 90_000);

  test('its holder begins with an id, and has no page that the grant does not open', async () => {
    const { page, heard } = await hold(web());
    await page.goto(web().server.url);
    await seen(page.getByText('You read under a grant'));
    await picture(page, 'home-grant');
    await expect(violations(page)).resolves.toEqual([]);
    await expect(page.getByRole('link', { name: /Governance|Root cause/ }).count()).resolves.toBe(0);
    await page.getByLabel('Find anything').fill(web().cast.deniedApplication);
    await page.keyboard.press('Enter');
    await seen(page.getByText('DENY', { exact: true }));
    expect(heard.filter((text) => text.includes('"errors"'))).toEqual([]);
  });

  test.each(['/governance', '/governance?tab=erasure', '/root-cause'])(
    '%s typed by hand says that it is not part of a grant, and asks nothing',
    async (path) => {
      const { page, heard, troubles } = await hold(web());
      await page.goto(web().server.url + path);
      await seen(page.getByText('This page is not part of a grant'));
      await page.waitForLoadState('networkidle');
      expect(heard).toEqual([]);
      await picture(page, 'not-of-grants');
      await expect(violations(page)).resolves.toEqual([]);
      expect(troubles).toEqual([]);
    },
  );

  test('a hidden artifact and one that there is not have the same page', async () => {
    const { page } = await hold(web());
    const { lineage } = await web().server.ask(
      'query ($of: ID!) { lineage(of: $of, direction: UPSTREAM, kinds: [Transform]) { nodes { id } } }',
      { of: web().cast.deniedApplication },
    );
    const hidden = lineage.nodes[0].id as string;
    const says = async (id: string): Promise<string> => {
      await page.goto(`${web().server.url}/artifact?id=${encodeURIComponent(id)}`);
      await seen(page.locator('.state-title'));
      return page.locator('.state').first().innerText();
    };
    const missing = await says('transform:mortgage/none@1');
    await expect(says(hidden)).resolves.toBe(missing);
  });

  test('when it is revoked, what was read is forgotten with the next question', async () => {
    const { page, id } = await hold(web());
    await page.goto(web().server.url + web().denied);
    await seen(page.getByText('DENY', { exact: true }));
    await revokeGrant(web().server, id);
    await page.getByLabel('Find an artifact').fill(web().cast.model);
    await page.keyboard.press('Enter');
    await seen(page.getByText(/the token has expired or was revoked/));
    await expect(page.getByText('DENY', { exact: true }).count()).resolves.toBe(0);
    await page.reload();
    await seen(page.getByLabel('Token'));
    await expect(violations(page)).resolves.toEqual([]);
  });
}

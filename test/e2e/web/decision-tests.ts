/** The page of a decision, from its outcome back to the raw row, and its proof. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

import { verifyEvidence } from '../../../src/verify/index.js';
import { prediction } from '../../support/declarations.js';
import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { seen } from './web.js';

export function testDecision(web: () => MortgageWeb): void {
  describe('the page of a decision', () => testStory(web));
  describe('verifying in the browser', () => testProof(web));
  describe('taking it along', () => testTaking(web));
}

function testStory(web: () => MortgageWeb): void {
  test('tells the storyline from the outcome back to the raw row', async () => {
    const { page, troubles } = await web().visit(web().denied, { as: 'auditor' });
    await seen(page.getByText('DENY', { exact: true }));
    await seen(page.getByText('Every link is there'));
    await seen(page.getByText('applicant-9'));
    const dmi = page.getByRole('row', { name: /^dmi/ });
    await expect(dmi.innerText()).resolves.toMatch(/\+4\.755[\s\S]*dmi === 'yes' \? 1 : 0[\s\S]*Credit risk/);
    await seen(page.getByText('This is the raw record: its data set has no producer.'));
    await seen(page.getByText(/approved by Model risk committee/));
    await seen(page.getByText('lvr has drifted'));
    await seen(page.getByText(/Incident: Denials of the batch/));
    await expect(page.getByText(/has not drifted/).count()).resolves.toBe(0);
    await page.getByRole('button', { name: 'Show 9 measurements without drift' }).click();
    await expect(page.getByText(/has not drifted/).count()).resolves.toBe(9);
    expect(troubles).toEqual([]);
  });

  test.each([false, true])('is accessible, dark: %s', async (dark) => {
    const { page } = await web().visit(web().denied, { as: 'auditor', dark });
    await seen(page.getByText('Every link is there'));
    await picture(page, dark ? 'decision-dark' : 'decision');
    if (!dark) await picture(page, 'decision-whole', true);
    await expect(violations(page)).resolves.toEqual([]);
  });

  test('fits a phone', async () => {
    const { page } = await web().visit(web().denied, { as: 'auditor', width: 390, height: 844 });
    await seen(page.getByText('Every link is there'));
    await picture(page, 'decision-phone');
    await expect(page.evaluate('document.documentElement.scrollWidth')).resolves.toBeLessThanOrEqual(390);
  });

  test('shows a reader without the right to personal values that they are withheld, and asks for none', async () => {
    const { page } = await web().visit(web().denied, { as: 'reader' });
    await seen(page.getByText('DENY', { exact: true }));
    await expect(page.getByText('withheld', { exact: true }).count()).resolves.toBeGreaterThan(10);
    await expect(page.content()).resolves.not.toMatch(/applicant-9|4\.755/);
    await picture(page, 'decision-reader');
    await expect(violations(page)).resolves.toEqual([]);
  });

  test('names what is missing', async () => {
    const bare = prediction('bare', 'nobody', [], { fields: { outcome: 'APPROVE' } });
    await web().server.declareAll([bare]);
    const { page } = await web().visit(`/decision?id=${encodeURIComponent(bare.id)}`, { as: 'auditor' });
    await seen(page.getByRole('heading', { name: /\d+ missing/ }));
    await seen(page.getByRole('region', { name: 'Completeness' }).getByRole('link', { name: /nobody/ }));
    await picture(page, 'decision-missing');
  });

  test('says so if there is no such decision', async () => {
    const { page } = await web().visit('/decision?id=prediction%3Amortgage%2Fdecision%40none', {
      as: 'auditor',
    });
    await seen(page.getByText('There is no such decision that you may see'));
  });
}

async function verify(page: Page): Promise<void> {
  await seen(page.getByText('Every link is there'));
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
}

function testProof(web: () => MortgageWeb): void {
  test('checks the evidence step by step, and the page against it', async () => {
    const { page, troubles } = await web().visit(web().denied, { as: 'auditor' });
    await verify(page);
    await seen(page.getByText('Verified', { exact: true }));
    const steps = page.locator('.proof-step');
    await expect(steps.count()).resolves.toBe(7);
    await expect(page.locator('.proof-step.good').count()).resolves.toBe(7);
    await expect(steps.last().innerText()).resolves.toMatch(
      /This page shows what was proved\s+\d{2,} values compared, all the same$/,
    );
    await picture(page, 'decision-verified');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('a server that changes a byte of the evidence is found out', async () => {
    const { page } = await web().visit('/', { as: 'auditor' });
    await page.route('**/graphql', async (route) => {
      const answer = await route.fetch();
      const json = (await answer.json()) as { data: { evidence?: { file: string } } };
      const { evidence } = json.data;
      if (evidence) evidence.file = evidence.file.replace(/(\/lineage\\n)\d/, '$19');
      await route.fulfill({ response: answer, json });
    });
    await page.goto(web().server.url + web().denied);
    await verify(page);
    await seen(page.getByText('Not verified', { exact: true }));
    await seen(page.locator('.proof-step.bad').filter({ hasText: 'The head of the log is signed' }));
  });

  test('a server that shows another value than it declared is found out', async () => {
    const { page } = await web().visit('/', { as: 'auditor' });
    await page.route('**/graphql', async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({
        response: answer,
        body: text.replace('"outcome":"DENY"', '"outcome":"APPROVE"'),
      });
    });
    await page.goto(web().server.url + web().denied);
    await verify(page);
    await seen(
      page.locator('.proof-step.bad').filter({ hasText: /the page shows something else:.*value\/outcome/ }),
    );
  });

  test('another key than the log’s does not verify', async () => {
    const { page } = await web().visit(web().denied, { as: 'auditor' });
    await seen(page.getByText('Every link is there'));
    await page.getByText('Use a key of my own').click();
    await page.getByLabel(/The log’s public key/).fill('other.example+12345678+AAAA');
    await page.getByRole('button', { name: 'Verify in this browser' }).click();
    await seen(page.getByText('Not verified', { exact: true }));
  });

  test('without personal values the proof holds all the same', async () => {
    const { page } = await web().visit(web().denied, { as: 'reader' });
    await verify(page);
    await seen(page.getByText(/withheld from you, and the proof holds without/));
    await seen(page.getByText('Verified', { exact: true }));
  });
}

function testTaking(web: () => MortgageWeb): void {
  test('the evidence that is saved verifies elsewhere', async () => {
    const { page } = await web().visit(web().denied, { as: 'auditor' });
    await seen(page.getByText('Every link is there'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download evidence' }).click(),
    ]);
    const file = readFileSync(await download.path(), 'utf8');
    const { checkpoint } = await web().server.ask('{ checkpoint { verifierKey } }');
    expect(verifyEvidence(file, { key: checkpoint.verifierKey }).outcome).toBe('VERIFIED');
    expect(download.suggestedFilename()).toMatch(/^prediction-mortgage-decision@9\.\w+\.evidence\.json$/);
  });

  test('what is copied is the question that the page asked', async () => {
    const { page, context } = await web().visit(web().denied, { as: 'auditor' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await seen(page.getByText('Every link is there'));
    await page.getByRole('button', { name: 'Copy as GraphQL' }).click();
    await seen(page.getByText('copied', { exact: true }));
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    const variables = JSON.parse(/# Variables\n# (.*)\n/.exec(text)![1]!) as object;
    const { trace } = await web().server.ask(text, variables, 'auditor');
    expect(trace.prediction.outcome).toBe('DENY');
  });

  test('printed, it is a report: everything that is told, and nothing to press', async () => {
    const { page } = await web().visit(web().denied, { as: 'auditor' });
    await seen(page.getByText('Every link is there'));
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('banner').isVisible()).resolves.toBe(false);
    await expect(page.getByRole('button', { name: 'Print as a report' }).isVisible()).resolves.toBe(false);
    await expect(
      page.getByText('This is the raw record: its data set has no producer.').isVisible(),
    ).resolves.toBe(true);
  });
}

/** Home, impact, comparison, root cause and governance. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { seen } from './web.js';

export function testPages(web: () => MortgageWeb): void {
  describe('the first page', () => testHome(web));
  describe('impact', () => testImpact(web));
  describe('comparing', () => testCompare(web));
  describe('root cause', () => testRootCause(web));
  describe('governance', () => testGovernance(web));
}

function testHome(web: () => MortgageWeb): void {
  test('says what is new and how sound it is, and finds things as one types', async () => {
    const { page, troubles } = await web().visit('/', { as: 'reader' });
    await seen(page.getByText('The log is sound'));
    await seen(page.getByText(/Incident: Denials of the batch/));
    await picture(page, 'home');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByLabel('Find anything').fill('applications-ra');
    await seen(page.getByRole('option', { name: /applications-raw/ }));
    await expect(violations(page)).resolves.toEqual([]);
    await page.keyboard.press('Enter');
    await seen(page.getByRole('heading', { level: 1, name: /^applications-raw/ }));
    await picture(page, 'artifact');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('keeps saved views in the browser until they are removed', async () => {
    const { page } = await web().visit(`/impact?of=${encodeURIComponent(web().cast.model)}`, {
      as: 'reader',
    });
    await seen(page.getByText('Decisions over time'));
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('link', { name: /^Impact of denial-risk/ }).click();
    await seen(page.getByText('Decisions over time'));
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('button', { name: /^Remove Impact of denial-risk/ }).click();
    await seen(page.getByText(/“Save this view” on any page/));
  });
}

function testImpact(web: () => MortgageWeb): void {
  test('counts what an artifact affects, and lists all of it in a file', async () => {
    const { page, troubles } = await web().visit(`/impact?of=${encodeURIComponent(web().cast.rawDataset)}`, {
      as: 'reader',
    });
    const counts = page.getByRole('region', { name: 'Counts' });
    await seen(counts.getByText('3,280'));
    await seen(page.locator('.time-count', { hasText: '2,380' }));
    await seen(page.locator('.time-count', { hasText: '900' }));
    await picture(page, 'impact');
    await expect(violations(page)).resolves.toEqual([]);
    const csv = await file(page, 'All as CSV');
    expect(csv.split('\r\n')).toHaveLength(3_282);
    expect(csv).toContain(`\r\n${web().cast.deniedApplication},2026-03-16T`);
    expect((JSON.parse(await file(page, 'All as JSON')) as unknown[]).length).toBe(3_280);
    expect(troubles).toEqual([]);
  });
}

async function file(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

function testCompare(web: () => MortgageWeb): void {
  test('shows what differs between two decisions', async () => {
    const [a, b] = [web().cast.deniedApplication, web().cast.suspects[0]!];
    const { page, troubles } = await web().visit(
      `/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`,
      { as: 'reader' },
    );
    await seen(page.getByRole('heading', { name: 'What differs in themselves' }));
    await seen(page.getByRole('rowheader', { name: 'mode' }));
    const { diff } = await web().server.ask(
      'query ($a: ID!, $b: ID!) { diff(a: $a, b: $b) { onlyB { total } fields { field } } }',
      { a, b },
    );
    await seen(page.getByRole('heading', { name: `B alone comes from ${String(diff.onlyB.total)}` }));
    await picture(page, 'compare');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('says why two kinds cannot be compared', async () => {
    const [a, b] = [web().cast.model, web().cast.rawDataset];
    const { page } = await web().visit(`/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`, {
      as: 'reader',
    });
    await seen(page.getByRole('alert').getByText(/kind/));
  });
}

function testRootCause(web: () => MortgageWeb): void {
  test('odd decisions are marked by fields, and the run that did it comes first', async () => {
    const { page, troubles } = await web().visit(`/root-cause?of=${encodeURIComponent(web().cast.model)}`, {
      as: 'auditor',
    });
    await seen(page.getByText('No decision is marked as odd yet'));
    await page.getByLabel('outcome').selectOption('DENY');
    await page.getByLabel('decided from').fill('2026-06-01T00:00:00');
    const first = page.locator('.cause').first();
    await seen(first.getByText('convert-delivery-west'));
    await seen(first.getByText(/convert-delivery-percent.ts/));
    await picture(page, 'root-cause');
    await expect(violations(page)).resolves.toEqual([]);
    expect(page.url()).toMatch(/outcome=DENY.*from=2026-06-01/);
    expect(troubles).toEqual([]);
  });

  test('a box drawn on the chart sets the same fields', async () => {
    const { page } = await web().visit(`/root-cause?of=${encodeURIComponent(web().cast.model)}`, {
      as: 'auditor',
    });
    const chart = page.getByRole('img', { name: /decisions by time and score/ });
    await seen(chart);
    const { x, y, width, height } = (await chart.boundingBox())!;
    await page.mouse.move(x + width - 60, y + 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, y + height / 2);
    await page.mouse.up();
    await seen(page.locator('.cause').first().getByText('convert-delivery-west'));
    expect(Number(await page.getByLabel('lowest score').inputValue())).toBeCloseTo(0.5, 1);
  });
}

/** Reads a personal value for a stated purpose, to the end. */
async function readFor(purpose: string, { server, cast }: MortgageWeb): Promise<void> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await server.token('auditor')}`,
      'content-type': 'application/json',
      'pedigree-purpose': purpose,
    },
    body: JSON.stringify({
      query: 'query ($id: ID!) { trace(prediction: $id) { prediction { explanation } } }',
      variables: { id: cast.deniedApplication },
    }),
  });
  expect(answer.status).toBe(200);
  await answer.text();
}

function testGovernance(web: () => MortgageWeb): void {
  test('shows checks, drift, reads and the heads of the logs', async () => {
    await readFor('audit 5', web());
    const { page, troubles } = await web().visit('/governance', { as: 'admin' });
    await seen(page.getByText('lvr has drifted'));
    await page.getByLabel('Show').selectOption('DRIFT');
    await seen(page.getByText('hir has not drifted'));
    await picture(page, 'governance');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('link', { name: 'The logs' }).click();
    const { checkpoint } = await web().server.ask('{ checkpoint { verifierKey } }');
    await seen(page.getByText(checkpoint.verifierKey as string));
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('link', { name: 'Who read what' }).click();
    await page.getByLabel('Only reads by').fill('test-auditor');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('cell', { name: 'audit 5' }));
    await picture(page, 'access-log');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('a person’s erasure has its certificate, and the decision shows what was erased', async () => {
    const decision = web().cast.controls.at(-1)!;
    const { trace } = await web().server.ask(
      'query ($id: ID!) { trace(prediction: $id) { prediction { subjects } } }',
      { id: decision },
    );
    const [subject] = trace.prediction.subjects as string[];
    const { eraseSubject } = await web().server.ask(
      'mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "request 8") { id } }',
      { subject },
    );
    const { page, troubles } = await web().visit('/governance?tab=erasure', { as: 'admin' });
    await page.getByLabel('Id of the certificate').fill(eraseSubject.id as string);
    await page.keyboard.press('Enter');
    await seen(page.getByRole('heading', { name: 'Certificate of erasure' }));
    await seen(page.getByText('request 8'));
    await picture(page, 'erasure');
    await expect(violations(page)).resolves.toEqual([]);
    await page.goto(`${web().server.url}/decision?id=${encodeURIComponent(decision)}`);
    await seen(page.getByText('erased', { exact: true }));
    await expect(page.content()).resolves.not.toContain(subject);
    await picture(page, 'decision-erased');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('what a reader may not see has no tab', async () => {
    const { page } = await web().visit('/governance?tab=access', { as: 'reader' });
    await seen(page.getByRole('link', { name: 'The logs' }));
    await expect(page.getByRole('link', { name: /Who read what|Erasure/ }).count()).resolves.toBe(0);
  });
}

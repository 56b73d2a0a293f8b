/** Home, impact, comparison, root cause and governance; the larger ones are in files of their own. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

import { picture, violations } from '../../support/browser.js';
import { testCompare } from './compare-tests.js';
import { testGovernance } from './governance-tests.js';
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
    const health = page.getByRole('region', { name: 'Health' });
    await seen(health.getByText(/\d+ odd runs?/));
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
    const kept = await page.evaluate<string>("localStorage.getItem('pedigree.views')");
    const path = `/impact?of=${encodeURIComponent(web().cast.model)}`;
    expect(JSON.parse(kept)).toEqual([{ name: expect.stringMatching(/^Impact of denial-risk/), path }]);
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

  test('the box can be drawn with the keyboard alone, and is seen on the chart', async () => {
    const { page } = await web().visit(`/root-cause?of=${encodeURIComponent(web().cast.model)}`, {
      as: 'auditor',
    });
    const lower = page.getByRole('slider', { name: /^Lower side of the box/ });
    await lower.focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageUp');
    expect(page.url()).toMatch(/lowest=0\.\d+/);
    expect(Number(await page.getByLabel('lowest score').inputValue())).toBeGreaterThan(0);
    const left = page.getByRole('slider', { name: /^Left side of the box/ });
    await left.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await seen(page.locator('.cause').first().getByText('convert-delivery-west'));
    await seen(page.locator('rect.brush'));
    await expect(violations(page)).resolves.toEqual([]);
    await page.keyboard.press('Home');
    await lower.focus();
    await page.keyboard.press('Home');
    await seen(page.getByText('No decision is marked as odd yet'));
    expect(page.url()).not.toMatch(/lowest|from/);
  });
}

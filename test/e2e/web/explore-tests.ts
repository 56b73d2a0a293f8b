/** The lineage explorer: the graph, its table, what is in its address, the keyboard, pictures. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';

import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { gone, seen } from './web.js';

export function testExplorer(web: () => MortgageWeb): void {
  describe('the lineage explorer', () => testGraph(web));
  describe('the lineage explorer, changed', () => testChanges(web));
}

/** The address of an artifact's lineage. */
function lineage(of: string, search = ''): string {
  return `/explore?of=${encodeURIComponent(of)}${search}`;
}

function box(page: Page, name: string): Locator {
  return page.locator(`.react-flow__node[aria-label*="${name}"]`);
}

function testGraph(web: () => MortgageWeb): void {
  test('graph, table and API agree', async () => {
    const { page, troubles } = await web().visit(lineage(web().cast.deniedApplication, '&depth=all'), {
      as: 'reader',
    });
    await seen(box(page, 'applications-raw'));
    const { lineage: api } = await web().server.ask(
      'query ($of: ID!) { lineage(of: $of, direction: UPSTREAM) { totals { nodes } nodes { id } } }',
      { of: web().cast.deniedApplication },
    );
    await expect(page.locator('.react-flow__node').count()).resolves.toBe(api.totals.nodes + 1);
    await picture(page, 'explorer');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('button', { name: 'Table' }).click();
    const rows = page.getByRole('region', { name: 'Lineage as a table' }).locator('tbody tr');
    await seen(rows);
    await expect(rows.count()).resolves.toBe(api.totals.nodes + 1);
    expect(page.url()).toContain('view=table');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('downstream, the decisions of a model are one box with their number', async () => {
    const { page } = await web().visit(lineage(web().cast.rawDataset, '&direction=DOWNSTREAM&depth=all'), {
      as: 'reader',
      dark: true,
    });
    await seen(box(page, '3,280 decisions'));
    await box(page, 'Model: denial-risk').click();
    await seen(
      page.getByRole('complementary', { name: 'What is looked at' }).getByText('Credit risk').first(),
    );
    await picture(page, 'explorer-dark');
    await expect(violations(page)).resolves.toEqual([]);
  });

  test('a kind can be left out, and the way through it is still shown', async () => {
    const { page } = await web().visit(lineage(web().cast.batch, '&depth=all'), { as: 'reader' });
    await seen(page.locator('.react-flow__node'));
    const before = await page.locator('.react-flow__node').count();
    await page
      .getByRole('button', { name: /^\S*\s*runs/ })
      .first()
      .click();
    await gone(page.locator('.react-flow__node[aria-label^="Transform"]'));
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(before);
    await expect(page.locator('.react-flow__edge.via').count()).resolves.toBeGreaterThan(0);
    expect(page.url()).toContain('hide=Transform');
  });
}

function testChanges(web: () => MortgageWeb): void {
  test('folds, loads more, and says how much there is', async () => {
    const { page } = await web().visit(lineage(web().cast.model, '&depth=1'), { as: 'reader' });
    const train = box(page, 'application-features-train');
    await seen(train);
    await expect(box(page, 'split-rows').count()).resolves.toBe(0);
    const more = page.getByRole('button', { name: 'Load the causes of application-features-train' });
    await expect(more.innerText()).resolves.toMatch(/^\+1/);
    await more.click();
    await seen(box(page, 'split-rows'));
    await page.getByRole('button', { name: 'Fold the causes of denial-risk' }).click();
    await gone(box(page, 'split-rows'));
    await page.reload();
    await seen(page.getByRole('button', { name: 'Unfold the causes of denial-risk' }));
    await expect(box(page, 'split-rows').count()).resolves.toBe(0);
  });

  test('shows only the paths between two', async () => {
    const search = `&to=${encodeURIComponent(web().cast.rawDataset)}`;
    const { page } = await web().visit(lineage(web().cast.model, search), { as: 'reader' });
    await seen(box(page, 'applications-raw'));
    await expect(box(page, 'application-features-test').count()).resolves.toBe(0);
    await picture(page, 'explorer-paths');
    await page.getByRole('button', { name: 'Show everything again' }).click();
    await seen(box(page, 'application-features-test'));
  });

  test('goes back to what was known before', async () => {
    const search = '&direction=DOWNSTREAM&depth=all';
    const { page } = await web().visit(lineage(web().cast.rawDataset, search), { as: 'reader' });
    await seen(box(page, 'denial-risk'));
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await seen(page.getByText('Nothing on this side'));
    expect(page.url()).toContain('at=1');
    await slider.focus();
    await page.keyboard.press('End');
    await seen(box(page, 'denial-risk'));
    expect(page.url()).not.toContain('at=');
  });

  test('is walked with arrow keys, and Enter chooses', async () => {
    const { page } = await web().visit(lineage(web().cast.model), { as: 'reader' });
    await seen(box(page, 'train-denial-risk'));
    await box(page, 'Model: denial-risk').focus();
    await page.keyboard.press('ArrowLeft');
    const label = (): Promise<unknown> => page.evaluate('document.activeElement.getAttribute("aria-label")');
    const cause = await label();
    expect(cause).not.toMatch(/^Model/);
    await page.keyboard.press('ArrowRight');
    await expect(label()).resolves.toMatch(/^Model: denial-risk/);
    await page.keyboard.press('Enter');
    await seen(page.getByRole('button', { name: 'Look away' }));
    expect(page.url()).toContain('focus=model');
  });

  test('is found by a search, and saved as pictures', async () => {
    const { page } = await web().visit('/explore', { as: 'reader' });
    await page.getByLabel('Find the artifact to begin with').fill('denial-risk');
    await page.getByRole('option', { name: /model denial-risk/ }).click();
    await seen(box(page, 'train-denial-risk'));
    expect((await saved(page, 'SVG')).toString()).toMatch(/^<svg[\s\S]*train-denial-risk[\s\S]*<\/svg>$/);
    expect((await saved(page, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
  });
}

async function saved(page: Page, format: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: format }).click(),
  ]);
  return readFileSync(await download.path());
}

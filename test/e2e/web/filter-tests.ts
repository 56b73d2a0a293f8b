/** The explorer's filters: the same answer as the API's, in the address, in words, and gone again. */
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { gone, seen } from './web.js';

export function testFilters(web: () => MortgageWeb): void {
  describe('the lineage explorer, filtered', () => testFiltered(web));
}

const FILTERED = `query ($of: ID!, $filter: LineageFilter) {
  lineage(of: $of, direction: UPSTREAM, filter: $filter, first: 1000) { nodes { id } totals { nodes } } }`;

function testFiltered(web: () => MortgageWeb): void {
  const all = (search = ''): string =>
    `/explore?of=${encodeURIComponent(web().cast.deniedApplication)}&depth=all&view=table${search}`;

  test.each([
    ['state=COMPLETED', { runStates: ['COMPLETED'] }, 'runs that completed'],
    ['state=declared', { declared: true }, 'declared'],
    ['ns=mortgage', { namespaces: ['mortgage'] }, 'in the namespace mortgage'],
    [
      'since=2026-01-01T00:00Z',
      { occurredFrom: '2026-01-01T00:00:00Z' },
      'happened 2026-01-01 00:00 UTC or later',
    ],
    [
      'before=2020-01-01T00:00Z',
      { occurredTo: '2020-01-01T00:00:00Z' },
      'happened before 2020-01-01 00:00 UTC',
    ],
  ])('%s shows what the API returns', async (search, filter, words) => {
    const { lineage } = await web().server.ask(FILTERED, { of: web().cast.deniedApplication, filter });
    const ids = (lineage.nodes as { id: string }[]).map(({ id }) => id);
    const { page, troubles } = await web().visit(all(`&${search}`), { as: 'reader' });
    await seen(page.locator('.filter-words').getByText(words).first());
    expect((await shown(page)).sort()).toEqual([web().cast.deniedApplication, ...ids].sort());
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('a filter is set by keyboard, drawn with dotted lines, and dropped', async () => {
    const { page } = await web().visit(all().replace('&view=table', ''), { as: 'reader' });
    await seen(page.locator('.react-flow__node'));
    const before = await page.locator('.react-flow__node').count();
    await page.locator('.filter-bar summary').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('State').selectOption('COMPLETED');
    await gone(page.locator('.react-flow__node[aria-label^="Dataset"]'));
    await expect(page.locator('.react-flow__edge.via').count()).resolves.toBeGreaterThan(0);
    expect(page.url()).toContain('state=COMPLETED');
    await picture(page, 'explorer-filtered');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('button', { name: /^runs that completed.*drop this condition/ }).press('Enter');
    await seen(page.locator('.react-flow__node[aria-label^="Dataset"]'));
    await expect(page.locator('.react-flow__node').count()).resolves.toBe(before);
    expect(page.url()).not.toContain('state=');
  });
}

async function shown(page: Page): Promise<string[]> {
  await seen(page.getByRole('region', { name: 'Lineage as a table' }).locator('tbody tr'));
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('tbody th a')].map(({ href }) => new URL(href).searchParams.get('id'))`,
  );
}

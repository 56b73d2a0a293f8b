/** Two artifacts side by side: what differs, as lists, as a drawing and as a table. */
import { expect, test } from '@jest/globals';

import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { gone, seen } from './web.js';

function compared(a: string, b: string): string {
  return `/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
}

export function testCompare(web: () => MortgageWeb): void {
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

  test('draws both ancestries as one, and the table and the API say the same', async () => {
    const [a, b] = [web().cast.deniedApplication, web().cast.suspects[0]!];
    const { page, troubles } = await web().visit(compared(a, b), { as: 'reader' });
    const { diff } = await web().server.ask(COUNTS, { a, b });
    const total = (state: string): number =>
      (diff.byKind as Record<string, number>[]).reduce((sum, kind) => sum + kind[state]!, 0);
    const drawing = page.getByRole('group', { name: 'Both ancestries' });
    await seen(drawing.locator('.react-flow__node'));
    const labels = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.react-flow__node')].map((node) => node.getAttribute('aria-label'))`,
    );
    const drawn = (words: string): number => labels.filter((label) => label.endsWith(words)).length;
    // The two that are compared are drawn too, and are in no count.
    expect(Math.min(total('onlyB'), total('shared'))).toBeGreaterThan(0);
    expect([drawn('only in A'), drawn('only in B')]).toEqual([total('onlyA') + 1, total('onlyB') + 1]);
    expect([drawn('in another version'), drawn('the same')]).toEqual([total('changed'), total('shared')]);
    await expect(violations(page)).resolves.toEqual([]);
    await picture(page, 'compare-drawing', true);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const rows = page.getByRole('region', { name: 'Both ancestries as a table' }).locator('tbody tr');
    await seen(rows);
    await expect(rows.count()).resolves.toBe(labels.length);
    expect(page.url()).toContain('view=table');
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('what is the same can be left out, and a box is looked at with the keyboard', async () => {
    const path = compared(web().cast.deniedApplication, web().cast.suspects[0]!);
    const { page } = await web().visit(path, { as: 'reader', dark: true });
    const boxes = page.getByRole('group', { name: 'Both ancestries' }).locator('.react-flow__node');
    await seen(boxes);
    const legend = page.getByRole('list', { name: 'What differs' });
    await legend.getByRole('button', { name: /^the same/ }).click();
    await gone(page.locator('.react-flow__node[aria-label$="the same"]'));
    expect(page.url()).toContain('without=shared');
    await page.locator('.react-flow__node[aria-label$="only in A"]').first().focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/look=/);
    await page.reload();
    await seen(page.getByRole('status').filter({ hasText: /^only in A/ }));
    await expect(violations(page)).resolves.toEqual([]);
  });
}

const COUNTS = 'query ($a: ID!, $b: ID!) { diff(a: $a, b: $b) { byKind { onlyA onlyB changed shared } } }';

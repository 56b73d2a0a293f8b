/** The explorer on graphs that were made for it: as many shapes as the seed gives, and more boxes than one can read. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';

import { picture, violations } from '../../support/browser.js';
import { artifact, edge, id } from '../../support/declarations.js';
import { seededGraph } from '../../support/seeded-graph.js';
import { seen, Web } from './web.js';

const READERS = 1_600;
const STARS = 280;

let web: Web;
const graph = seededGraph(20_260_301, 160);

beforeAll(async () => {
  web = await Web.openEmpty();
  const readers = Array.from({ length: READERS }, (_, i) =>
    artifact('Transform', `reader-${String(i)}`, [edge('READ', id('Dataset', 'read-by-all'))]),
  );
  const stars = Array.from({ length: STARS }, (_, i) => [
    artifact('Transform', `star-${String(i)}`, [edge('READ', id('Dataset', 'middle'))]),
    artifact('Dataset', `outside-${String(i)}`, [edge('PRODUCED_BY', id('Transform', `star-${String(i)}`))]),
  ]);
  await web.server.declareAll([
    ...[artifact('Dataset', 'read-by-all'), artifact('Dataset', 'middle')],
    ...[...graph.declarations, ...readers, ...stars.flat()],
  ]);
}, 120_000);

afterEach(() => web.leave());
afterAll(() => web.close());

function lineage(of: string, search: string): string {
  return `/explore?of=${encodeURIComponent(of)}${search}`;
}

const LINEAGE = `query ($of: ID!, $direction: Direction!) {
  lineage(of: $of, direction: $direction, first: 1000) { nodes { id } } }`;

describe('a graph of the seed', () => {
  test.each(graph.roots.flatMap((of) => [[of, 'UPSTREAM'] as const, [of, 'DOWNSTREAM'] as const]))(
    '%s %s: table, drawing and API have the same artifacts',
    async (of, direction) => {
      const { lineage: api } = await web.server.ask(LINEAGE, { of, direction });
      const ids = (api.nodes as { id: string }[]).map((node) => node.id);
      const search = `&direction=${direction}&depth=all`;
      const { page, troubles } = await web.visit(lineage(of, `${search}&view=table`), { as: 'reader' });
      if (ids.length === 0) {
        await seen(page.getByText('Nothing on this side'));
        return;
      }
      const rows = page.getByRole('region', { name: 'Lineage as a table' }).locator('tbody th a');
      await seen(rows);
      const told = await page.evaluate<string[]>(
        `[...document.querySelectorAll('tbody th a')].map(({ href }) => new URL(href).searchParams.get('id'))`,
      );
      expect(told.sort()).toEqual([of, ...ids].sort());
      await page.getByRole('button', { name: 'Graph' }).click();
      await seen(page.locator('.react-flow__node'));
      expect(await boxes(page)).toBe(ids.length + 1);
      expect(troubles).toEqual([]);
    },
    60_000,
  );
});

/** Artifacts in the drawing: what stands for several says how many. */
async function boxes(page: Page): Promise<number> {
  const details = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.react-flow__node')].map((node) => node.getAttribute('aria-label'))`,
  );
  return details.reduce((sum, label) => sum + Number(/, (\d+) (?:runs|versions)$/.exec(label)?.[1] ?? 1), 0);
}

describe('more than one can read', () => {
  test('the nearest are loaded, then all of them, as an overview; lines that are left out are said to be', async () => {
    const { page, troubles } = await web.visit(
      lineage(id('Dataset', 'read-by-all'), '&direction=DOWNSTREAM'),
      { as: 'reader' },
    );
    await seen(page.getByText(/The nearest 1,000 of 1,600 artifacts\s+are shown/));
    await page.getByRole('button', { name: 'Load up to 10,000' }).click();
    await seen(page.getByText('1,601 boxes as an overview'));
    await seen(page.getByText(/read-by-all has 1,600, and 1,000 of them were asked for/));
    await page.getByLabel('Find in this graph').fill(id('Transform', 'reader-1599'));
    await seen(page.getByRole('heading', { level: 2, name: /reader-1599/ }));
    await page.getByRole('button', { name: 'Show all of it' }).click();
    await picture(page, 'explorer-overview');
    await expect(violations(page)).resolves.toEqual([]);
    expect(page.url()).toContain('most=10000');
    await page.getByRole('button', { name: 'Table' }).click();
    await seen(page.getByText('1,601 artifacts'));
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  }, 120_000);

  test('what is loaded beside a large drawing leaves it where it is, until it is tidied up', async () => {
    const middle = id('Dataset', 'middle');
    const star = id('Transform', 'star-7');
    const { page, troubles } = await web.visit(
      lineage(middle, `&direction=DOWNSTREAM&depth=1&focus=${encodeURIComponent(star)}`),
      { as: 'reader' },
    );
    const place = (of: string): Promise<string | null> =>
      page.locator(`.react-flow__node[data-id="${of}"]`).getAttribute('style');
    await seen(page.locator(`.react-flow__node[data-id="${star}"]`));
    const before = await place(star);
    await page.getByRole('button', { name: /Load the effects of star-7$/ }).click();
    await seen(page.locator(`.react-flow__node[data-id="${id('Dataset', 'outside-7')}"]`));
    await expect(place(star)).resolves.toBe(before);
    await page.getByRole('button', { name: 'Tidy up' }).click();
    await page.getByRole('button', { name: /^Tidy/ }).waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  }, 120_000);
});

test('a server without retention rules says so', async () => {
  const { page, troubles } = await web.visit('/governance?tab=retention', { as: 'admin' });
  await seen(page.getByText('The server has no retention rules'));
  await seen(page.getByText('No personal value is kept.'));
  await expect(violations(page)).resolves.toEqual([]);
  expect(troubles).toEqual([]);
});

describe('columns', () => {
  test('are followed from what is looked at: drawing, table and API agree', async () => {
    const [clean, raw] = [id('Dataset', 'clean'), id('Dataset', 'raw')];
    await web.server.declareAll(columnStory(clean, raw));
    const feature = id('FeatureDef', 'ratio');
    const { page, troubles } = await web.visit(
      lineage(feature, `&depth=all&focus=${encodeURIComponent(feature)}`),
      { as: 'reader' },
    );
    await page.getByRole('button', { name: 'Follow its columns' }).click();
    const rows = page.getByRole('region', { name: 'Columns as a table' }).locator('tbody tr');
    await seen(rows);
    await expect(
      page.getByRole('group', { name: 'Columns' }).locator('.react-flow__node').count(),
    ).resolves.toBe(4);
    await expect(rows.allInnerTexts()).resolves.toEqual([
      expect.stringMatching(/^ratio\s+test\/ratio\s+feature\s+clean: dti/),
      expect.stringMatching(
        /^dti\s+test\/clean\s+data set\s+raw: debt; raw: income\s+nobody says how; DIRECT\/TRANSFORMATION, masked/,
      ),
      expect.stringMatching(/^debt\s+test\/raw/),
      expect.stringMatching(/^income\s+test\/raw/),
    ]);
    await picture(page, 'explorer-columns', true);
    await expect(violations(page)).resolves.toEqual([]);
    await page.goto(web.server.url + lineage(raw, `&direction=DOWNSTREAM&focus=${encodeURIComponent(raw)}`));
    await page.getByLabel('Follow one of its columns').selectOption('income');
    await seen(page.getByRole('heading', { name: 'Column income of raw' }));
    await seen(rows);
    await expect(rows.count()).resolves.toBe(3);
    await page.reload();
    await seen(page.getByRole('heading', { name: 'Column income of raw' }));
    await page.getByRole('button', { name: 'Back to artifacts alone' }).click();
    expect(page.url()).not.toContain('column=');
    expect(troubles).toEqual([]);
  });
});

/** A feature of a column that was made from two others, one of them masked. */
function columnStory(clean: string, raw: string): Parameters<typeof web.server.declareAll>[0] {
  const schema = ['income', 'debt'].map((name) => ({ name, type: 'int' }));
  const from = [
    { dataset: raw, column: 'income', transformation: 'DIRECT/TRANSFORMATION', masking: true },
    { dataset: raw, column: 'debt' },
  ];
  return [
    artifact('Dataset', 'raw', [], { fields: { schema } }),
    artifact('Transform', 'clean', [edge('READ', raw)]),
    artifact('Dataset', 'clean', [
      edge('PRODUCED_BY', id('Transform', 'clean'), { props: { columns: [{ column: 'dti', from }] } }),
    ]),
    artifact('FeatureDef', 'ratio', [edge('DERIVED_FROM', clean, { props: { columns: ['dti'] } })]),
  ];
}

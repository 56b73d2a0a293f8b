/** Governance: checks and drift over time, lineage watch, retention, erasure, who read what, and the logs. */
import { expect, test } from '@jest/globals';

import { picture, violations } from '../../support/browser.js';
import type { MortgageWeb } from './mortgage-web.js';
import { seen } from './web.js';

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

export function testGovernance(web: () => MortgageWeb): void {
  test('shows checks, drift, reads and the heads of the logs', async () => {
    await readFor('audit 5', web());
    const { page, troubles } = await web().visit('/governance', { as: 'admin' });
    const list = page.locator('.told-list');
    await seen(list.getByText('lvr has drifted'));
    await page.getByLabel('Show').selectOption('DRIFT');
    await seen(list.getByText('hir has not drifted'));
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

  test('checks and drift are marks over time, and the list says each of them', async () => {
    const { page } = await web().visit('/governance?type=DRIFT', { as: 'reader' });
    const chart = page.getByRole('img', { name: /facts by time/ });
    await seen(chart);
    const marks = await chart.locator('path').count();
    expect(marks).toBeGreaterThan(1);
    await expect(page.locator('.told-list > li').count()).resolves.toBe(marks);
    await expect(chart.locator('path.mark-bad').count()).resolves.toBe(
      await page.locator('.told-list > li.tone-bad').count(),
    );
    await picture(page, 'governance-time');
    await expect(violations(page)).resolves.toEqual([]);
  });

  test('what lineage watch finds is what the API says, and the hours are in the address', async () => {
    const { page, troubles } = await web().visit('/governance?tab=watch', { as: 'reader' });
    await seen(page.getByText(/The newest \S+ runs? were looked at/));
    const { watch } = await web().server.ask('{ watch(first: 50) { totals { kind } findings { message } } }');
    const said = (watch.findings as { message: string }[]).map(({ message }) => message);
    const rows = page.getByRole('region', { name: 'Lineage watch' }).locator('tbody tr');
    await expect(rows.count()).resolves.toBe(said.length);
    for (const message of said.slice(0, 5))
      await seen(page.getByRole('cell', { name: message, exact: true }));
    await picture(page, 'watch');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('spinbutton').fill('1000000');
    await page.keyboard.press('Enter');
    await page.waitForURL(/hours=1000000/);
    await expect(page.getByRole('heading', { name: /^Backdated runs/ }).count()).resolves.toBe(0);
    expect(troubles).toEqual([]);
  });

  test('retention shows the rules and what a run would do with each key, page by page', async () => {
    const { page, troubles } = await web().visit('/governance?tab=retention', { as: 'admin' });
    await seen(page.getByRole('heading', { name: 'The rules, version web-1' }));
    await seen(page.getByRole('rowheader', { name: 'credit-files' }));
    const { retentionPreview } = await web().server.ask(
      '{ retentionPreview(first: 50) { items { key action } hasNextPage } }',
    );
    const keys = page.getByRole('region', { name: 'Keys' }).locator('tbody tr');
    await seen(keys);
    await expect(keys.count()).resolves.toBe(retentionPreview.items.length);
    const [first] = retentionPreview.items as { key: string; action: string }[];
    await expect(keys.first().innerText()).resolves.toContain(first!.action.toLowerCase());
    await picture(page, 'retention');
    await expect(violations(page)).resolves.toEqual([]);
    await page.getByRole('button', { name: 'The next ones' }).click();
    await page.waitForURL(/after=/);
    await page.getByRole('row', { name: new RegExp(first!.key.slice(0, 12)) }).waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  test('a log’s history is proved in the page, and a root of another log is refused', async () => {
    const { page, troubles } = await web().visit('/governance?tab=log', { as: 'reader' });
    const history = page.getByRole('region', { name: 'History of what was declared' });
    await seen(history.getByText('proved here'));
    await expect(history.locator('tbody tr').count()).resolves.toBe(4);
    await history.getByLabel('Size that you kept').fill('7');
    await page.keyboard.press('Enter');
    const kept = history.getByRole('row', { name: /^7 kept/ });
    await seen(kept.getByText('proved here'));
    const { consistencyProof } = await web().server.ask('{ consistencyProof(from: 7) { fromRoot } }');
    await history.getByLabel(/^Its root/).fill(consistencyProof.fromRoot as string);
    await page.keyboard.press('Enter');
    await seen(kept.getByText(/its root is the one that you kept/));
    await picture(page, 'log-history', true);
    await expect(violations(page)).resolves.toEqual([]);
    await history.getByLabel(/^Its root/).fill('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=');
    await page.keyboard.press('Enter');
    await seen(kept.getByText(/The log is not the one of then/));
    await history.getByLabel('Size that you kept').fill('99999999');
    await page.keyboard.press('Enter');
    await seen(history.getByText(/The log was larger when you looked/));
    await expect(violations(page)).resolves.toEqual([]);
    expect(troubles).toEqual([]);
  });
}

/** A real Chromium, as a reader's: the system's own, because no test downloads one. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The variable that names another one. */
const CHROMIUM = 'PEDIGREE_TEST_CHROMIUM';

/** Starts it. A missing one fails the tests: they prove nothing when they are skipped. */
export function openBrowser(): Promise<Browser> {
  const found = [process.env[CHROMIUM], ...USUAL_PLACES].find(
    (path) => path !== undefined && isProgram(path),
  );
  if (found === undefined) {
    throw new Error(
      `The tests of the web interface need Chromium: install it (Debian: apt-get install chromium), or name it in ${CHROMIUM}.`,
    );
  }
  // In a container there is no user namespace for its sandbox, and a small /dev/shm.
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What went wrong in a page without anybody looking: errors of scripts, refusals of the content security policy. */
export function watch(context: BrowserContext): readonly string[] {
  const troubles: string[] = [];
  context.on('weberror', (error) => troubles.push(String(error.error())));
  context.on('console', (message) => {
    // A refused or unanswered request is a line of its own there; the pages show those.
    const isRequest = /Failed to load resource|net::ERR/.test(message.text());
    if (message.type() === 'error' && !isRequest) troubles.push(message.text());
  });
  return troubles;
}

/** Violations of WCAG 2.2 A and AA that can be found by looking, each with where it is. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations: found } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} })`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} (${failureSummary ?? ''})`),
  );
}

/** Takes a picture for the documents, where `PEDIGREE_SCREENSHOTS` names their folder; a test run leaves the tree as it is. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env.PEDIGREE_SCREENSHOTS;
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' });
}

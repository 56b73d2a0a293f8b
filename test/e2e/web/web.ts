/** The web interface of one server in one browser: windows of their own for each visit. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

import type { Role } from '../../../src/access/scopes.js';
import { openBrowser, watch } from '../../support/browser.js';
import { TestServer } from '../../support/server.js';

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page so far; a test that expects nothing of it asserts that it is empty. */
  readonly troubles: readonly string[];
}

export interface VisitOptions {
  /** Whose token the browser has; left out, nobody is signed in. */
  readonly as?: Role;
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
}

export class Web {
  private contexts: BrowserContext[] = [];

  protected constructor(
    readonly server: TestServer,
    private readonly browser: Browser,
  ) {}

  /** On an empty database; `env` is what the server is told beside. */
  static async openEmpty(env: Readonly<Record<string, string>> = {}): Promise<Web> {
    const server = await TestServer.start({ env: { PEDIGREE_READ_BUDGET: '0', ...env } });
    return new Web(server, await openBrowser());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** Closes what the last test had open. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
    this.contexts = [];
  }

  /** A new browser window of its own, at an address of the server. */
  async visit(path: string, options: VisitOptions = {}): Promise<Visit> {
    const { as, dark = false, width = 1360, height = 900 } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    });
    this.contexts.push(context);
    context.setDefaultTimeout(25_000);
    const troubles = watch(context);
    if (as !== undefined) await this.signIn(context, as);
    const page = await context.newPage();
    await page.goto(this.server.url + path);
    return { page, context, troubles };
  }

  /** What the page does when somebody signs in. */
  async signIn(context: BrowserContext, role: Role): Promise<void> {
    const token = await this.server.token(role);
    const answer = await context.request.post(`${this.server.url}/session`, { data: { token } });
    if (!answer.ok()) throw new Error(await answer.text());
  }
}

/** Waits until it can be seen; fails the test if it never is. */
export async function seen(locator: Locator): Promise<Locator> {
  await locator.first().waitFor({ state: 'visible' });
  return locator;
}

/** Waits until it is gone. */
export function gone(locator: Locator): Promise<void> {
  return locator.first().waitFor({ state: 'hidden' });
}

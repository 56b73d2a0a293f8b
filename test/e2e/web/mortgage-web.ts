/** The web interface on the mortgage story's real data: one server and one browser for all its tests. */
import type { Browser } from 'playwright-core';

import { runMortgageDemo, type DemoResult } from '../../../demo/index.js';
import { openBrowser } from '../../support/browser.js';
import { TestServer } from '../../support/server.js';
import { Web } from './web.js';

export type Cast = DemoResult['ids'];

export class MortgageWeb extends Web {
  private constructor(
    server: TestServer,
    readonly cast: Cast,
    browser: Browser,
  ) {
    super(server, browser);
  }

  static async open(): Promise<MortgageWeb> {
    const server = await TestServer.start({ env: { PEDIGREE_READ_BUDGET: '0' } });
    const token = await server.token('writer', { namespaces: ['mortgage'] });
    const { ids } = await runMortgageDemo({ url: server.url, token, log: () => undefined });
    return new MortgageWeb(server, ids, await openBrowser());
  }

  /** The address of a decision's page. */
  get denied(): string {
    return `/decision?id=${encodeURIComponent(this.cast.deniedApplication)}`;
  }
}

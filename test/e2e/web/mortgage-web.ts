/** The web interface on the mortgage story's real data: one server and one browser for all its tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    const folder = mkdtempSync(join(tmpdir(), 'pedigree-web-'));
    const env = { PEDIGREE_READ_BUDGET: '0', PEDIGREE_RETENTION: retentionFile(folder) };
    const server = await TestServer.start({ env });
    // It is read once, when the server starts.
    rmSync(folder, { recursive: true });
    const token = await server.token('writer', { namespaces: ['mortgage'] });
    const { ids } = await runMortgageDemo({ url: server.url, token, log: () => undefined });
    return new MortgageWeb(server, ids, await openBrowser());
  }

  /** The address of a decision's page. */
  get denied(): string {
    return `/decision?id=${encodeURIComponent(this.cast.deniedApplication)}`;
  }
}

/** Rules without a duty for the story: an erasure by name waits for none. */
function retentionFile(folder: string): string {
  const rules = [
    { id: 'credit-files', namespaces: ['mortgage'], eraseAfter: 'P30D', basis: 'data protection plan' },
    { id: 'books', namespaces: ['archive'], keepFor: 'P10Y', basis: 'Fiscal Code', purpose: 'tax audit' },
  ];
  const path = join(folder, 'retention.json');
  writeFileSync(path, JSON.stringify({ format: 'pedigree-retention/1', version: 'web-1', rules }));
  return path;
}

/** The web interface in a real browser. Its parts are in the files beside this one, because they share one server. */
import { afterAll, afterEach, beforeAll } from '@jest/globals';

import { testDecision } from './decision-tests.js';
import { testExplorer } from './explore-tests.js';
import { testFilters } from './filter-tests.js';
import { testGrants } from './grant-tests.js';
import { MortgageWeb } from './mortgage-web.js';
import { testPages } from './page-tests.js';
import { testShell } from './shell-tests.js';

let opened: MortgageWeb;
const web = (): MortgageWeb => opened;

beforeAll(async () => {
  opened = await MortgageWeb.open();
}, 120_000);

afterEach(() => opened.leave());

afterAll(() => opened.close());

testShell(web);
testDecision(web);
testExplorer(web);
testFilters(web);
testPages(web);
testGrants(web);

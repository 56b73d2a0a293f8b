/** The short form of `npm run torture -- noninterference`, and that it finds what each layer is there for. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Layer, Weakness } from '../../../src/graphql/schema.js';
import { testDriver } from '../../support/database.js';
import { TestServer } from '../../support/server.js';
import { betrayal, CARELESS } from '../../torture/hiding/careless.js';
import { compareTellings, type Comparison, type Findings } from '../../torture/hiding/harness.js';

const ENV = { PEDIGREE_READ_BUDGET: '0' };
const SEED = 2026;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ env: ENV });
});

afterAll(() => server.stop());

test('no answer changes when everything changes that its reader may not see', async () => {
  const found = await compareTellings(server, { cycles: 500, seed: SEED });
  expect(found.violations).toEqual([]);
  expect(found.hiding).toBeGreaterThan(400);
  expect(found.answered).toBeGreaterThan(200);
  const forms = [
    ...['filter', 'filter in a filter', 'order', 'cursor', 'count', 'path', 'nested argument', 'variable'],
    ...['fragment', 'alias', 'two questions', 'export', 'evidence', 'mask'],
  ];
  expect(Object.keys(found.forms).toSorted()).toEqual(forms.toSorted());
}, 300_000);

describe('a layer', () => {
  test.each([
    ['GATE', SEED + 1],
    ['ROWS', SEED + 2],
  ] as const)(
    '%s: without it, answers change',
    async (layer, seed) => {
      const { violations } = await compareWeak({ without: [layer] }, { cycles: 500, seed, most: 1 });
      expect(violations).not.toEqual([]);
    },
    300_000,
  );

  // Where no author was careless it has nothing to refuse: a personal value is in no filter (attacks.test.ts).
  test('ARGUMENTS: without it, answers change as soon as an author is careless, and with it they do not', async () => {
    const driver = testDriver();
    const betray = betrayal(driver);
    const compare = (without: readonly Layer[]): Promise<Findings> =>
      compareWeak({ without, moreStored: CARELESS }, { cycles: 100, seed: SEED + 3, most: 1, betray });
    const guarded = await compare([]);
    const weak = await compare(['ARGUMENTS']);
    await driver.close();
    expect(guarded.violations).toEqual([]);
    expect(weak.violations).not.toEqual([]);
  }, 300_000);
});

async function compareWeak(weakness: Weakness, comparison: Comparison): Promise<Findings> {
  const weak = await TestServer.start({ keep: true, keysDir: server.keysDir, env: ENV, weakness });
  try {
    return await compareTellings(weak, comparison);
  } finally {
    await weak.stop();
  }
}

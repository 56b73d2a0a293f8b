/** The short form of `npm run torture -- noninterference`, and that it finds what each layer is there for. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { Weakness } from '../../../src/graphql/schema.js';
import { TestServer } from '../../support/server.js';
import { compareTellings, type Findings } from '../../torture/hiding/harness.js';

const ENV = { PEDIGREE_READ_BUDGET: '0' };
const SEED = 2026;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ env: ENV });
});

afterAll(() => server.stop());

test('no answer changes when everything changes that its reader may not see', async () => {
  const found = await compareTellings(server, { cycles: 250, seed: SEED });
  expect(found.violations).toEqual([]);
  expect(found.hiding).toBeGreaterThan(150);
  expect(found.answered).toBeGreaterThan(90);
}, 300_000);

async function without(weakness: Weakness, seed: number): Promise<Findings> {
  const weak = await TestServer.start({ keep: true, keysDir: server.keysDir, env: ENV, weakness });
  try {
    return await compareTellings(weak, { cycles: 300, seed, most: 1 });
  } finally {
    await weak.stop();
  }
}

test.each([
  ['GATE', SEED + 1],
  ['ROWS', SEED + 2],
] as const)(
  'it is found when the layer %s is taken away',
  async (layer, seed) => {
    const { violations } = await without({ without: [layer] }, seed);
    expect(violations).not.toEqual([]);
  },
  300_000,
);

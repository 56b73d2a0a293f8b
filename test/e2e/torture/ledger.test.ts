/** The short form of `npm run torture -- ledger`: one cycle for each step. */
import { expect, test } from '@jest/globals';

import { run } from '../../torture/ledger.js';

test('no entry is lost and no two heads conflict when servers are killed at each step to a signed head', async () => {
  const outcome = await run({ cycles: 11, seed: 7, log: () => undefined });
  expect(outcome.violations).toEqual([]);
  expect(outcome.facts['entries acknowledged']).toBeGreaterThan(0);
}, 300_000);

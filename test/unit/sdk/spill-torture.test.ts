import { expect, test } from '@jest/globals';

import { run } from '../../torture/spill.js';

test('what was safe arrives, whenever its process is killed', async () => {
  const outcome = await run({ cycles: 3, seed: 7, log: () => undefined });
  expect(outcome.violations).toEqual([]);
  expect(outcome.facts.safe).toBeGreaterThan(0);
});

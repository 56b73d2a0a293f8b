/** The short form of `npm run torture -- erasure`. */
import { expect, test } from '@jest/globals';

import { run } from '../../torture/erasure.js';

test('who is erased is gone from every file, and nothing else is, also when servers are killed over it', async () => {
  const outcome = await run({ cycles: 1, seed: 11, log: () => undefined });
  expect(outcome.violations).toEqual([]);
  expect(outcome.facts).toMatchObject({ people: 60, erased: 6 });
}, 300_000);

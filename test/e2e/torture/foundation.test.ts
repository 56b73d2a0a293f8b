/** The short form of `npm run torture -- foundation`. */
import { expect, test } from '@jest/globals';

import { run } from '../../torture/foundation.js';

test('nothing acknowledged is lost, doubled or written in part when servers are killed', async () => {
  const outcome = await run({ cycles: 2, seed: 7, log: () => undefined });
  expect(outcome.violations).toEqual([]);
  expect(outcome.facts).toMatchObject({ kills: 4 });
}, 120_000);

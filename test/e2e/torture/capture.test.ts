/** The short form of `npm run torture -- capture`. */
import { expect, test } from '@jest/globals';

import { run } from '../../torture/capture.js';

test('nothing acknowledged is lost, doubled or written in part when the server or Neo4j is killed', async () => {
  const outcome = await run({ cycles: 2, seed: 7, log: () => undefined });
  expect(outcome.violations).toEqual([]);
  expect(outcome.facts).toMatchObject({ 'server killed': 1, 'Neo4j killed': 1 });
}, 240_000);

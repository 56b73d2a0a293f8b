import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { questionsOf } from '../../../web/app/pages/explore/lineage-questions.js';
import { readState } from '../../../web/app/pages/explore/explore-state.js';

test('whatever the address says, at most 10,000 artifacts are asked for', () => {
  const expansions = fc.array(fc.constantFrom('dataset:a/b@1 UPSTREAM', 'model:a/b@2 DOWNSTREAM'), {
    maxLength: 60,
  });
  const ways = fc.constantFrom('UPSTREAM', 'DOWNSTREAM', 'BOTH');
  const most = fc.constantFrom('', '1000', '10000', '99999999');
  fc.assert(
    fc.property(expansions, ways, most, (more, direction, text) => {
      const search = new URLSearchParams([
        ['of', 'dataset:a/r@1'],
        ['direction', direction],
        ['most', text],
      ]);
      for (const item of more) search.append('more', item);
      const asked = questionsOf(readState(search), false);
      expect(asked.reduce((sum, question) => sum + question.most, 0)).toBeLessThanOrEqual(10_000);
      expect(asked[0]!.most).toBeGreaterThanOrEqual(1_000);
    }),
    { seed: 9 },
  );
});

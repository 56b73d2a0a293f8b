/** Budgets of query cost: one for each token, and nothing for what is refused. */
import { expect, test } from '@jest/globals';

import { ReadBudget } from '../../../src/access/read-budget.js';
import { PedigreeError } from '../../../src/domain/errors.js';

test('a token may spend its budget and no more, and a refusal costs nothing', async () => {
  const budget = new ReadBudget(100);
  await budget.take({ tokenId: 'a' }, 60);
  const refusal = await budget.take({ tokenId: 'a' }, 41).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PedigreeError);
  expect(refusal).toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringMatching(
      /^a token may ask for at most 100 units of cost a minute, but got: 41 beside the 60 that it has used; come back in (60|59) s$/,
    ),
    details: { unit: 'cost', cost: 41, limit: 100, used: 60, retryAfterSeconds: expect.any(Number) },
  });
  await budget.take({ tokenId: 'a' }, 40);
  await expect(budget.take({ tokenId: 'a' }, 1)).rejects.toMatchObject({ details: { used: 100 } });
  await budget.take({ tokenId: 'b' }, 100);
});

test('what was known too late is paid for by the next question', async () => {
  const budget = new ReadBudget(100);
  await budget.charge({ tokenId: 'a' }, 1_000);
  await expect(budget.take({ tokenId: 'a' }, 1)).rejects.toMatchObject({ details: { used: 1_000, cost: 1 } });
});

test('0 is no limit', async () => {
  const budget = new ReadBudget(0);
  await budget.charge({ tokenId: 'a' }, 1e9);
  await expect(budget.take({ tokenId: 'a' }, 1e9)).resolves.toBeUndefined();
});

import { expect, test } from '@jest/globals';

import { SignInTickets } from '../../../src/access/sign-in-ticket.js';
import { GrantTokens } from '../../../src/access/grant-tokens.js';
import { LocalTokens } from '../../../src/access/token-keys.js';
import { TokenVerifier } from '../../../src/access/token-verifier.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const TICKET = { state: 's', nonce: 'n', verifier: 'v', to: '/impact' };
const folder = temporaryFolder();
let now = Date.now();
const tickets = SignInTickets.open(folder, () => now);

test('is read by every server that shares the key, and by no other', async () => {
  const text = await tickets.issue(TICKET);
  await expect(SignInTickets.open(folder, () => now).read(text)).resolves.toEqual(TICKET);
  await expect(SignInTickets.open(temporaryFolder(), () => now).read(text)).resolves.toBeUndefined();
});

test('ends after ten minutes', async () => {
  const text = await tickets.issue(TICKET);
  now += 599_000;
  await expect(tickets.read(text)).resolves.toEqual(TICKET);
  now += 2_000;
  await expect(tickets.read(text)).resolves.toBeUndefined();
});

test('is no token, and no token is one', async () => {
  const local = LocalTokens.open(folder);
  const verifier = new TokenVerifier([local, GrantTokens.open(folder, () => now)]);
  await expect(verifier.verify(await tickets.issue(TICKET))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  await expect(tickets.read(await local.sign({ name: 'ci', role: 'admin' }))).resolves.toBeUndefined();
});

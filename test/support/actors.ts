/** Everybody with a token, as the policy's tables know them: the roles, and the holders of grants. */
import { ROLE_NAMES } from '../../src/access/scopes.js';
import { issueGrant } from './granted.js';
import type { TestServer } from './server.js';

export const ACTORS = [...ROLE_NAMES, 'holder', 'holder of personal values'] as const;

export type Actor = (typeof ACTORS)[number];

/** What the first of the two grants shows: without runs, so that something is hidden. */
const KINDS = ['Dataset', 'FeatureDef', 'Model', 'Prediction'];

/** A token for each. @param roots what both grants begin at, in both directions */
export async function tokensOf(
  server: TestServer,
  roots: readonly string[],
): Promise<ReadonlyMap<Actor, string>> {
  const grant = { roots, direction: 'BOTH' };
  const tokens = new Map<Actor, string>();
  for (const role of ROLE_NAMES) tokens.set(role, await server.token(role));
  tokens.set('holder', (await issueGrant(server, { ...grant, kinds: KINDS })).token);
  tokens.set('holder of personal values', (await issueGrant(server, { ...grant, personal: true })).token);
  return tokens;
}

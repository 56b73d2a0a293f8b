/**
 * Remembers for a few seconds what a token proved: checking its signature takes longer than everything else that a
 * small request needs. A token that is revoked is refused as soon as those seconds are over.
 */
import { hash } from 'node:crypto';
import type { Clock } from '../domain/clock.js';
import type { Principal } from './principal.js';

/** How long a verdict holds, in milliseconds; never beyond the end of the token. */
const HOLDS_MS = 5_000;
const MAX_TOKENS = 10_000;

/** Verifies as `verify` does, or as it did lately. A refusal is not remembered. */
export function rememberVerified(
  verify: (token: string) => Promise<Principal>,
  clock: Clock,
): (token: string) => Promise<Principal> {
  const verified = new Map<string, { readonly principal: Principal; readonly until: number }>();
  return async (token) => {
    // The digest and not the token: what is kept in memory opens no door.
    const key = hash('sha256', token, 'base64');
    const known = verified.get(key);
    if (known && clock() < known.until) return known.principal;
    const principal = await verify(token);
    if (verified.size >= MAX_TOKENS) verified.clear();
    verified.set(key, { principal, until: Math.min(clock() + HOLDS_MS, principal.expiresAt) });
    return principal;
  };
}

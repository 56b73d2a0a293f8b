/** Which issuer a token is of, and its verdict, remembered for a short while: a signature costs 0.3 ms to verify. */
import { hash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { isPedigreeError, PedigreeError } from '../domain/errors.js';
import type { Principal } from './principal.js';

/** Someone whose tokens are accepted. */
export interface TokenIssuer {
  /** What its tokens say in `iss`. */
  readonly issuer: string;
  /** Anything thrown refuses the token; `IDENTITY_PROVIDER_UNAVAILABLE` says that nobody can tell. */
  verify(token: string): Promise<Principal>;
}

/** A key that its provider withdrew is trusted for this long at most. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 10_000;

export class TokenVerifier {
  private readonly issuers: ReadonlyMap<string, TokenIssuer>;
  /** By the token's hash, so that memory holds no token. */
  private readonly verdicts = new LRUCache<string, Principal>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });

  /** Error: `CONFIGURATION` if two of them are the same issuer. */
  constructor(issuers: readonly TokenIssuer[]) {
    this.issuers = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
    if (this.issuers.size === issuers.length) return;
    throw new PedigreeError('CONFIGURATION', 'each identity provider must have an issuer of its own');
  }

  /**
   * The principal of a token. Errors: `UNAUTHENTICATED`, without a word on what exactly was wrong with it;
   * `IDENTITY_PROVIDER_UNAVAILABLE`.
   */
  async verify(token: string): Promise<Principal> {
    const key = hash('sha256', token);
    const known = this.verdicts.get(key);
    if (known && known.expiresAt > Date.now()) return known;
    try {
      const principal = await this.issuerOf(token).verify(token);
      this.verdicts.set(key, principal);
      return principal;
    } catch (error) {
      if (isPedigreeError(error, 'IDENTITY_PROVIDER_UNAVAILABLE')) throw error;
      throw new PedigreeError(
        'UNAUTHENTICATED',
        'a valid bearer token is required: this one is malformed, expired or not signed by a known key',
        {},
        error,
      );
    }
  }

  /** By what the token claims, which its issuer then checks. */
  private issuerOf(token: string): TokenIssuer {
    const issuer = this.issuers.get(decodeJwt(token).iss ?? '');
    if (issuer) return issuer;
    throw new Error('no issuer of this name');
  }
}

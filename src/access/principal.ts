/** Who asks: what a verified token says, and nothing that a caller could claim beside it. */
import { hash } from 'node:crypto';
import { PedigreeError } from '../domain/errors.js';
import type { Grant } from './grant.js';
import { isRole, ROLES, type Role, type Scope } from './scopes.js';

export interface Principal {
  /** Which token it is, in 32 hex digits: a hash of its issuer and `jti`, or of the token where it has none. */
  readonly tokenId: string;
  /** The token's subject; committed to in what this principal declares. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scopes: ReadonlySet<Scope>;
  /** Namespaces in which the principal may write; `*` stands for any, a trailing `*` for a prefix. */
  readonly namespaces: readonly string[];
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The grant that the token is for; such a principal has no role, and no scope before the grant was looked up. */
  readonly grantId?: string;
  /** The same once it was looked up and found good. */
  readonly grant?: Grant;
}

/** A principal from the claims of a token whose signature was verified. Error: `UNAUTHENTICATED`. */
export function toPrincipal(claims: Readonly<Record<string, unknown>>, token: string): Principal {
  const { sub, exp, iss, jti } = claims;
  if (typeof sub !== 'string' || sub === '' || typeof exp !== 'number') {
    throw new PedigreeError('UNAUTHENTICATED', 'a token must name its subject ("sub") and its end ("exp")');
  }
  const roles = textList(claims.roles).filter(isRole);
  if (roles.length === 0) {
    throw new PedigreeError('UNAUTHENTICATED', 'a token must carry at least one known role in "roles"');
  }
  return {
    tokenId: hash('sha256', typeof jti === 'string' ? JSON.stringify([iss, jti]) : token).slice(0, 32),
    name: sub,
    roles,
    scopes: new Set(roles.flatMap((role): readonly Scope[] => ROLES[role])),
    namespaces: textList(claims.namespaces),
    expiresAt: exp * 1000,
  };
}

/** The texts of a claim that is a list; nothing of any other. */
export function textList(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((item): item is string => typeof item === 'string') : [];
}

/** Who sends a request. There is no anonymous reader: without a valid token there is no principal. */
import type { Request } from 'express';
import type { Principal } from '../access/principal.js';
import type { Scope } from '../access/scopes.js';
import { PedigreeError } from '../domain/errors.js';

export type VerifyToken = (token: string) => Promise<Principal>;

/** The cookie that every way to sign in sets; sent by pages of this server only. */
export const TOKEN_COOKIE = 'pedigree_token';

/** The principal of the bearer token. Error: `UNAUTHENTICATED`. */
async function authenticateBearer(request: Request, verify: VerifyToken): Promise<Principal> {
  const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthenticated();
  return verify(token);
}

/** The same, if the token has one of these scopes. Errors: `UNAUTHENTICATED`; `FORBIDDEN`, in the words of `refusal`. */
export async function authenticateFor(
  request: Request,
  verify: VerifyToken,
  scopes: readonly Scope[],
  refusal: string,
): Promise<Principal> {
  return withOneOf(scopes, refusal, await authenticateBearer(request, verify));
}

/**
 * The same for what a page of ours downloads, so also by the sign-in cookie: for GET alone, which changes nothing, and the
 * cookie is sent by pages of this site only. Errors: `UNAUTHENTICATED`; `FORBIDDEN`, in the words of `refusal`.
 */
export async function authenticateDownload(
  request: Request,
  verify: VerifyToken,
  scopes: readonly Scope[],
  refusal: string,
): Promise<Principal> {
  return withOneOf(scopes, refusal, await authenticatePage(request, verify));
}

/** The principal of the bearer token, or else of the sign-in cookie: for what a page of ours asks. Error: `UNAUTHENTICATED`. */
export async function authenticatePage(request: Request, verify: VerifyToken): Promise<Principal> {
  if (request.headers.authorization !== undefined) return authenticateBearer(request, verify);
  const token = cookie(request, TOKEN_COOKIE);
  if (token === undefined) throw unauthenticated();
  return verify(token);
}

function withOneOf(scopes: readonly Scope[], refusal: string, principal: Principal): Principal {
  if (scopes.some((scope) => principal.scopes.has(scope))) return principal;
  throw new PedigreeError('FORBIDDEN', refusal);
}

/** The value of a cookie of the request. */
export function cookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

function unauthenticated(): PedigreeError {
  return new PedigreeError(
    'UNAUTHENTICATED',
    'a bearer token is required: send "Authorization: Bearer <token>"',
  );
}

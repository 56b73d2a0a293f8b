/** The cookie that holds the token of whoever is signed in to the pages; no script can read it. */
import type { Response } from 'express';
import type { Principal } from '../access/principal.js';
import { PedigreeError, required } from '../domain/errors.js';
import { TOKEN_COOKIE } from './authenticate.js';

/** Browsers drop a cookie whose name and value are longer than this without a word (RFC 6265bis, section 5.6). */
const MAX_COOKIE = 4_096;
const MAX_TOKEN = MAX_COOKIE - TOKEN_COOKIE.length;

const ATTRIBUTES = { httpOnly: true, sameSite: 'strict', path: '/' } as const;

export interface NewSession {
  readonly token: string;
  readonly principal: Principal;
  /** True if the page came over TLS. */
  readonly secure: boolean;
}

/** Signs the browser in until the token ends. Error: `BAD_INPUT` if no browser would keep it. */
export function setSession(response: Response, { token, principal, secure }: NewSession): void {
  if (token.length > MAX_TOKEN) {
    const most = `a token that signs in to the pages must have at most ${String(MAX_TOKEN)} characters, because browsers keep no larger cookie`;
    throw new PedigreeError('BAD_INPUT', required(most, token.length));
  }
  response.cookie(TOKEN_COOKIE, token, { ...ATTRIBUTES, secure, expires: new Date(principal.expiresAt) });
}

export function clearSession(response: Response): void {
  response.clearCookie(TOKEN_COOKIE, ATTRIBUTES);
}

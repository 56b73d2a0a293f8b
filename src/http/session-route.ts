/**
 * `/session`: who is signed in to the pages. A pasted token is handed over once and becomes a cookie that no script can
 * read, so that the pages hold no token: not in their memory, not in the browser's storage.
 */
import {
  type RequestHandler,
  type Router,
  Router as createRouter,
  type Request,
  type Response,
} from 'express';
import type { Principal } from '../access/principal.js';
import { isPedigreeError, PedigreeError, required } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import { authenticatePage, type VerifyToken } from './authenticate.js';
import { readBody } from './declare-route.js';
import { clearSession, setSession } from './session-cookie.js';

/** Tokens with many claims have a few kilobytes. */
const MAX_BYTES = 65_536;

export function sessionRoute(verify: VerifyToken): Router {
  const router = createRouter();
  router.get('/', tellSession(verify));
  router.post('/', beginSession(verify));
  router.delete('/', endSession);
  return router;
}

/** Nobody signed in is an answer, too, not a failure: `null`. */
function tellSession(verify: VerifyToken): RequestHandler {
  return async (request, response) => {
    response.json(await sessionOf(request, verify));
  };
}

async function sessionOf(request: Request, verify: VerifyToken): Promise<object | null> {
  try {
    return describe(await authenticatePage(request, verify));
  } catch (error) {
    if (isPedigreeError(error, 'UNAUTHENTICATED') || isPedigreeError(error, 'GRANT_ENDED')) return null;
    throw error;
  }
}

/** Only JSON is taken: a form of another site cannot send it without asking first. Errors: `BAD_INPUT`, `UNAUTHENTICATED`. */
function beginSession(verify: VerifyToken): RequestHandler {
  return async (request, response) => {
    const token = await tokenOf(request);
    const principal = await verify(token);
    // A browser says where the page is from; behind a proxy that ends TLS the request itself does not show it.
    const secure = request.headers.origin?.startsWith('https:') ?? request.secure;
    setSession(response, { token, principal, secure });
    response.json(describe(principal));
  };
}

function endSession(_request: Request, response: Response): void {
  clearSession(response);
  response.status(204).end();
}

async function tokenOf(request: Request): Promise<string> {
  const shape = 'the body must be JSON: {"token": "<token>"}';
  if (!request.is('application/json')) {
    throw new PedigreeError('BAD_INPUT', required(shape, request.headers['content-type']));
  }
  const body = parseStrictJson(await readBody(request, MAX_BYTES));
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  // The characters that a bearer token may have (RFC 6750 §2.1), so that none can end the cookie.
  if (typeof token === 'string' && /^[\w.~+/-]+=*$/.test(token)) return token;
  throw new PedigreeError('UNAUTHENTICATED', 'a token is required: it has letters, digits and .-_~+/= only');
}

function describe({ name, roles, scopes, expiresAt }: Principal): object {
  return { name, roles, scopes: [...scopes], expiresAt: new Date(expiresAt).toISOString() };
}

/**
 * `/sign-in/…`: signing in to the pages at an identity provider. `ways` says whether that is offered, `oidc` sends the
 * browser to the provider, `oidc/callback` is where it comes back with a code. What is under way is a signed cookie that
 * is sent to these two addresses only; what comes out is the session cookie that a pasted token becomes, too.
 */
import {
  Router as createRouter,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import type { CodeFlow } from '../access/code-flow.js';
import type { Principal } from '../access/principal.js';
import { TICKET_SECONDS, type SignInTicket, type SignInTickets } from '../access/sign-in-ticket.js';
import { isPedigreeError, PedigreeError } from '../domain/errors.js';
import { cookie, type VerifyToken } from './authenticate.js';
import type { Logger } from './logger.js';
import { sendLeadOn, sendNotSignedIn } from './plain-page.js';
import { toProblem } from './problem.js';
import { textParam } from './query.js';
import { parseReturnAddress } from './return-address.js';
import { setSession } from './session-cookie.js';

const TICKET_COOKIE = 'pedigree_sign_in';
const START = '/sign-in/oidc';
const CALLBACK = `${START}/callback`;

/** What a server with a sign-in at an identity provider has for it. */
export interface OfferedSignIn {
  readonly flow: CodeFlow;
  readonly tickets: SignInTickets;
  /** Where browsers reach this server; left out, on this machine at the port that it listens on. */
  readonly publicUrl: string | undefined;
}

interface Parts {
  readonly offered: OfferedSignIn | undefined;
  readonly verify: VerifyToken;
  readonly logger: Logger;
}

export function codeFlowRoute({ offered, verify, logger }: Parts): Router {
  const router = createRouter();
  router.get('/ways', (_request, response) => {
    response.json(offered ? [{ name: offered.flow.name, issuer: offered.flow.issuer }] : []);
  });
  if (offered) {
    router.get('/oidc', depart(offered));
    router.get('/oidc/callback', arrive(offered, verify));
    router.use('/oidc', failurePage(logger));
  }
  return router;
}

/** Errors: `BAD_INPUT`, `IDENTITY_PROVIDER_UNAVAILABLE`. */
function depart(offered: OfferedSignIn): RequestHandler {
  const { flow, tickets } = offered;
  return async (request, response) => {
    const to = parseReturnAddress(textParam(request, 'to') ?? '/');
    const origin = originOf(request, offered);
    const { url, ticket } = await flow.begin(origin + CALLBACK);
    response.cookie(TICKET_COOKIE, await tickets.issue({ ...ticket, to }), {
      ...ticketAttributes(origin),
      maxAge: TICKET_SECONDS * 1000,
    });
    response.redirect(302, url.href);
  };
}

/** Errors: `SIGN_IN_FAILED`, `BAD_INPUT`, `IDENTITY_PROVIDER_UNAVAILABLE`. */
function arrive(offered: OfferedSignIn, verify: VerifyToken): RequestHandler {
  return async (request, response) => {
    const origin = originOf(request, offered);
    // Whatever comes of it, the same cookie does not serve a second time in this browser.
    response.clearCookie(TICKET_COOKIE, ticketAttributes(origin));
    const ticket = await ticketOf(request, offered.tickets);
    const answer = new URL(CALLBACK, origin);
    answer.search = new URL(request.originalUrl, origin).search;
    const token = await offered.flow.finish(answer, ticket);
    const principal = await principalOf(token, verify, offered.flow.name);
    setSession(response, { token, principal, secure: isSecure(origin) });
    sendLeadOn(response, ticket.to);
  };
}

async function ticketOf(request: Request, tickets: SignInTickets): Promise<SignInTicket> {
  const ticket = await tickets.read(cookie(request, TICKET_COOKIE) ?? '');
  if (ticket) return ticket;
  throw new PedigreeError(
    'SIGN_IN_FAILED',
    `no sign-in is under way in this browser: it took longer than ${String(TICKET_SECONDS / 60)} minutes, was completed before, or was begun at another address of this server`,
  );
}

async function principalOf(token: string, verify: VerifyToken, name: string): Promise<Principal> {
  try {
    return await verify(token);
  } catch (error) {
    if (!isPedigreeError(error, 'UNAUTHENTICATED')) throw error;
    throw new PedigreeError(
      'SIGN_IN_FAILED',
      `${name} knows you, but its token is not accepted here: it must be for this server and carry one of its roles`,
      {},
      error,
    );
  }
}

/** Never from the Host header, which whoever asks can choose. */
function originOf(request: Request, { publicUrl }: OfferedSignIn): string {
  return publicUrl ?? `http://localhost:${String(request.socket.localPort)}`;
}

/** `Lax`, because the browser comes back from another site; sent nowhere else. */
function ticketAttributes(origin: string): object {
  return { httpOnly: true, sameSite: 'lax', path: START, secure: isSecure(origin) } as const;
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:');
}

/** A browser is here, not a program: a page with the words that a program would get as problem details. */
function failurePage(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request: Request, response: Response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, detail, code } = toProblem(error, logger);
    if (status === 503) response.setHeader('Retry-After', '1');
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="pedigree"');
    sendNotSignedIn(response, status, `${detail} (${code})`);
  };
}

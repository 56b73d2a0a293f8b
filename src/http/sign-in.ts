/**
 * The one-time sign-in link that the server prints when it starts: for the person at this machine, who has the keys
 * anyway. A code works once and for ten minutes, and becomes a cookie that no script can read.
 */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Clock } from '../domain/clock.js';
import { TOKEN_COOKIE } from './authenticate.js';
import { sendLeadOn } from './plain-page.js';

const LIFETIME_MS = 10 * 60_000;
const COOKIE_SECONDS = 8 * 3600;

export class SignInLinks {
  private readonly codes = new Map<string, number>();

  constructor(
    private readonly signToken: (lifetimeSeconds: number) => Promise<string>,
    private readonly clock: Clock,
  ) {}

  /** A new link below the server's URL. */
  create(url: string): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, this.clock() + LIFETIME_MS);
    return `${url}/sign-in?code=${code}`;
  }

  /** Answers a request for a link. */
  async handle(request: Request, response: Response): Promise<void> {
    const code = typeof request.query.code === 'string' ? request.query.code : '';
    const expires = this.codes.get(code);
    this.codes.delete(code);
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (expires === undefined || expires < this.clock()) {
      response
        .status(410)
        .type('text/plain')
        .send('This sign-in link was used before or is too old. Restart the server for a new one.\n');
      return;
    }
    response.cookie(TOKEN_COOKIE, await this.signToken(COOKIE_SECONDS), {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      maxAge: COOKIE_SECONDS * 1000,
    });
    sendLeadOn(response, '/');
  }
}

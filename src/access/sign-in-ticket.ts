/**
 * What this server must remember of a sign-in that is under way at an identity provider. It goes with the browser, in a
 * cookie, so that any server that shares the keys can go on with it. It is signed: nobody can make one with a state, a
 * nonce or a return address of their own. It is no token: it has an issuer that no verifier of tokens knows.
 */
import type { KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.js';
import { openSigningKey } from './token-keys.js';

const ISSUER = 'pedigree-sign-in';
const ALGORITHM = 'EdDSA';
const TYPE = 'pedigree-sign-in+jwt';

/** How long somebody may take at the provider: passwords get lost, second factors lie in other rooms. */
export const TICKET_SECONDS = 600;

const Ticket = z.object({
  /** Comes back in the address of the answer (RFC 6749 section 10.12). */
  state: z.string(),
  /** Comes back in the ID token (OpenID Connect Core 1.0, section 3.1.2.1). */
  nonce: z.string(),
  /** Shows that who asks for the token is who asked for the code (RFC 7636). */
  verifier: z.string(),
  /** The page to go on with: a checked path of this server. */
  to: z.string(),
});

export type SignInTicket = z.infer<typeof Ticket>;

export class SignInTickets {
  private constructor(
    private readonly privateKey: KeyObject,
    private readonly publicKey: KeyObject,
    private readonly clock: Clock,
  ) {}

  /** Signs with the key of a folder. */
  static open(folder: string, clock: Clock): SignInTickets {
    const { privateKey, publicKey } = openSigningKey(folder);
    return new SignInTickets(privateKey, publicKey, clock);
  }

  async issue(ticket: SignInTicket): Promise<string> {
    const now = Math.floor(this.clock() / 1000);
    return new SignJWT({ ...ticket })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setIssuedAt(now)
      .setExpirationTime(now + TICKET_SECONDS)
      .sign(this.privateKey);
  }

  /** The ticket, or nothing if it is not one of ours or too old. */
  async read(text: string): Promise<SignInTicket | undefined> {
    try {
      const { payload } = await jwtVerify(text, this.publicKey, {
        issuer: ISSUER,
        algorithms: [ALGORITHM],
        typ: TYPE,
        currentDate: new Date(this.clock()),
        requiredClaims: ['exp'],
      });
      return Ticket.parse(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
      throw error;
    }
  }
}

/**
 * Tokens of grants: JWTs that this server signs with its own key, whoever else it takes tokens from. They name the grant and
 * say nothing of its content, which is looked up at every request.
 *
 * The format has room for what is not built: `cnf` (RFC 7800) would bind a token to a key of its holder, `act` (RFC 8693)
 * would say on whose behalf it is used. A token with either is refused here, so that none is ever taken for less than it says.
 */
import { hash, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../domain/clock.js';
import type { Grant } from './grant.js';
import type { Principal } from './principal.js';
import { openSigningKey } from './token-keys.js';
import type { TokenIssuer } from './token-verifier.js';

const ISSUER = 'pedigree-grants';
const AUDIENCE = 'pedigree';
const ALGORITHM = 'EdDSA';
const TYPE = 'pedigree-grant+jwt';

/** Claims that would change what a token means. */
const NOT_BUILT = ['cnf', 'act', 'may_act', 'roles'];

export class GrantTokens implements TokenIssuer {
  readonly issuer = ISSUER;

  private constructor(
    private readonly privateKey: KeyObject,
    private readonly publicKey: KeyObject,
    private readonly clock: Clock,
  ) {}

  /** Signs with the key of a folder; two servers that share it take each other's tokens. */
  static open(folder: string, clock: Clock): GrantTokens {
    const { privateKey, publicKey } = openSigningKey(folder);
    return new GrantTokens(privateKey, publicKey, clock);
  }

  /** The bearer token of a grant, good for as long as the grant. */
  async sign({ id, holder, expiresAt }: Grant): Promise<string> {
    return new SignJWT({ grant: id })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setSubject(holder)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setJti(id)
      .setIssuedAt(Math.floor(this.clock() / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(this.privateKey);
  }

  /** A principal without any scope yet; anything thrown refuses the token. */
  async verify(token: string): Promise<Principal> {
    const { payload } = await jwtVerify(token, this.publicKey, {
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: [ALGORITHM],
      typ: TYPE,
      currentDate: new Date(this.clock()),
      requiredClaims: ['exp', 'sub', 'grant', 'jti'],
    });
    const { grant, exp } = payload;
    const extra = NOT_BUILT.find((claim) => payload[claim] !== undefined);
    if (extra !== undefined) throw new Error(`a grant's token must not have "${extra}"`);
    if (typeof grant !== 'string' || grant !== payload.jti) throw new Error('"grant" must be its "jti"');
    return {
      tokenId: hash('sha256', JSON.stringify([ISSUER, grant])).slice(0, 32),
      name: `grant:${grant}`,
      roles: [],
      scopes: new Set(),
      namespaces: [],
      expiresAt: (exp as number) * 1000,
      grantId: grant,
    };
  }
}

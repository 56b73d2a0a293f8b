/**
 * Tokens of an identity provider: any that signs JWTs (RFC 7519) and publishes its keys as a JWK set (RFC 7517), found
 * directly or through OpenID Connect Discovery 1.0. Keys may rotate at any time; only listed algorithms are accepted, all
 * of them with a public key, so that neither `none` nor a public key used as an HMAC secret gets through (RFC 8725).
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { PedigreeError, required } from '../domain/errors.js';
import { textList, toPrincipal, type Principal } from './principal.js';
import { isRole, ROLE_NAMES, type Role } from './scopes.js';

/** Signatures with a public key, of the strengths that RFC 8725 still recommends. */
const ALGORITHMS = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
] as const;

const TIMEOUT_MS = 5_000;

const httpsUrl = z.url().refine((text) => isSafe(new URL(text)), {
  error: 'must be https (http only on this machine), without a user name in it',
});

/** What an operator says about a provider; docs/access.md has an example of each member. */
export const ProviderSettings = z.strictObject({
  /** Stands before the subject in the principal's name, because two providers may have the same subject. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must be a short lower-case name' }),
  /** Exactly what its tokens say in `iss`. */
  issuer: httpsUrl,
  /** What its tokens for this server say in `aud`. */
  audience: z.string().min(1),
  /** Where its keys are; without it, OpenID Connect Discovery finds them. */
  jwksUri: httpsUrl.optional(),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['EdDSA', 'ES256', 'RS256']),
  /** Claim with the roles; dots lead into objects: `realm_access.roles`. */
  rolesClaim: z.string().min(1).default('roles'),
  /** From the provider's words to our roles; without it the claim must use ours. */
  roles: z.record(z.string(), z.enum(ROLE_NAMES as readonly [Role, ...Role[]])).optional(),
  namespacesClaim: z.string().min(1).default('namespaces'),
  /** How far its clock may be from ours. */
  clockToleranceSeconds: z.int().min(0).max(300).default(30),
});

export type ProviderSettings = z.infer<typeof ProviderSettings>;

export class IdentityProvider {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly settings: ProviderSettings,
    /** Milliseconds after one fetch of the keys before an unknown key may cause another. */
    private readonly cooldownMs = 30_000,
  ) {}

  get name(): string {
    return this.settings.name;
  }

  get issuer(): string {
    return this.settings.issuer;
  }

  get audience(): string {
    return this.settings.audience;
  }

  /**
   * The principal of a token. Errors: `UNAUTHENTICATED`; `IDENTITY_PROVIDER_UNAVAILABLE` if its keys cannot be had, which
   * says nothing about the token.
   */
  async verify(token: string): Promise<Principal> {
    const { issuer, audience, algorithms, clockToleranceSeconds } = this.settings;
    const options = {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    };
    const { payload } = await jwtVerify(token, await this.keySet(), options).catch((error: unknown) => {
      throw this.isAboutToken(error) ? error : this.unavailable(error);
    });
    return toPrincipal(this.claimsOf(payload), token);
  }

  /** Found once; a failure is not remembered. */
  private keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.findKeys().catch((error: unknown) => {
      this.keys = undefined;
      throw this.unavailable(error);
    });
    return this.keys;
  }

  private async findKeys(): Promise<JWTVerifyGetKey> {
    const uri = this.settings.jwksUri ?? (await this.discover());
    return createRemoteJWKSet(new URL(uri), {
      cooldownDuration: this.cooldownMs,
      timeoutDuration: TIMEOUT_MS,
    });
  }

  /** OpenID Connect Discovery 1.0, section 4: the document must name the issuer that it was fetched for. */
  private async discover(): Promise<string> {
    const { issuer } = this.settings;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`${url} answered ${String(response.status)}`);
    const found = Discovery.parse(await response.json());
    if (found.issuer !== issuer) {
      throw new Error(required(`${url} must be about the issuer ${issuer}`, found.issuer));
    }
    return found.jwks_uri;
  }

  private claimsOf(payload: JWTPayload): Record<string, unknown> {
    const { name, rolesClaim, roles, namespacesClaim } = this.settings;
    const said = wordsOf(claimAt(payload, rolesClaim));
    const mapped = roles ? said.flatMap((word) => (Object.hasOwn(roles, word) ? [roles[word]] : [])) : said;
    return {
      ...payload,
      sub: payload.sub ? `${name}:${payload.sub}` : '',
      roles: [...new Set(mapped)].filter(isRole),
      namespaces: wordsOf(claimAt(payload, namespacesClaim)),
    };
  }

  private isAboutToken(error: unknown): boolean {
    return (
      error instanceof errors.JOSEError &&
      !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
      error.code !== 'ERR_JOSE_GENERIC'
    );
  }

  private unavailable(cause: unknown): PedigreeError {
    const message = `the keys of the identity provider ${this.settings.name} (${this.settings.issuer}) cannot be had now: try again soon`;
    return new PedigreeError(
      'IDENTITY_PROVIDER_UNAVAILABLE',
      message,
      { provider: this.settings.name },
      cause,
    );
  }
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: httpsUrl });

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '') return false;
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}

/** A claim, or one inside of others: `realm_access.roles`. A claim whose own name has dots is found first. */
function claimAt(payload: JWTPayload, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  return path.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isObject ? (value as Record<string, unknown>)[part] : undefined;
  }, payload);
}

/** A list of texts, or the words of one text, as the `scope` claim of RFC 8693 has them. */
function wordsOf(claim: unknown): string[] {
  return typeof claim === 'string' ? claim.split(' ').filter((word) => word !== '') : textList(claim);
}

/**
 * The local development key: made on the first start, kept beside the other keys, never shipped. It signs tokens for
 * scripts on this machine and the one-time sign-in link; tokens of an identity provider are verified by its own keys.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jwtVerify, SignJWT } from 'jose';
import { toPrincipal, type Principal } from './principal.js';
import type { Role } from './scopes.js';
import type { TokenIssuer } from './token-verifier.js';

const ISSUER = 'pedigree-local';
const AUDIENCE = 'pedigree';
const ALGORITHM = 'EdDSA';

export interface TokenRequest {
  readonly name: string;
  readonly role: Role;
  readonly namespaces?: readonly string[];
  /** Seconds until the token ends. */
  readonly lifetime?: number;
}

export class LocalTokens implements TokenIssuer {
  readonly issuer = ISSUER;

  private constructor(
    private readonly privateKey: KeyObject,
    private readonly publicKey: KeyObject,
  ) {}

  /** Reads the key of a folder, and makes it if it is not there. */
  static open(folder: string): LocalTokens {
    const { privateKey, publicKey } = openSigningKey(folder);
    return new LocalTokens(privateKey, publicKey);
  }

  /** A signed JWT. */
  async sign({ name, role, namespaces = ['*'], lifetime = 8 * 3600 }: TokenRequest): Promise<string> {
    return new SignJWT({ roles: [role], namespaces })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setSubject(name)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${String(lifetime)} s`)
      .sign(this.privateKey);
  }

  /** The principal of a token; anything thrown refuses it. */
  async verify(token: string): Promise<Principal> {
    const { payload } = await jwtVerify(token, this.publicKey, {
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: [ALGORITHM],
      clockTolerance: 5,
      requiredClaims: ['exp', 'sub'],
    });
    return toPrincipal(payload, token);
  }
}

/** The key of a folder that signs this server's tokens; made if it is not there. */
export function openSigningKey(folder: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const path = join(folder, 'token-key.pem');
  if (!existsSync(path)) createKey(path);
  const privateKey = createPrivateKey(readFileSync(path));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Two servers that start at once must agree: the first to publish a whole file wins, the other reads it. */
function createKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

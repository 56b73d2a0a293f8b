/** An identity provider on this machine: keys that a test makes, withdraws and signs with, over real HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export class TestProvider {
  /** The keys that it publishes. */
  readonly published: JWK[] = [];
  /** How often its keys were fetched. */
  fetches = 0;
  /** What it answers instead of its documents, to be out of order. */
  status = 200;
  /** What its discovery document says it is. */
  statedIssuer: string | undefined;
  private made = 0;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<TestProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const provider = new TestProvider(
      server,
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    );
    server.on('request', (request, response) => {
      const isKeys = request.url === '/keys';
      if (isKeys) provider.fetches += 1;
      response.writeHead(provider.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isKeys ? { keys: provider.published } : provider.discovery()));
    });
    return provider;
  }

  get jwksUri(): string {
    return `${this.issuer}/keys`;
  }

  /** Makes a key and publishes it. */
  async addKey(alg: string): Promise<SigningKey> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${String((this.made += 1))}`;
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
    this.published.push(publicJwk);
    return { kid, alg, privateKey, publicJwk };
  }

  /** A token with claims that are right, but for those given; one given as undefined is left out. */
  async token(
    { kid, alg, privateKey }: SigningKey,
    claims: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all: Record<string, unknown> = {
      iss: this.issuer,
      aud: 'pedigree',
      sub: 'alice',
      exp: now + 60,
      roles: ['reader'],
      ...claims,
    };
    const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(present).setProtectedHeader({ alg, kid }).sign(privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private discovery(): object {
    return { issuer: this.statedIssuer ?? this.issuer, jwks_uri: this.jwksUri };
  }
}

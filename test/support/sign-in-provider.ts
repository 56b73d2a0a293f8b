/**
 * A real OpenID provider (oidc-provider) on this machine, and a browser that is nothing but its cookies: so the sign-in is
 * gone through over HTTP, one redirect at a time, and a test can meddle with each.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type Configuration } from 'oidc-provider';

export const CLIENT = { id: 'pedigree', secret: 'a secret of the client' };
/** What access tokens are for. */
export const RESOURCE = 'https://pedigree.example/';

/** Whoever is called this has no role. */
export const STRANGER = 'stranger';

export class SignInProvider {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  /** Listens, so that its address is known; it answers when the addresses that browsers come back to are known, too. */
  static async listen(): Promise<SignInProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SignInProvider(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  }

  async serve(redirectUris: readonly string[]): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' };
    const provider = new Provider(this.issuer, configuration(jwk, redirectUris));
    const answer = provider.callback();
    this.server.on('request', (request, response) => {
      void answer(request, response);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function configuration(jwk: object, redirectUris: readonly string[]): Configuration {
  const rolesOf = (subject: string | undefined): string[] => (subject === STRANGER ? [] : ['pg-audit']);
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a key of the provider'] },
    // Nobody comes through without PKCE.
    pkce: { required: () => true },
    claims: { openid: ['sub', 'roles'] },
    conformIdTokenClaims: false,
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, roles: rolesOf(subject) }),
    }),
    extraTokenClaims: (_context, token) => ({
      roles: rolesOf('accountId' in token ? token.accountId : undefined),
    }),
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'read',
          audience: 'pedigree-api',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

/** Cookies by host and port, whatever their paths: enough to go through a sign-in. */
export class CookieBrowser {
  private readonly jar = new Map<string, Map<string, string>>();

  /** A cookie that it holds for an address. */
  cookie(url: string, name: string): string | undefined {
    return this.jar.get(new URL(url).host)?.get(name);
  }

  setCookie(url: string, name: string, value: string): void {
    this.cookiesOf(url).set(name, value);
  }

  /** One request; redirects are not followed. */
  async ask(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const cookies = [...this.cookiesOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) this.keep(url, line);
    return response;
  }

  /** Goes through the provider's pages as `login`, up to the address that it sends the browser back to. */
  async signInAt(authorization: string, login: string): Promise<string> {
    const { origin } = new URL(authorization);
    let url = authorization;
    let prompt = 'login';
    for (;;) {
      const response = await this.ask(url);
      const next = response.headers.get('location');
      if (next === null) {
        if (response.status !== 200) throw new Error(await response.text());
        const answer = await this.ask(url, { prompt, login, password: 'any' });
        prompt = 'consent';
        url = new URL(answer.headers.get('location') ?? '', url).href;
      } else url = new URL(next, url).href;
      if (new URL(url).origin !== origin) return url;
    }
  }

  private keep(url: string, line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const isEnd = /expires=Thu, 01 Jan 1970/i.test(line);
    if (isEnd) this.cookiesOf(url).delete(name);
    else this.cookiesOf(url).set(name, value);
  }

  private cookiesOf(url: string): Map<string, string> {
    const { host } = new URL(url);
    const cookies = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, cookies);
    return cookies;
  }
}

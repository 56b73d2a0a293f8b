/** The sign-in at an identity provider: `PEDIGREE_OIDC_…` in docs/configuration.md. */
import { readFileSync } from 'node:fs';
import type { CodeFlowSettings } from '../access/code-flow.js';
import type { IdentityProvider } from '../access/identity-provider.js';
import { PedigreeError, required } from '../domain/errors.js';
import { setting, type Config } from './config.js';

const NAMES = [
  'PROVIDER',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'CLIENT_SECRET_FILE',
  'SCOPES',
  'TOKEN',
  'RESOURCE',
].map((name) => `PEDIGREE_OIDC_${name}`);

/**
 * The settings of the sign-in that the pages offer; none if no variable of it is set. Error: `CONFIGURATION`, naming the
 * variable; also where every sign-in would end with a token that is refused.
 */
export function readCodeFlow(
  { env }: Config,
  providers: readonly IdentityProvider[],
): CodeFlowSettings | undefined {
  const [first] = NAMES.filter((name) => setting(env, name) !== undefined);
  if (first === undefined) return undefined;
  const provider = providerOf(env, providers, first);
  const clientId = setting(env, 'PEDIGREE_OIDC_CLIENT_ID');
  if (clientId === undefined) {
    throw wrong(`PEDIGREE_OIDC_CLIENT_ID must be set, because ${first} is`, clientId);
  }
  return {
    name: provider.name,
    issuer: provider.issuer,
    clientId,
    clientSecret: secretOf(env),
    scopes: scopesOf(env),
    token: tokenOf(env, provider, clientId),
    resource: setting(env, 'PEDIGREE_OIDC_RESOURCE'),
  };
}

function providerOf(
  env: NodeJS.ProcessEnv,
  providers: readonly IdentityProvider[],
  because: string,
): IdentityProvider {
  const name = setting(env, 'PEDIGREE_OIDC_PROVIDER');
  const found = providers.find((provider) => provider.name === name);
  if (found) return found;
  const known = providers.map((provider) => provider.name).join(', ') || 'there is none';
  throw wrong(
    `PEDIGREE_OIDC_PROVIDER must name a provider of PEDIGREE_IDENTITY_PROVIDERS (${known}), because ${because} is set`,
    name,
  );
}

function secretOf(env: NodeJS.ProcessEnv): string | undefined {
  const secret = setting(env, 'PEDIGREE_OIDC_CLIENT_SECRET');
  const file = setting(env, 'PEDIGREE_OIDC_CLIENT_SECRET_FILE');
  if (file === undefined) return secret;
  if (secret !== undefined) {
    throw wrong(
      'only one of PEDIGREE_OIDC_CLIENT_SECRET and PEDIGREE_OIDC_CLIENT_SECRET_FILE may be set',
      'both',
    );
  }
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw wrong('PEDIGREE_OIDC_CLIENT_SECRET_FILE must name a readable file', file, error);
  }
}

/** Without `openid` a provider gives no ID token, and so nothing that carries the nonce. */
function scopesOf(env: NodeJS.ProcessEnv): string {
  const scopes = setting(env, 'PEDIGREE_OIDC_SCOPES') ?? 'openid';
  if (scopes.split(/\s+/).includes('openid')) return scopes;
  throw wrong('PEDIGREE_OIDC_SCOPES must have "openid" among its words', scopes);
}

/** An ID token is always for the client (OpenID Connect Core 1.0, section 2), so the verifier must expect just that. */
function tokenOf(
  env: NodeJS.ProcessEnv,
  { audience, name }: IdentityProvider,
  clientId: string,
): CodeFlowSettings['token'] {
  const token = setting(env, 'PEDIGREE_OIDC_TOKEN') ?? 'id';
  if (token === 'access') return token;
  if (token !== 'id') throw wrong('PEDIGREE_OIDC_TOKEN must be "id" or "access"', token);
  if (audience === clientId) return token;
  throw wrong(
    `PEDIGREE_OIDC_CLIENT_ID must be the audience of the provider ${name} ("${audience}") if PEDIGREE_OIDC_TOKEN is "id"`,
    clientId,
  );
}

function wrong(what: string, got: unknown, cause?: unknown): PedigreeError {
  return new PedigreeError('CONFIGURATION', required(what, got), {}, cause);
}

/**
 * Signing in at an identity provider: the authorization code flow of OpenID Connect Core 1.0 (section 3.1) with PKCE
 * (RFC 7636). What comes out is a token of the provider, which is then checked as any bearer token is: this file only
 * makes sure that it is the answer to this sign-in.
 */
import * as client from 'openid-client';
import { PedigreeError } from '../domain/errors.js';
import type { SignInTicket } from './sign-in-ticket.js';

const TIMEOUT_SECONDS = 5;
/** What a provider says about a failure is shown, but not at any length. */
const MAX_REASON = 200;

export interface CodeFlowSettings {
  /** The provider's short name. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** None for a public client; PKCE protects both. */
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  /** Which of the provider's tokens becomes the session. */
  readonly token: 'id' | 'access';
  /** What the access token shall be for (RFC 8707). */
  readonly resource: string | undefined;
}

/** What the browser is sent away with. */
interface Departure {
  readonly url: URL;
  readonly ticket: Omit<SignInTicket, 'to'>;
}

export class CodeFlow {
  private found: Promise<client.Configuration> | undefined;

  constructor(private readonly settings: CodeFlowSettings) {}

  get name(): string {
    return this.settings.name;
  }

  get issuer(): string {
    return this.settings.issuer;
  }

  /** Where the browser has to go, to come back to `redirectUri`. Error: `IDENTITY_PROVIDER_UNAVAILABLE`. */
  async begin(redirectUri: string): Promise<Departure> {
    const { scopes, resource } = this.settings;
    const verifier = client.randomPKCECodeVerifier();
    const ticket = { state: client.randomState(), nonce: client.randomNonce(), verifier };
    const url = client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: redirectUri,
      scope: scopes,
      state: ticket.state,
      nonce: ticket.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(resource === undefined ? {} : { resource }),
    });
    return { url, ticket };
  }

  /**
   * The token, for the address that the browser came back to. Errors: `SIGN_IN_FAILED`, saying who refused what;
   * `IDENTITY_PROVIDER_UNAVAILABLE`.
   */
  async finish(answer: URL, { state, nonce, verifier }: Omit<SignInTicket, 'to'>): Promise<string> {
    if (answer.searchParams.get('state') !== state) {
      throw failed('this answer belongs to another sign-in, perhaps one that was begun in another tab');
    }
    const { token, resource } = this.settings;
    const configuration = await this.configuration();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
    const parameters = resource === undefined ? {} : { resource };
    try {
      const tokens = await client.authorizationCodeGrant(configuration, answer, checks, parameters);
      // The nonce was looked for in the ID token, so there is one.
      return token === 'access' ? tokens.access_token : (tokens.id_token as string);
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** Found once; a failure is not remembered. */
  private configuration(): Promise<client.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw this.unavailable(error);
    });
    return this.found;
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const authentication =
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
    // Settings allow http for a provider on this machine only; "deprecated" is the library's way to make one look twice.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const overHttp = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    return client.discovery(new URL(issuer), clientId, undefined, authentication, {
      timeout: TIMEOUT_SECONDS,
      execute: [client.enableNonRepudiationChecks, ...overHttp],
    });
  }

  private failure(error: unknown): PedigreeError {
    const { name } = this.settings;
    if (error instanceof client.AuthorizationResponseError) {
      return failed(`${name} refused the sign-in: ${reasonOf(error)}`, error);
    }
    if (error instanceof client.ResponseBodyError) {
      return error.error === 'invalid_grant'
        ? failed(`${name} does not take this sign-in's code: it was used before, or is too old`, error)
        : failed(`${name} gave no token: ${reasonOf(error)}`, error);
    }
    if (error instanceof client.ClientError && ABOUT_ANSWER.has(error.code ?? '')) {
      return failed(
        `the answer of ${name} does not belong to this sign-in, or is not what it must be`,
        error,
      );
    }
    return this.unavailable(error);
  }

  private unavailable(cause: unknown): PedigreeError {
    const { name, issuer } = this.settings;
    const message = `the identity provider ${name} (${issuer}) cannot be asked now: try again soon`;
    return new PedigreeError('IDENTITY_PROVIDER_UNAVAILABLE', message, { provider: name }, cause);
  }
}

/** The library's codes for an answer that came, and was wrong. */
const ABOUT_ANSWER: ReadonlySet<string> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_PARSE_ERROR',
  'OAUTH_UNSUPPORTED_OPERATION',
]);

function reasonOf({
  error,
  error_description: description,
}: {
  readonly error: string;
  readonly error_description?: string | undefined;
}): string {
  return (description === undefined ? error : `${error}: ${description}`).slice(0, MAX_REASON);
}

function failed(message: string, cause?: unknown): PedigreeError {
  return new PedigreeError('SIGN_IN_FAILED', message, {}, cause);
}

/** The server as the SDK sees it: two requests over HTTP, and their failures as errors of ours. */
import type { ReadableStream } from 'node:stream/web';

import type { Receipt } from '../domain/declaration.js';
import { QueryFailed, RequestFailed } from './errors.js';
import { parseReceipt, readLines } from './receipt-stream.js';
import { parseRetryAfter } from './retry.js';

export interface ServerOptions {
  /** Where the server is; a path prefix is kept. */
  readonly url: string;
  /** A bearer token, or what gets one: it is asked for every request, so that a token can be renewed. */
  readonly token: string | (() => string | Promise<string>);
  readonly fetch: typeof fetch;
  /** Longest time for one request, its answer included, in milliseconds. */
  readonly timeoutMs: number;
}

const RETRIABLE = [429, 502, 503, 504];
const PROBLEM = 'application/problem+json';

interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message?: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

type Problem = GraphQLAnswer & { readonly code?: string; readonly detail?: string; readonly title?: string };

export class Server {
  private readonly base: string;

  constructor(private readonly options: ServerOptions) {
    this.base = new URL(options.url).href.replace(/(?<!\/)\/+$/, '');
  }

  /** Declares JSON texts, one declaration each; yields receipts as they come. Fewer than lines: the rest is unknown. */
  async *declare(lines: readonly string[]): AsyncGenerator<Receipt, void> {
    const response = await this.post('/v1/declare', 'application/x-ndjson', `${lines.join('\n')}\n`);
    const body = response.body as ReadableStream<Uint8Array> | null;
    if (body === null) return;
    try {
      for await (const line of readLines(body)) yield parseReceipt(line, lines.length);
    } catch (error) {
      throw error instanceof RequestFailed ? error : unreachable(this.base, error);
    }
  }

  /** Sends a GraphQL request and returns its data; an answer with errors is thrown as `QueryFailed`. */
  async query(document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const body = JSON.stringify({ query: document, variables });
    const response = await this.post('/graphql', 'application/json', body);
    const answer = await response.json().catch((error: unknown) => {
      throw unreachable(this.base, error);
    });
    const { data = null, errors = [] } = answer as GraphQLAnswer;
    const [first] = errors;
    if (first === undefined) return data;
    throw new QueryFailed(
      first.extensions?.code ?? 'UNKNOWN',
      first.message ?? 'the query failed',
      errors,
      data,
    );
  }

  private async post(path: string, contentType: string, body: string): Promise<Response> {
    const { token, timeoutMs } = this.options;
    const authorization = `Bearer ${typeof token === 'string' ? token : await token()}`;
    const accept = `${contentType}, ${PROBLEM}`;
    const request = {
      method: 'POST',
      headers: { authorization, accept, 'content-type': contentType },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    };
    let response: Response;
    try {
      response = await this.options.fetch(this.base + path, request);
    } catch (error) {
      throw unreachable(this.base, error);
    }
    if (response.ok) return response;
    throw await failureOf(response);
  }
}

/** RFC 9457 problem details, or a GraphQL error under an HTTP status, as an error of ours. */
async function failureOf(response: Response): Promise<RequestFailed> {
  const { status, headers } = response;
  const problem = parseProblem(await response.text().catch(() => ''));
  const [error] = problem.errors ?? [];
  const code = problem.code ?? error?.extensions?.code ?? `HTTP_${status}`;
  const detail = problem.detail ?? problem.title ?? error?.message ?? 'the server gave no reason';
  return new RequestFailed(code, `the server answered ${status}: ${detail}`, {
    status,
    retriable: RETRIABLE.includes(status),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), Date.now()),
  });
}

function parseProblem(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function unreachable(url: string, cause: unknown): RequestFailed {
  const reason =
    cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : String(cause);
  return new RequestFailed('SERVER_UNREACHABLE', `no complete answer from ${url}: ${reason}`, {
    retriable: true,
    cause,
  });
}

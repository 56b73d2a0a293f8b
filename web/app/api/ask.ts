/** One question to the public GraphQL API, with the cookie of whoever is signed in. */
import type { TypedDocumentString } from '../graphql/operations.gen.js';
import { includedText } from './included.js';
import { purpose } from './purpose.js';

/** Codes of this file's own, beside the server's. */
export const SERVER_GONE = 'SERVER_GONE';
const UNREADABLE = 'UNREADABLE_ANSWER';

/** Why a question has no answer: `code` is the server's, or `SERVER_GONE` if it did not answer at all. */
export class AskError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AskError';
  }
}

interface GraphQLAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  /** A refusal before GraphQL is a problem report (RFC 9457). */
  readonly code?: string;
  readonly detail?: string;
}

/** The whole answer; an answer with any error in it is an error, so that no page shows half of the truth. Error: `AskError`. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const response = await reach('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...purpose.header() },
    body: JSON.stringify({ query: includedText(document.toString(), variables), variables }),
    ...(signal ? { signal } : {}),
  });
  const answer = await readJson<GraphQLAnswer<Result>>(response);
  const [error] = answer.errors ?? [];
  if (error) throw new AskError(error.extensions?.code ?? 'UNKNOWN', error.message);
  if (answer.data == null) throw problem(response, answer);
  return answer.data;
}

/** `fetch` from this server; a server that does not answer is an error with a code. Error: `AskError`. */
export async function reach(path: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new AskError(SERVER_GONE, 'The server does not answer.', { cause: error });
  }
}

/** The body of an answer that is no GraphQL; a refusal is an `AskError` with the server's code and words. */
export async function readOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw problem(response, await readJson(response));
}

function problem({ status }: Response, { code, detail }: GraphQLAnswer<unknown>): AskError {
  return new AskError(code ?? 'UNKNOWN', detail ?? `The server answered with status ${String(status)}.`);
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    // A proxy that stands in for a server that is down answers in HTML.
    const code = response.status >= 500 ? SERVER_GONE : UNREADABLE;
    throw new AskError(code, `The server's answer (status ${String(response.status)}) is not readable.`, {
      cause: error,
    });
  }
}

/**
 * Which operation a GraphQL request runs, settled before either door to the schema looks at it: a hash in its body becomes
 * the registered text, and what may not be run goes no further. A request by GET has to send its text.
 */
import type { Request, RequestHandler } from 'express';
import type { Principal } from '../access/principal.js';
import type { RegisteredOperations } from '../access/registered-operations.js';

interface Body {
  query?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: unknown } } | null;
}

/** Error: `OPERATION_NOT_REGISTERED`. */
export function operationText(operations: RegisteredOperations): RequestHandler {
  return (request, response, next) => {
    const sent = bodyOf(request);
    const asked = {
      text: textIn(sent.query),
      hash: textIn(sent.extensions?.persistedQuery?.sha256Hash),
    };
    const text = operations.textOf(asked, response.locals.principal as Principal);
    if (request.method === 'POST' && sent.query === undefined && text !== undefined) {
      sent.query = text;
      delete sent.extensions?.persistedQuery;
    }
    next();
  };
}

/** A list of requests, which is refused later, runs nothing. */
function bodyOf(request: Request): Body {
  if (request.method !== 'POST') return { query: request.query.query };
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `/graphql/stream`: subscriptions over server-sent events (graphql-sse, distinct connections). */
import { hash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { RequestParams } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/express';
import type { Principal } from '../access/principal.js';
import type { RequestContext, Services } from '../graphql/context.js';
import type { SchemaSource } from '../graphql/schema.js';
import { DOCUMENT_RULES, PARSE_OPTIONS } from '../graphql/document-limits.js';
import type { FormatError } from '../graphql/errors.js';
import type { Logger } from './logger.js';
import { breakOffWithGrant, endWithResponse } from './recorded-reads.js';

export interface StreamParts {
  readonly schemas: SchemaSource;
  readonly contextOf: (request: Request) => Promise<RequestContext>;
  readonly services: Pick<Services, 'grantWatch' | 'audit'>;
  readonly logger: Logger;
  readonly formatError: FormatError;
}

/** Longest delay of a timer, in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * Serves subscriptions and nothing else: queries have a door of their own. The limits on documents are the same as there;
 * an event holds no list that could be paged, so it needs no limit on its cost. A stream ends with the token that opened it.
 */
export function streamRoute({ schemas, contextOf, formatError, ...parts }: StreamParts): RequestHandler {
  const handle = createHandler<never>({
    authenticate: () => undefined,
    onSubscribe: async ({ raw }, params) => {
      const contextValue = await contextOf(raw);
      const schema = schemas.of(contextValue.principal.scopes);
      await recordStream(raw, params, contextValue, parts);
      return operationOf(params, { schema, contextValue }) as never;
    },
    validate: (checked, document) => [
      ...refuseOthers(document),
      ...validate(checked, document, [...specifiedRules, ...DOCUMENT_RULES]),
    ],
    onNext: (_context, _request, result) => masked(result as ExecutionResult, formatError),
  });
  return (request, response) => {
    const principal = response.locals.principal as Principal;
    const { expiresAt } = principal;
    breakOffWithGrant(principal, parts.services.grantWatch, response);
    const end = setTimeout(() => response.end(), Math.min(MAX_TIMER, Math.max(0, expiresAt - Date.now())));
    response.once('close', () => {
      clearTimeout(end);
    });
    return handle(request, response);
  };
}

/** A stream under a grant is recorded, and so never begins after its revocation. Error: `GRANT_ENDED`. */
async function recordStream(
  { res }: Request,
  { query, operationName, variables = {} }: RequestParams,
  { principal, purpose }: RequestContext,
  { services, logger }: Pick<StreamParts, 'services' | 'logger'>,
): Promise<void> {
  if (!principal.grant || !res) return;
  const read = services.audit.begin({
    ...{ principal, purpose, door: 'stream', operation: operationName ?? undefined },
    operationDigest: hash('sha256', query),
    arguments: JSON.stringify(variables),
  });
  endWithResponse(() => read, res, logger);
  await read.recorded();
}

/** The parsed request, or the error in its text. */
function operationOf(
  { query, operationName, variables }: RequestParams,
  rest: Pick<ExecutionArgs, 'schema' | 'contextValue'>,
): ExecutionArgs | ExecutionResult {
  try {
    const document = parse(query, PARSE_OPTIONS);
    return { ...rest, document, operationName, variableValues: variables };
  } catch (error) {
    return { data: null, errors: [error as GraphQLError] };
  }
}

function masked({ errors, ...result }: ExecutionResult, formatError: FormatError): object {
  return errors ? { ...result, errors: errors.map((error) => formatError(error.toJSON(), error)) } : result;
}

function refuseOthers(document: DocumentNode): GraphQLError[] {
  const others = document.definitions.filter(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation !== OperationTypeNode.SUBSCRIPTION,
  );
  return others.map(
    (node) =>
      new GraphQLError('only subscriptions are served here: send queries to /graphql', {
        nodes: [node],
        extensions: { code: 'BAD_INPUT' },
      }),
  );
}

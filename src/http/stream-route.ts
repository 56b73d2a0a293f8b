/** `/graphql/stream`: subscriptions over server-sent events (graphql-sse, distinct connections). */
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
import type { GrantWatch } from '../governance/grants/grant-watch.js';
import type { RequestContext } from '../graphql/context.js';
import type { SchemaSource } from '../graphql/schema.js';
import { DOCUMENT_RULES, PARSE_OPTIONS } from '../graphql/document-limits.js';
import type { FormatError } from '../graphql/errors.js';
import { breakOffWithGrant } from './recorded-reads.js';

export interface StreamParts {
  readonly schemas: SchemaSource;
  readonly contextOf: (request: Request) => Promise<RequestContext>;
  readonly grantWatch: Pick<GrantWatch, 'watch'>;
  readonly formatError: FormatError;
}

/** Longest delay of a timer, in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * Serves subscriptions and nothing else: queries have a door of their own. The limits on documents are the same as there;
 * an event holds no list that could be paged, so it needs no limit on its cost. A stream ends with the token that opened it.
 */
export function streamRoute({ schemas, contextOf, formatError, grantWatch }: StreamParts): RequestHandler {
  const handle = createHandler<never>({
    authenticate: () => undefined,
    onSubscribe: async (request, params) => {
      const contextValue = await contextOf(request.raw);
      const schema = schemas.of(contextValue.principal.scopes);
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
    breakOffWithGrant(principal, grantWatch, response);
    const end = setTimeout(() => response.end(), Math.min(MAX_TIMER, Math.max(0, expiresAt - Date.now())));
    response.once('close', () => {
      clearTimeout(end);
    });
    return handle(request, response);
  };
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

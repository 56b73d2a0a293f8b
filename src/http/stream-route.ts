/** `/graphql/stream`: subscriptions over server-sent events (graphql-sse, distinct connections). */
import type { Request, RequestHandler } from 'express';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import type { RequestContext } from '../graphql/context.js';

/** Serves subscriptions and nothing else: queries have a door of their own, with limits of their own. */
export function streamRoute(
  schema: GraphQLSchema,
  contextOf: (request: Request) => RequestContext,
): RequestHandler {
  const handle = createHandler<never>({
    schema,
    authenticate: () => undefined,
    context: ((request: { raw: Request }) => contextOf(request.raw)) as never,
    validate: (checked, document, ...rest) => [
      ...refuseOthers(document),
      ...validate(checked, document, ...rest),
    ],
  });
  return (request, response) => handle(request, response);
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

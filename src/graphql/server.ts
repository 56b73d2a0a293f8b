/** Apollo Server over the schema: no batching, no landing page from a CDN, no stack traces, CSRF prevention on. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.js';
import { costLimit } from './cost.js';
import { formatErrorWith, type LogError } from './errors.js';
import { refusalStatus } from './refusal-status.js';

export async function startGraphQLServer(
  schema: GraphQLSchema,
  log: LogError,
): Promise<ApolloServer<RequestContext>> {
  const server = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: formatErrorWith(log),
    plugins: [ApolloServerPluginLandingPageDisabled(), costLimit(), refusalStatus()],
  });
  await server.start();
  return server;
}

/** Apollo Server over the schema: no batching, no landing page from a CDN, no stack traces, CSRF prevention on. */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Policy } from '../access/policy.js';
import { argumentGuard } from './argument-guard.js';
import { auditedReads } from './audited-reads.js';
import type { RequestContext } from './context.js';
import { costLimit } from './cost.js';
import { DOCUMENT_RULES, PARSE_OPTIONS } from './document-limits.js';
import type { FormatError } from './errors.js';
import { refusalStatus } from './refusal-status.js';

export async function startGraphQLServer(
  { schema, policy }: { readonly schema: GraphQLSchema; readonly policy: Policy },
  formatError: FormatError,
): Promise<ApolloServer<RequestContext>> {
  const server = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: PARSE_OPTIONS,
    validationRules: [...DOCUMENT_RULES],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It wraps every field, for HTTP caches, which must not keep anything of ours.
      ApolloServerPluginCacheControlDisabled(),
      argumentGuard(policy),
      costLimit(),
      auditedReads(policy),
      refusalStatus(),
    ],
  });
  await server.start();
  return server;
}

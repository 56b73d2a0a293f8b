/**
 * Apollo Server over the schema: no batching, no landing page from a CDN, no stack traces, CSRF prevention on. There is one
 * for each set of scopes, over what that set may see, so that a document that one may run is not remembered for another.
 */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Policy } from '../access/policy.js';
import type { Scope } from '../access/scopes.js';
import { argumentGuard } from './argument-guard.js';
import { auditedReads } from './audited-reads.js';
import type { RequestContext } from './context.js';
import { costLimit } from './cost.js';
import { DOCUMENT_RULES, PARSE_OPTIONS } from './document-limits.js';
import type { FormatError } from './errors.js';
import { refusalStatus } from './refusal-status.js';
import type { SchemaSource, Weakness } from './schema.js';
import { scopesName } from './visible-schema.js';

export class GraphQLServers {
  private readonly started = new Map<string, Promise<ApolloServer<RequestContext>>>();

  constructor(
    private readonly schemas: SchemaSource,
    private readonly policy: Policy,
    private readonly formatError: FormatError,
    private readonly without: NonNullable<Weakness['without']> = [],
  ) {}

  /** Started when the first principal with these scopes asks. */
  of(scopes: ReadonlySet<Scope>): Promise<ApolloServer<RequestContext>> {
    const name = scopesName(scopes);
    const known = this.started.get(name);
    if (known) return known;
    const schema = this.schemas.of(scopes);
    const starting = startGraphQLServer(
      { schema, policy: this.policy, guarded: !this.without.includes('ARGUMENTS') },
      this.formatError,
    );
    this.started.set(name, starting);
    return starting;
  }

  async stop(): Promise<void> {
    for (const server of this.started.values()) await (await server).stop();
  }
}

async function startGraphQLServer(
  { schema, policy, guarded }: { schema: GraphQLSchema; policy: Policy; guarded: boolean },
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
      ...(guarded ? [argumentGuard(policy)] : []),
      costLimit(),
      auditedReads(policy),
      refusalStatus(),
    ],
  });
  await server.start();
  return server;
}

/** The whole schema: generated reads and our own fields, behind the policy that stands beside each field. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema, mergeSchemas } from '@graphql-tools/schema';
import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { refuseProtectedInputs } from '../access/argument-policy.js';
import { compilePolicy, type Policy } from '../access/policy.js';
import { packageRoot } from '../domain/package-root.js';
import type { Database } from '../store/database.js';
import { PageSize } from './page-size.js';
import { accessLogResolvers } from './resolvers/access-log.js';
import { accountabilityResolvers } from './resolvers/accountability.js';
import { artifactResolvers } from './resolvers/artifact.js';
import { columnLineageResolvers } from './resolvers/column-lineage.js';
import { correctionResolvers } from './resolvers/correction.js';
import { decisionGroupResolvers } from './resolvers/decision-groups.js';
import { dashboardResolvers } from './resolvers/dashboard.js';
import { declarationResolvers } from './resolvers/declaration.js';
import { erasureResolvers } from './resolvers/erasure.js';
import { evidenceResolvers } from './resolvers/evidence.js';
import { impactResolvers } from './resolvers/impact.js';
import { lineageResolvers } from './resolvers/lineage.js';
import { liveResolvers } from './resolvers/live.js';
import { logResolvers } from './resolvers/log.js';
import { reportResolvers } from './resolvers/report.js';
import { rootCauseResolvers } from './resolvers/root-cause.js';
import { searchResolvers } from './resolvers/search.js';
import { diffResolvers } from './resolvers/diff.js';
import { pathsResolvers } from './resolvers/paths.js';
import { traceResolvers } from './resolvers/trace.js';
import { bigIntFrom, JsonValue, Timestamp } from './scalars.js';
import { withShield } from './shield.js';
import { buildStoredSchema } from './stored-schema.js';

const ACCESS_DIRECTIVE =
  'directive @access(requires: [String!]!) on FIELD_DEFINITION | OBJECT | INTERFACE\nscalar Timestamp\n';

/** The schema without its gate: for printing it and for compiling its policy. */
export async function buildOpenSchema(driver: Database['driver']): Promise<GraphQLSchema> {
  const stored = await buildStoredSchema(ACCESS_DIRECTIVE + readSdl('schema/stored'), driver);
  const BigInt = bigIntFrom(stored.getType('BigInt') as GraphQLScalarType);
  // Our own types stay in a schema of their own: on the library's, a field without a resolver answers to its alias.
  const own = makeExecutableSchema({
    typeDefs: readSdl('schema'),
    resolvers: [
      { Timestamp, JSON: JsonValue, PageSize, BigInt },
      accessLogResolvers,
      artifactResolvers,
      accountabilityResolvers,
      searchResolvers,
      dashboardResolvers,
      lineageResolvers,
      pathsResolvers,
      diffResolvers,
      columnLineageResolvers,
      traceResolvers,
      decisionGroupResolvers,
      impactResolvers,
      rootCauseResolvers,
      correctionResolvers,
      declarationResolvers,
      erasureResolvers,
      reportResolvers,
      logResolvers,
      evidenceResolvers,
      liveResolvers,
    ],
  });
  return mergeSchemas({
    schemas: [stored, own],
    resolvers: { Timestamp, PageSize, BigInt },
  });
}

/** The schema as served, and its policy. Error: `CONFIGURATION` if any field has no decision, or a protected one can be filtered by. */
export async function buildSchema(
  driver: Database['driver'],
): Promise<{ schema: GraphQLSchema; policy: Policy }> {
  const open = await buildOpenSchema(driver);
  const policy = compilePolicy(open);
  refuseProtectedInputs(open, policy);
  return { schema: withShield(open, policy), policy };
}

function readSdl(folder: string): string {
  const path = join(packageRoot(), folder);
  const files = readdirSync(path)
    .filter((file) => file.endsWith('.graphql'))
    .sort();
  return files.map((file) => readFileSync(join(path, file), 'utf8')).join('\n');
}

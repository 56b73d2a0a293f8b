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
import { driftResolvers } from './resolvers/drift.js';
import { watchResolvers } from './resolvers/watch.js';
import { contractResolvers } from './resolvers/contract.js';
import { correctionResolvers } from './resolvers/correction.js';
import { decisionGroupResolvers } from './resolvers/decision-groups.js';
import { dashboardResolvers } from './resolvers/dashboard.js';
import { declarationResolvers } from './resolvers/declaration.js';
import { erasureResolvers } from './resolvers/erasure.js';
import { evidenceResolvers } from './resolvers/evidence.js';
import { grantResolvers } from './resolvers/grants.js';
import { impactResolvers } from './resolvers/impact.js';
import { lineageResolvers } from './resolvers/lineage.js';
import { liveResolvers } from './resolvers/live.js';
import { logResolvers } from './resolvers/log.js';
import { approvalResolvers } from './resolvers/approval.js';
import { custodyResolvers } from './resolvers/custody.js';
import { retentionResolvers } from './resolvers/retention.js';
import { retirementResolvers } from './resolvers/retirement.js';
import { reportResolvers } from './resolvers/report.js';
import { rootCauseResolvers } from './resolvers/root-cause.js';
import { searchResolvers } from './resolvers/search.js';
import { diffResolvers } from './resolvers/diff.js';
import { pathsResolvers } from './resolvers/paths.js';
import { traceResolvers } from './resolvers/trace.js';
import { bigIntFrom, JsonValue, Timestamp } from './scalars.js';
import { withShield } from './shield.js';
import { buildStoredSchema } from './stored-schema.js';
import { VisibleSchemas } from './visible-schema.js';

/** The three layers of authorization: fields, arguments, rows. */
export type Layer = 'GATE' | 'ARGUMENTS' | 'ROWS';

/**
 * What tests and benchmarks take away from a server to see what it is there for. No setting leads here.
 */
export interface Weakness {
  readonly without?: readonly Layer[];
  /** SDL of a careless author: then protected fields may be among the generated filters, before the guard of arguments. */
  readonly moreStored?: string | undefined;
}

/** The schema for a set of scopes. */
export type SchemaSource = Pick<VisibleSchemas, 'of'>;

const ACCESS_DIRECTIVE =
  'directive @access(requires: [String!]!) on FIELD_DEFINITION | OBJECT | INTERFACE\nscalar Timestamp\n';

const RESOLVERS = [
  accessLogResolvers,
  artifactResolvers,
  accountabilityResolvers,
  contractResolvers,
  driftResolvers,
  watchResolvers,
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
  grantResolvers,
  reportResolvers,
  approvalResolvers,
  custodyResolvers,
  retentionResolvers,
  retirementResolvers,
  logResolvers,
  evidenceResolvers,
  liveResolvers,
];

/**
 * The schema without its gate: for printing it and for compiling its policy.
 * @param moreStored what a test adds to the SDL of the generated reads
 */
export async function buildOpenSchema(driver: Database['driver'], moreStored = ''): Promise<GraphQLSchema> {
  const sdl = ACCESS_DIRECTIVE + readSdl('schema/stored') + moreStored;
  const stored = await buildStoredSchema(sdl, driver);
  const BigInt = bigIntFrom(stored.getType('BigInt') as GraphQLScalarType);
  // Our own types stay in a schema of their own: on the library's, a field without a resolver answers to its alias.
  const own = makeExecutableSchema({
    typeDefs: readSdl('schema'),
    resolvers: [{ Timestamp, JSON: JsonValue, PageSize, BigInt }, ...RESOLVERS],
  });
  return mergeSchemas({
    schemas: [stored, own],
    resolvers: { Timestamp, PageSize, BigInt },
  });
}

/** The schemas as served, one for each set of scopes, and their policy. Error: `CONFIGURATION` if any field has no decision, or a protected one can be filtered by. */
export async function buildSchemas(
  driver: Database['driver'],
  { without = [], moreStored }: Weakness = {},
): Promise<{ schemas: SchemaSource; policy: Policy }> {
  const open = await buildOpenSchema(driver, moreStored);
  const policy = compilePolicy(open);
  if (moreStored === undefined) refuseProtectedInputs(open, policy);
  if (without.includes('GATE')) return { schemas: { of: () => open }, policy };
  return { schemas: new VisibleSchemas(withShield(open, policy), policy), policy };
}

function readSdl(folder: string): string {
  const path = join(packageRoot(), folder);
  const files = readdirSync(path)
    .filter((file) => file.endsWith('.graphql'))
    .sort();
  return files.map((file) => readFileSync(join(path, file), 'utf8')).join('\n');
}

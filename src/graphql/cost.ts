/**
 * What a query may cost, reckoned before it runs: the objects that it can return at most (`first` and `limit` multiply
 * what is below them) and the walks through the graph that it starts. A query that costs too much is refused and told
 * both figures.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, getNamedType, isLeafType } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { isPedigreeError, required, type ErrorCode, type PedigreeError } from '../domain/errors.js';
import type { RequestContext } from './context.js';

/** What one query may cost. A page of 1,000 artifacts with 100 edges each fits, one with 1,000 each does not. */
export const MAX_COST = 250_000;

/** A walk of a closure without a bound, in objects that could be returned instead: about 50 ms of the database. */
export const WALK = 1_000;
/** A level of a walk that is bounded in depth, up to the price of one without a bound. */
const LEVEL = 50;

/** Fields that walk, and how often. */
const WALKS: Readonly<Record<string, number>> = {
  // The page, the totals and the decisions.
  'Query.lineage': 3,
  'Query.lineageGroups': 2,
  'Query.trace': 2,
  'Query.evidence': 2,
  'Query.paths': 1,
  'Query.diff': 2,
  'Query.impact': 2,
  'Query.impactedDecisions': 1,
  'Query.rootCause': 10,
  'Query.columnLineage': 1,
  'Query.search': 1,
  'Query.servedAt': 1,
  'Query.custody': 2,
  'Query.approvalReview': 4,
  'Query.retirementCheck': 4,
  'Query.retentionPreview': 10,
  'Query.report': 6,
  'Report.evidence': 1,
  'Query.subjectReport': 6,
  'Query.erasureReport': 4,
  'Query.contracts': 1,
  'Query.schemaChange': 10,
  'Query.dataDrift': 1,
  'Query.watch': 2,
  'Dashboard.watch': 2,
  'Dashboard.unfinishedRuns': 1,
};

/**
 * Refuses what costs more than `maxCost`, and what the token's budget does not hold any more.
 *
 * Errors: `QUERY_TOO_COSTLY`, `RATE_LIMITED`.
 */
export function costLimit(maxCost = MAX_COST): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async ({ schema, document, request, contextValue }) => {
          const cost = getComplexity({
            schema,
            query: document,
            estimators: [estimate],
            ...(request.variables ? { variables: request.variables } : {}),
            ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
          });
          if (cost > maxCost) throw tooCostly(cost, maxCost);
          const { principal, services } = contextValue;
          await services.budget.take(principal, cost).catch((error: unknown) => {
            throw isPedigreeError(error) ? spent(error) : error;
          });
        },
      }),
  };
}

const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (isLeafType(getNamedType(field.type))) return 0;
  const page = [args.first, args.limit].find((size) => typeof size === 'number') ?? 1;
  return walkCost(type.name, field.name, args.depth) + page * (1 + childComplexity);
};

function walkCost(parent: string, field: string, depth: unknown): number {
  const walk = typeof depth === 'number' ? Math.min(WALK, depth * LEVEL) : WALK;
  return (WALKS[`${parent}.${field}`] ?? 0) * walk;
}

function spent({ code, message, details }: PedigreeError): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

function tooCostly(cost: number, limit: number): GraphQLError {
  const code: ErrorCode = 'QUERY_TOO_COSTLY';
  return new GraphQLError(
    required(
      `a query may cost at most ${String(limit)} (objects that it can return): ask for smaller pages`,
      cost,
    ),
    { extensions: { code, cost, limit, http: { status: 400 } } },
  );
}

/**
 * Queries that can return personal values, and all under a grant, are recorded in the access log. Whether one can is seen from its text and the
 * policy, before anything is resolved. The intent is written while the query runs and awaited before the answer leaves:
 * if it cannot be recorded, the answer is thrown away.
 */
import { hash } from 'node:crypto';
import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import {
  GraphQLError,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { Policy } from '../access/policy.js';
import type { Scope } from '../access/scopes.js';
import { isPedigreeError } from '../domain/errors.js';
import { toPedigreeError } from '../store/database.js';
import type { RequestContext } from './context.js';

const PERSONAL: Scope = 'READ_PERSONAL';

/**
 * Fields that anybody may ask for, and that hold personal values for those who may read them, or follow rows by their keys,
 * which are personal.
 */
const MIXED = new Set([
  'Query.evidence',
  'Query.report',
  'Query.subjectReport',
  'Query.rootCause',
  'Query.impactedDecisions',
  'Impact.decisions',
  'Lineage.decisions',
  'LineageGroups.decisions',
]);

/** Fields whose arguments name a person. The access log outlives an erasure, so it must not keep them. */
const NAMING = new Set(['Query.subjectAccesses', 'Query.subjectReport']);

/** Longest variables that are recorded word for word, in characters. */
const MAX_ARGUMENTS = 16_384;

export function auditedReads(policy: Policy): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, document, operation, operationName, request, contextValue }) => {
          const { principal, services } = contextValue;
          const fields = fieldsOf(schema, document);
          const reads = principal.scopes.has(PERSONAL) && fields.some((field) => isPersonal(field, policy));
          if (principal.grant || reads) {
            const isMutation = operation?.operation === OperationTypeNode.MUTATION;
            contextValue.recording.read = services.audit.begin({
              ...{ principal, door: 'graphql', purpose: contextValue.purpose },
              operation: operationName ?? undefined,
              ...describe(request, isMutation || fields.some((field) => NAMING.has(field.join('.')))),
            });
            contextValue.recording.read.hid(contextValue.granted);
          }
          return Promise.resolve();
        },
        willSendResponse: async ({ response, contextValue: { recording, principal } }) => {
          const { read } = recording;
          if (!read || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          try {
            await read.recorded();
            read.answering(hash('sha256', JSON.stringify(singleResult)), principal.grant?.asOf);
          } catch (error) {
            const refusal = notRecorded(error);
            response.http.status = refusal.extensions.code === 'GRANT_ENDED' ? 401 : 503;
            response.body = { kind: 'single', singleResult: { errors: [refusal.toJSON()] } };
          }
        },
      }),
  };
}

/** The fields of a document, each with the name of its type. */
function fieldsOf(schema: GraphQLSchema, document: DocumentNode): [type: string, field: string][] {
  const types = new TypeInfo(schema);
  const found: [string, string][] = [];
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        found.push([types.getParentType()?.name ?? '', name.value]);
      },
    }),
  );
  return found;
}

/** True if a field needs the scope for personal values. */
function isPersonal([type, field]: [string, string], policy: Policy): boolean {
  const requirement = policy.get(type)?.get(field) ?? [];
  return MIXED.has(`${type}.${field}`) || requirement.some((anyOf) => anyOf.includes(PERSONAL));
}

/** Variables that name a person or hold whole declarations are not kept. */
function describe(
  { query = '', variables = {} }: GraphQLRequest,
  isSecret: boolean,
): { operationDigest: string; arguments: string } {
  const operationDigest = hash('sha256', query);
  if (isSecret) return { operationDigest, arguments: 'of a mutation or about a person: not kept' };
  const text = JSON.stringify(variables);
  return {
    operationDigest,
    arguments: text.length <= MAX_ARGUMENTS ? text : `sha256:${hash('sha256', text)}`,
  };
}

function notRecorded(error: unknown): GraphQLError {
  const cause = toPedigreeError(error);
  const code = isPedigreeError(cause) ? cause.code : 'INTERNAL';
  if (isPedigreeError(cause, 'GRANT_ENDED')) return new GraphQLError(cause.message, { extensions: { code } });
  return new GraphQLError('the read could not be recorded in the access log, so it is not answered', {
    extensions: { code },
  });
}

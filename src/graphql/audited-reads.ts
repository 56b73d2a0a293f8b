/**
 * Queries that can return personal values are recorded in the access log. Whether one can is seen from its text and the
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

/** Fields that anybody may ask for, and that hold personal values for those who may read them. */
const MIXED = new Set(['Query.evidence', 'Query.report']);

/** Longest variables that are recorded word for word, in characters. */
const MAX_ARGUMENTS = 16_384;

export function auditedReads(policy: Policy): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, document, operation, operationName, request, contextValue }) => {
          const { principal, services } = contextValue;
          if (principal.scopes.has(PERSONAL) && asksForPersonal(schema, document, policy)) {
            contextValue.recording.read = services.audit.begin({
              ...{ principal, door: 'graphql', purpose: contextValue.purpose },
              operation: operationName ?? undefined,
              ...describe(request, operation?.operation === OperationTypeNode.MUTATION),
            });
          }
          return Promise.resolve();
        },
        willSendResponse: async ({ response, contextValue: { recording } }) => {
          const { read } = recording;
          if (!read || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          try {
            await read.recorded();
            read.answering(hash('sha256', JSON.stringify(singleResult)));
          } catch (error) {
            response.http.status = 503;
            response.body = { kind: 'single', singleResult: { errors: [notRecorded(error).toJSON()] } };
          }
        },
      }),
  };
}

/** True if a field of the document needs the scope for personal values. */
function asksForPersonal(schema: GraphQLSchema, document: DocumentNode, policy: Policy): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = types.getParentType()?.name ?? '';
        const requirement = policy.get(type)?.get(name.value) ?? [];
        found ||= MIXED.has(`${type}.${name.value}`) || requirement.some((anyOf) => anyOf.includes(PERSONAL));
      },
    }),
  );
  return found;
}

/** A mutation's variables may name the person who is erased or hold whole declarations: they are not kept. */
function describe(
  { query = '', variables = {} }: GraphQLRequest,
  isMutation: boolean,
): { operationDigest: string; arguments: string } {
  if (isMutation) return { operationDigest: hash('sha256', query), arguments: 'of a mutation: not kept' };
  const text = JSON.stringify(variables);
  return {
    operationDigest: hash('sha256', query),
    arguments: text.length <= MAX_ARGUMENTS ? text : `sha256:${hash('sha256', text)}`,
  };
}

function notRecorded(error: unknown): GraphQLError {
  const cause = toPedigreeError(error);
  const code = isPedigreeError(cause) ? cause.code : 'INTERNAL';
  return new GraphQLError('the read could not be recorded in the access log, so it is not answered', {
    extensions: { code },
  });
}

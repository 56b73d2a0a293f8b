/** Failures as GraphQL shows them: our codes in `extensions.code`, everything unknown masked and logged under an id. */
import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isPedigreeError } from '../domain/errors.js';
import { toPedigreeError } from '../store/database.js';

export type LogError = (details: { err: unknown; errorId: string }, message: string) => void;

/** Apollo's `formatError`. */
export function formatErrorWith(log: LogError): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = toPedigreeError(unwrapResolverError(error));
    if (isPedigreeError(cause) && cause.class !== 'defect') {
      return { ...formatted, message: cause.message, extensions: { code: cause.code, ...cause.details } };
    }
    if (cause instanceof GraphQLError && isExpected(cause)) return withoutStack(formatted);
    const errorId = randomUUID();
    log({ err: cause, errorId }, 'unexpected failure in a resolver');
    return {
      message: `something went wrong in the server; its log has the reason under ${errorId}`,
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL', errorId },
    };
  };
}

/** Errors of the request itself (syntax, validation, variables) and of our own scalars and rules carry a code. */
function isExpected(error: GraphQLError): boolean {
  return error.originalError === undefined && typeof error.extensions.code === 'string' && error.extensions.code !== 'INTERNAL_SERVER_ERROR'
    ? true
    : error.originalError === undefined && error.path === undefined;
}

function withoutStack({ extensions, ...rest }: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _, ...kept } = extensions ?? {};
  return { ...rest, extensions: kept };
}

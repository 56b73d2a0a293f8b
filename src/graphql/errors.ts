/** Failures as GraphQL shows them: our codes in `extensions.code`, everything unknown masked and logged under an id. */
import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isPedigreeError } from '../domain/errors.js';
import { toPedigreeError } from '../store/database.js';

export type LogError = (details: { err: unknown; errorId: string }, message: string) => void;

/** Apollo's `formatError`. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

export function formatErrorWith(log: LogError): FormatError {
  return (formatted, error) => {
    const cause = toPedigreeError(unwrapResolverError(error));
    if (isPedigreeError(cause) && cause.class !== 'defect') {
      return { ...formatted, message: cause.message, extensions: { code: cause.code, ...cause.details } };
    }
    if (cause instanceof GraphQLError && isExpected(cause))
      return withOwnCode(withoutStack(formatted), cause);
    const errorId = randomUUID();
    log({ err: cause, errorId }, 'unexpected failure in a resolver');
    return {
      message: `something went wrong in the server; its log has the reason under ${errorId}`,
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL', errorId },
    };
  };
}

/**
 * What a caller did, not a defect: syntax, validation and variables (no path yet, or a code of Apollo's), and what our own
 * scalars and rules threw. A GraphQLError that wraps another error is judged by that error.
 */
function isExpected(error: GraphQLError): boolean {
  if (error.originalError !== undefined && !(error.originalError instanceof GraphQLError)) return false;
  const { code } = error.extensions;
  return error.path === undefined || (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR');
}

/** What a validation rule of ours found keeps its code; Apollo gives one code to all that validation finds. */
function withOwnCode(
  formatted: GraphQLFormattedError,
  { originalError }: GraphQLError,
): GraphQLFormattedError {
  const code = originalError instanceof GraphQLError ? originalError.extensions.code : undefined;
  return code === undefined ? formatted : { ...formatted, extensions: { ...formatted.extensions, code } };
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const entries = Object.entries(formatted.extensions ?? {}).filter(([name]) => name !== 'stacktrace');
  return { ...formatted, extensions: Object.fromEntries(entries) };
}

/** A server does not say what it hides; a command that is run on purpose says what it needs. */
import { PedigreeError } from '../../domain/errors.js';
import { ClientError } from '../../sdk/index.js';

/** Turns "no such field" into what the token lacks. @example .catch(needing('erasing needs the scope ERASE_SUBJECTS')) */
export function needing(what: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ClientError) || error.code !== 'GRAPHQL_VALIDATION_FAILED') throw error;
    throw new PedigreeError('FORBIDDEN', what, {}, error);
  };
}

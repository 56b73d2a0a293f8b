import { PedigreeError } from '../domain/errors.js';

/** The error for a program that the embedded database needs: what is required, what was found, how to get it, and the ways around it. */
export function missingTool(required: string, got: string, install: string): PedigreeError {
  return new PedigreeError(
    'MISSING_TOOL',
    `the embedded Neo4j requires ${required}, but got: ${got}. Install it (${install}); ` +
      'or start Docker; or set NEO4J_URI and NEO4J_PASSWORD to a Neo4j 5.26 of your own.',
    { required, got },
  );
}

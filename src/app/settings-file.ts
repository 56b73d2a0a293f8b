/** Settings that lie in a file of their own, which an environment variable names. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PedigreeError } from '../domain/errors.js';

export interface SettingsFile {
  readonly path: string;
  /** What is in it, and the variable that names it. */
  readonly what: string;
  readonly variable: string;
  /** How its content must be. */
  readonly form: string;
}

/** Error: `CONFIGURATION`, if it cannot be read or `read` refuses its content; naming each wrong member where zod did. */
export function readSettingsFile<T>(
  { path, what, variable, form }: SettingsFile,
  read: (content: string) => T,
): T {
  try {
    return read(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof z.ZodError ? describeIssues(error) : (error as Error).message;
    throw new PedigreeError(
      'CONFIGURATION',
      `${what} in ${path} (${variable}) must be ${form}: ${reason}`,
      {},
      error,
    );
  }
}

function describeIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

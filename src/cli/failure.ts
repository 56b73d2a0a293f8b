/** Failures on the command line: one message, and an exit code that says what kind of failure it was. */
import { CommanderError } from 'commander';
import { ERROR_CODES, isPedigreeError, PedigreeError, type ErrorCode } from '../domain/errors.js';
import { ClientError } from '../sdk/errors.js';
import { FAILURE, NOT_ALLOWED, OK, UNAVAILABLE, USAGE } from './exit-codes.js';

const EXIT_CODE = {
  input: USAGE,
  conflict: FAILURE,
  missing: FAILURE,
  identity: NOT_ALLOWED,
  permission: NOT_ALLOWED,
  quota: UNAVAILABLE,
  busy: UNAVAILABLE,
  environment: UNAVAILABLE,
  defect: FAILURE,
} as const satisfies Record<PedigreeError['class'], number>;

/** Prints a failure on standard error and returns its exit code. */
export function reportFailure(error: unknown): number {
  // The library has told what was wrong, or has shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? OK : USAGE;
  if (isPedigreeError(error)) {
    process.stderr.write(`pedigree: ${error.message} (${error.code})\n`);
    return EXIT_CODE[error.class];
  }
  if (error instanceof ClientError) {
    process.stderr.write(`pedigree: ${error.message} (${error.code})\n`);
    return exitCodeOf(error.code);
  }
  process.stderr.write(
    `pedigree: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return FAILURE;
}

/** What a server said; a code of a newer one counts as a plain failure. */
function exitCodeOf(code: string): number {
  const known = ERROR_CODES.find((each): each is ErrorCode => each === code);
  return known === undefined ? FAILURE : EXIT_CODE[new PedigreeError(known, '').class];
}

/** Failures on the command line: one message, and an exit code that says what kind of failure it was. */
import { ERROR_CODES, isPedigreeError, PedigreeError, type ErrorCode } from '../domain/errors.js';
import { ClientError } from '../sdk/index.js';

const EXIT_CODE = {
  input: 2,
  conflict: 1,
  missing: 1,
  identity: 4,
  permission: 4,
  busy: 5,
  environment: 5,
  defect: 1,
} as const satisfies Record<PedigreeError['class'], number>;

/** Prints a failure on standard error and returns its exit code. */
export function reportFailure(error: unknown): number {
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
  return 1;
}

/** What a server said; a code of a newer one counts as a plain failure. */
function exitCodeOf(code: string): number {
  const known = ERROR_CODES.find((each): each is ErrorCode => each === code);
  return known === undefined ? 1 : EXIT_CODE[new PedigreeError(known, '').class];
}

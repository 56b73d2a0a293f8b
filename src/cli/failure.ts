/** Failures on the command line: one message, and an exit code that says what kind of failure it was. */
import { isPedigreeError, type PedigreeError } from '../domain/errors.js';

const EXIT_CODE = {
  input: 2,
  conflict: 1,
  missing: 1,
  identity: 4,
  permission: 4,
  quota: 5,
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
  process.stderr.write(
    `pedigree: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}

/** Failures on the command line: one message, and an exit code that says what kind of failure it was. */
import { ClientError, RequestFailed } from '../sdk/errors.js';
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
  if (error instanceof ClientError) {
    process.stderr.write(`pedigree: ${error.message} (${error.code})\n`);
    return exitCodeOf(error);
  }
  process.stderr.write(
    `pedigree: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}

/** A server's status, in the terms of the classes above; no status means that nobody answered. */
function exitCodeOf(error: ClientError): number {
  const status = error instanceof RequestFailed ? error.status : 400;
  if (status === 401 || status === 403) return EXIT_CODE.permission;
  return status !== undefined && status < 429 ? EXIT_CODE.input : EXIT_CODE.environment;
}

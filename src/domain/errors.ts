/**
 * Every failure that Pedigree reports on purpose, as a closed union of codes.
 *
 * The code is the contract: GraphQL puts it into `extensions.code`, HTTP into the `code` member of
 * RFC 9457 problem details, and the command line derives the exit code from it. Anything that is not
 * a `PedigreeError` is a defect: it is masked for the caller and logged with an id.
 */

/** What a failure means to a caller: who has to act, and whether trying again can help. */
type ErrorClass =
  'input' | 'conflict' | 'missing' | 'identity' | 'permission' | 'quota' | 'busy' | 'environment' | 'defect';

const CLASS_OF = {
  BAD_JSON: 'input',
  DUPLICATE_KEY: 'input',
  UNSAFE_NUMBER: 'input',
  LONE_SURROGATE: 'input',
  NULL_VALUE: 'input',
  BAD_INPUT: 'input',
  UNKNOWN_KIND: 'input',
  UNKNOWN_FIELD: 'input',
  BAD_URN: 'input',
  URN_KIND_MISMATCH: 'input',
  ITEM_TOO_LARGE: 'input',
  EDGE_WITHOUT_TARGET: 'input',
  UNKNOWN_EDGE_TYPE: 'input',
  EDGE_NOT_ALLOWED: 'input',
  DUPLICATE_EDGE: 'input',
  REQUIRED_EDGE_MISSING: 'input',
  SUBJECT_REQUIRED: 'input',
  EMPTY_BATCH: 'input',
  BATCH_TOO_LARGE: 'input',
  BAD_CURSOR: 'input',
  AS_OF_IN_FUTURE: 'input',
  QUERY_TOO_COSTLY: 'input',
  EVIDENCE_TOO_LARGE: 'input',
  GRANT_TOO_LARGE: 'input',
  EVIDENCE_UNREADABLE: 'input',
  EVIDENCE_ALTERED: 'input',
  BAD_PROOF: 'input',
  BAD_NOTE: 'input',
  CYCLE: 'conflict',
  IMMUTABLE_CONFLICT: 'conflict',
  LEGAL_HOLD: 'conflict',
  STILL_IN_USE: 'conflict',
  PROFILE_SUPERSEDED: 'conflict',
  NOT_FOUND: 'missing',
  UNAUTHENTICATED: 'identity',
  GRANT_ENDED: 'identity',
  SIGN_IN_FAILED: 'identity',
  FORBIDDEN: 'permission',
  NAMESPACE_FORBIDDEN: 'permission',
  OPERATION_NOT_REGISTERED: 'permission',
  RATE_LIMITED: 'quota',
  OVERLOADED: 'busy',
  TIMEOUT: 'busy',
  CANCELLED: 'busy',
  IDENTITY_PROVIDER_UNAVAILABLE: 'busy',
  DATABASE_UNAVAILABLE: 'environment',
  DATABASE_VERSION: 'environment',
  READ_ONLY: 'environment',
  UNKNOWN_FORMAT: 'environment',
  KEY_STORE_MISMATCH: 'environment',
  KEY_LOST: 'environment',
  LOG_BEHIND: 'environment',
  LOG_DIVERGED: 'environment',
  MISSING_TOOL: 'environment',
  PORT_IN_USE: 'environment',
  DISK_FULL: 'environment',
  ALREADY_RUNNING: 'environment',
  CONFIGURATION: 'environment',
  MIGRATION_CHANGED: 'environment',
  SERVER_UNREACHABLE: 'environment',
  INTERNAL: 'defect',
} as const satisfies Record<string, ErrorClass>;

export type ErrorCode = keyof typeof CLASS_OF;

export const ERROR_CODES = Object.keys(CLASS_OF) as readonly ErrorCode[];

/**
 * A failure with a code. `message` says what was required and then what came instead; `details`
 * carries the same facts for programs and never holds a personal value.
 *
 * @example throw new PedigreeError('BAD_URN', 'an id must be "kind:namespace/name@version", but got: "x"')
 */
export class PedigreeError extends Error {
  override readonly name = 'PedigreeError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }

  get class(): ErrorClass {
    return CLASS_OF[this.code];
  }
}

/** True for a `PedigreeError`, optionally of one code. */
export function isPedigreeError(error: unknown, code?: ErrorCode): error is PedigreeError {
  return error instanceof PedigreeError && (code === undefined || error.code === code);
}

/** What `work` gives, or the failure that it reports; a defect is thrown on. */
export function attempt<T>(work: () => T): T | PedigreeError {
  try {
    return work();
  } catch (error) {
    if (isPedigreeError(error)) return error;
    throw error;
  }
}

/** `required, but got: <value>`, with the value cut to 80 characters so that no message floods a log. */
export function required(what: string, got: unknown): string {
  // JSON has no text for undefined, a function or a symbol, whatever the library's types say.
  const text = (JSON.stringify(got) as string | undefined) ?? String(got);
  return `${what}, but got: ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`;
}

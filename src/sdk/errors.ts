/**
 * What the SDK throws. A code is text, not a closed union: a newer server may send one that this version does not know.
 */
import type { RefusedReceipt } from '../domain/declaration.js';

/** Anything that the SDK throws on purpose; `code` is what programs decide by. */
export abstract class ClientError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** One declaration was refused: sending it again changes nothing, and the others of its batch are not affected. */
export class DeclarationRefused extends ClientError {
  override readonly name = 'DeclarationRefused';
  /** The id that was to be declared, where the server could read it. */
  readonly id: string | undefined;
  /** The facts of the message, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ id, error }: RefusedReceipt) {
    super(error.code, error.message);
    this.id = id;
    this.details = error.details ?? {};
  }
}

/** A GraphQL query was answered with errors; `code` is the first one's. */
export class QueryFailed extends ClientError {
  override readonly name = 'QueryFailed';

  constructor(
    code: string,
    message: string,
    /** Every error of the answer, as the server sent them. */
    readonly errors: readonly unknown[],
    /** What could be answered all the same; null if nothing. */
    readonly data: unknown,
  ) {
    super(code, message);
  }
}

interface RequestFacts {
  /** HTTP status; undefined if there was no answer. */
  readonly status?: number;
  /** True if the same request may succeed later. */
  readonly retriable: boolean;
  /** The server's own word on when to come back, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** A whole request failed: refused (a bad token, say), or, after all retries, without an answer. */
export class RequestFailed extends ClientError {
  override readonly name = 'RequestFailed';
  readonly status: number | undefined;
  readonly retriable: boolean;
  readonly retryAfterMs: number;

  constructor(code: string, message: string, { status, retriable, retryAfterMs = 0, cause }: RequestFacts) {
    super(code, message, { cause });
    this.status = status;
    this.retriable = retriable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Counts the receipts of a sequence and keeps what went wrong first. */
import type { Receipt, RefusedReceipt } from '../domain/declaration.js';
import { DeclarationRefused } from './errors.js';

/** What became of a sequence of declarations. */
export interface DeclareAllResult {
  /** Accepted, the repeated ones included. */
  readonly accepted: number;
  /** Accepted, but there before. */
  readonly repeated: number;
  readonly refused: number;
}

/** How far a sequence has come: `sent` says how many of it were taken from their source, answered or not. */
export interface DeclareProgress extends DeclareAllResult {
  readonly sent: number;
}

interface Listeners {
  readonly onReceipt?: (receipt: Receipt) => void;
  readonly onProgress?: (progress: DeclareProgress) => void;
}

export class ReceiptTally {
  private sent = 0;
  private accepted = 0;
  private repeated = 0;
  private refused = 0;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly listeners: Listeners) {}

  /** True if the rest need not be sent. */
  get failed(): boolean {
    return this.failure !== undefined && !(this.failure.error instanceof DeclarationRefused);
  }

  /** Counts the next item of the sequence; returns its index. */
  send(): number {
    return this.sent++;
  }

  count(answer: Receipt, index: number): void {
    const receipt = renumbered(answer, index);
    if ('error' in receipt) this.countRefused(receipt);
    else {
      this.accepted++;
      if (receipt.repeated) this.repeated++;
    }
    try {
      this.listeners.onReceipt?.(receipt);
      this.listeners.onProgress?.({ ...this.counts(), sent: this.sent });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Keeps the first failure; one of the whole request outweighs a refused item. */
  fail(error: unknown): void {
    if (!this.failed) this.failure = { error };
  }

  /** The counts, or the first failure thrown. */
  result(): DeclareAllResult {
    if (this.failure) throw this.failure.error;
    return this.counts();
  }

  private counts(): DeclareAllResult {
    return { accepted: this.accepted, repeated: this.repeated, refused: this.refused };
  }

  private countRefused(receipt: RefusedReceipt): void {
    this.refused++;
    if (this.listeners.onReceipt === undefined) this.failure ??= { error: new DeclarationRefused(receipt) };
  }
}

/** The receipt with the caller's index in place of the one in the request that happened to carry the item. */
export function renumbered<R extends Receipt>(receipt: R, index: number): R {
  if (!('error' in receipt)) return { ...receipt, index };
  const { error } = receipt;
  const message = error.message.replace(new RegExp(`^item ${receipt.index}\\b`), `item ${index}`);
  return { ...receipt, index, error: { ...error, message } };
}

/**
 * One batch on its way: sent until every item has a receipt. What has none is sent again, and only that: a declaration
 * that had arrived all the same is answered with its first receipt, so nothing is lost and nothing is there twice.
 */
import type { Receipt } from '../domain/declaration.js';
import { RequestFailed } from './errors.js';
import type { Retry } from './retry.js';

/** A declaration that waits for its receipt. */
export interface PendingItem {
  /** The declaration's JSON text, on one line. */
  readonly line: string;
  settled: boolean;
  settle(receipt: Receipt): void;
  fail(error: RequestFailed): void;
}

type Send = (lines: readonly string[]) => AsyncIterable<Receipt>;

/** Refusals that say nothing about the item, only about the moment. */
const TRANSIENT = ['OVERLOADED', 'TIMEOUT', 'DATABASE_UNAVAILABLE'];

/** Resolves when every item is settled or has failed; never rejects. */
export async function deliver(items: readonly PendingItem[], send: Send, retry: Retry): Promise<void> {
  let open = items;
  for (let failures = 1; ; failures++) {
    const failure = await trySend(open, send);
    const left = open.filter((item) => !item.settled);
    if (left.length === 0) return;
    // Progress is a sign of life: only tries that got nowhere count.
    if (left.length < open.length) failures = 1;
    open = left;
    if (await retry.again(failure, failures)) continue;
    for (const item of open) item.fail(failure);
    return;
  }
}

/** Sends lines, each until it has a receipt or `retry` gives up; returns the rest, in order, and why it is left. */
export async function deliverLines(
  lines: readonly string[],
  send: Send,
  retry: Retry,
  onReceipt: (receipt: Receipt) => void,
): Promise<{ readonly rest: readonly string[]; readonly failure: RequestFailed | undefined }> {
  const rest: string[] = [];
  const failures: RequestFailed[] = [];
  const toItem = (line: string): PendingItem => ({
    line,
    settled: false,
    settle(receipt) {
      if (!this.settled) onReceipt(receipt);
      this.settled = true;
    },
    fail(error) {
      this.settled = true;
      rest.push(line);
      failures.push(error);
    },
  });
  await deliver(lines.map(toItem), send, retry);
  return { rest, failure: failures[0] };
}

/** Sends once and settles what was answered; returns why the rest, if any, was not. */
async function trySend(items: readonly PendingItem[], send: Send): Promise<RequestFailed> {
  let failure = new RequestFailed('SERVER_UNREACHABLE', 'the answer ended before every receipt had come', {
    retriable: true,
  });
  try {
    for await (const receipt of send(items.map(({ line }) => line))) {
      if ('error' in receipt && TRANSIENT.includes(receipt.error.code)) failure = transient(receipt.error);
      else items[receipt.index]?.settle(receipt);
    }
    return failure;
  } catch (error) {
    if (error instanceof RequestFailed) return error;
    const message = `the request could not be made: ${error instanceof Error ? error.message : String(error)}`;
    return new RequestFailed('REQUEST_FAILED', message, { retriable: false, cause: error });
  }
}

function transient({ code, message }: { readonly code: string; readonly message: string }): RequestFailed {
  return new RequestFailed(code, message, { retriable: true });
}

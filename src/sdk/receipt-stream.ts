/** Receipts as they come in: one JSON text a line. */
import type { ReadableStream } from 'node:stream/web';

import type { Receipt } from '../domain/declaration.js';
import { RequestFailed } from './errors.js';

/** The complete lines of a UTF-8 stream. A last line without an end is dropped: it may have been cut. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
}

/** One line as the receipt of one of `count` items; anything else means that the rest cannot be trusted. */
export function parseReceipt(line: string, count: number): Receipt {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw notAReceipt(line, cause);
  }
  if (isReceipt(value) && value.index >= 0 && value.index < count) return value;
  throw notAReceipt(line);
}

function isReceipt(value: unknown): value is Receipt {
  const { index, digest, error } = (value ?? {}) as { index?: unknown; digest?: unknown; error?: unknown };
  return (
    Number.isInteger(index) && (typeof digest === 'string' || (typeof error === 'object' && error !== null))
  );
}

function notAReceipt(line: string, cause?: unknown): RequestFailed {
  const message = `a receipt is required in each line, but got: ${line.slice(0, 200)}`;
  return new RequestFailed('BAD_RECEIPT', message, { retriable: true, cause });
}

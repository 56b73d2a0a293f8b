/**
 * `POST /v1/declare`: declarations as NDJSON of any length, or as one JSON array. Receipts go out as NDJSON while items
 * commit, so memory holds a few chunks at most, however long the stream is. A stream that has begun is slowed down, never
 * refused: its token's limits and a full queue make it wait, and what it does not read waits in the client.
 */
import { isUtf8 } from 'node:buffer';
import type { Request, Response } from 'express';
import type { Principal } from '../access/principal.js';
import type { CaptureService } from '../capture/capture-service.js';
import type { RawItem } from '../capture/prepare-items.js';
import type { WriteLimits } from '../capture/write-limits.js';
import type { Receipt } from '../domain/declaration.js';
import { isPedigreeError, PedigreeError, required } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import { currentSignal } from '../store/cancellation.js';
import { CHUNK_LINES, ChunkedLines } from './chunked-lines.js';
import { readLines, type Line } from './lines.js';

/** Longest line of a stream, and longest array, in bytes. */
const MAX_LINE_BYTES = 4 * 1_048_576;
const MAX_ARRAY_BYTES = 64 * 1_048_576;

/** What takes declarations, and how many a token may send. */
export interface DeclareDoor {
  readonly capture: CaptureService;
  readonly limits: WriteLimits;
}

/** Handles the request. An error before the first receipt is answered as a problem; a later one breaks the stream off. */
export async function declareStream(
  request: Request,
  response: Response,
  door: DeclareDoor,
  producer: Principal,
): Promise<void> {
  if (request.is(['application/json'])) return declareArray(request, response, door, producer);
  if (!request.is(['application/x-ndjson', 'application/ndjson', 'application/jsonl'])) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(
        'the Content-Type must be application/x-ndjson or application/json',
        request.headers['content-type'] ?? 'none',
      ),
    );
  }
  const stream = new ChunkedLines(
    async (lines, first) => {
      const begun = first > 0;
      await takeFor(lines, door.limits, producer, begun);
      return door.capture.declareItems(lines.map(toItem), producer, { offset: first, patient: begun });
    },
    (receipts) => writeReceipts(response, receipts),
  );
  for await (const lines of readLines(request, { maxLineBytes: MAX_LINE_BYTES, maxLines: CHUNK_LINES })) {
    await stream.add(lines);
  }
  if ((await stream.end()) === 0)
    throw new PedigreeError('EMPTY_BATCH', 'at least one declaration is required, but the body is empty');
  response.end();
}

async function declareArray(
  request: Request,
  response: Response,
  { capture, limits }: DeclareDoor,
  producer: Principal,
): Promise<void> {
  const text = await readBody(request, MAX_ARRAY_BYTES);
  const value = parseStrictJson(text);
  if (!Array.isArray(value))
    throw new PedigreeError('BAD_INPUT', required('the body must be a JSON array of declarations', value));
  await limits.take(producer.tokenId, { items: value.length, bytes: Buffer.byteLength(text) });
  await writeReceipts(response, await capture.declare(value, producer));
  response.end();
}

/** What a stream begins with may be refused; what follows waits, for as long as the client does. */
async function takeFor(
  lines: readonly Line[],
  limits: WriteLimits,
  { tokenId }: Principal,
  begun: boolean,
): Promise<void> {
  const bytes = lines.reduce((sum, line) => sum + (isPedigreeError(line) ? 0 : Buffer.byteLength(line)), 0);
  const cost = { items: lines.length, bytes };
  await (begun ? limits.takeSlowly(tokenId, cost, currentSignal()) : limits.take(tokenId, cost));
}

function toItem(line: Line): RawItem {
  return isPedigreeError(line) ? { error: line } : { text: line };
}

async function writeReceipts(response: Response, receipts: readonly Receipt[]): Promise<void> {
  if (!response.headersSent) response.status(200).type('application/x-ndjson');
  const text = receipts.map((receipt) => `${JSON.stringify(receipt)}\n`).join('');
  if (!response.write(text) && !response.destroyed) {
    await writable(response);
  }
}

/** Resolves when the client has taken what was written, or is gone. */
function writable(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** The whole body as text. Errors: `BATCH_TOO_LARGE`, `BAD_JSON`. */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  return toText(await readBytes(request, maxBytes));
}

/** Bytes as the text that JSON must be. Error: `BAD_JSON`. */
export function toText(body: Buffer): string {
  if (!isUtf8(body))
    throw new PedigreeError('BAD_JSON', 'JSON text must be UTF-8 (RFC 8259 §8.1), but the body is not');
  return body.toString('utf8');
}

/** The whole body as it was sent. Error: `BATCH_TOO_LARGE`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too much is read to its end and thrown away: a client that cannot finish sending never sees the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size <= maxBytes) return Buffer.concat(chunks);
  throw new PedigreeError(
    'BATCH_TOO_LARGE',
    `the body may have at most ${String(maxBytes)} bytes: stream more as NDJSON to /v1/declare`,
  );
}

/**
 * `POST /api/v1/lineage` and `/api/v1/lineage/batch`: what OpenLineage clients send to. They try again only on 500,
 * 502, 503 and 504, so a bad event gets 4xx and overload 503, a token's own limit included: anything else would lose
 * events or repeat them forever.
 */
import { promisify } from 'node:util';
import { gunzip, type ZlibOptions } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Principal } from '../access/principal.js';
import { elementsOf } from '../capture/openlineage/json-array.js';
import type { EventOutcome, OpenLineageService } from '../capture/openlineage/openlineage-service.js';
import type { WriteCost, WriteLimits } from '../capture/write-limits.js';
import { isPedigreeError, PedigreeError, required } from '../domain/errors.js';
import { readBody, readBytes, toText } from './declare-route.js';

const MAX_EVENT_BYTES = 4 * 1_048_576;
const MAX_BATCH_BYTES = 64 * 1_048_576;

/** What takes events, and how many a token may send. */
export interface EventDoor {
  readonly openLineage: OpenLineageService;
  readonly limits: WriteLimits;
}

/** One event: 201 once it is committed. */
export async function acceptEvent(
  request: Request,
  response: Response,
  { openLineage, limits }: EventDoor,
  producer: Principal,
): Promise<void> {
  const text = await bodyOf(request, MAX_EVENT_BYTES);
  await takeFor(limits, producer, { items: 1, bytes: Buffer.byteLength(text) });
  const [outcome] = await openLineage.ingest([text], producer);
  if (outcome?.accepted === false) throw outcome.error;
  response.status(201).json({ id: outcome?.id });
}

/** A list of events: 204 if all are committed, else 200 with the position and the reason of each that is not. */
export async function acceptBatch(
  request: Request,
  response: Response,
  { openLineage, limits }: EventDoor,
  producer: Principal,
): Promise<void> {
  const text = await bodyOf(request, MAX_BATCH_BYTES);
  const texts = elementsOf(text);
  await takeFor(limits, producer, { items: texts.length, bytes: Buffer.byteLength(text) });
  const outcomes = await openLineage.ingest(texts, producer);
  const failed = outcomes.flatMap(failureOf);
  if (failed.length === 0) {
    response.status(204).end();
    return;
  }
  const successful = outcomes.length - failed.length;
  response.json({
    status: successful === 0 ? 'failure' : 'partial_success',
    summary: { received: outcomes.length, successful, failed: failed.length },
    failed_events: failed,
  });
}

/** A token's limit is overload to these clients: on 429 the asynchronous one throws the event away. */
async function takeFor(limits: WriteLimits, { tokenId }: Principal, cost: WriteCost): Promise<void> {
  try {
    await limits.take(tokenId, cost);
  } catch (error) {
    if (!isPedigreeError(error, 'RATE_LIMITED')) throw error;
    throw new PedigreeError('OVERLOADED', error.message, error.details, error);
  }
}

function failureOf(
  outcome: EventOutcome,
  index: number,
): { index: number; reason: string; retriable: boolean }[] {
  if (outcome.accepted) return [];
  const { code, message, class: kind } = outcome.error;
  return [{ index, reason: `${code}: ${message}`, retriable: kind === 'busy' || kind === 'environment' }];
}

/** The body's text, unpacked if it is gzip; the limit holds for what comes out, so that a small bomb stays small. */
async function bodyOf(request: Request, maxBytes: number): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return readBody(request, maxBytes);
  if (encoding !== 'gzip')
    throw new PedigreeError('BAD_INPUT', required('Content-Encoding may be gzip or left out', encoding));
  return toText(await unpacked(await readBytes(request, maxBytes), maxBytes));
}

async function unpacked(packed: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    const what = `the body must be gzip, as its Content-Encoding says, and have at most ${String(maxBytes)} bytes unpacked`;
    throw new PedigreeError('BAD_INPUT', what, {}, error);
  }
}

const unpack: (packed: Buffer, options: ZlibOptions) => Promise<Buffer> = promisify(gunzip);

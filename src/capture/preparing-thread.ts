/** What runs on each thread of `preparing-threads`: prepares, with a handle of its own on the key store. */
import { workerData } from 'node:worker_threads';
import { isPedigreeError, type PedigreeError } from '../domain/errors.js';
import { EmbeddedKeyStore } from '../store/keys/embedded-key-store.js';
import type { PreparedEntry } from '../store/prepared-entry.js';
import { prepareEvents, type PreparedEvent } from './openlineage/prepare-events.js';
import { prepareItems, type Declarer, type Prepared, type RawItem, type Refusal } from './prepare-items.js';

/** What every thread is told when it begins. */
export interface ThreadData {
  readonly keysDir: string;
}

/** Of an error of ours, only this would arrive. */
export type SentError = Pick<PedigreeError, 'code' | 'message' | 'details'>;

export interface SentRefusal {
  readonly id?: string;
  readonly refused: SentError;
}

/** What became of all that was asked: the key store may fail, and then nothing is prepared. */
export type SentAnswer<R> = { readonly answer: readonly R[] } | { readonly failed: SentError };

export type SentPrepared = PreparedEntry | SentRefusal;
export type SentEvent =
  SentRefusal | (Omit<PreparedEvent, 'entries'> & { readonly entries: readonly SentPrepared[] });

const keyStore = new EmbeddedKeyStore((workerData as ThreadData).keysDir);

export function items({
  items,
  producer,
}: {
  readonly items: readonly RawItem[];
  readonly producer: Declarer;
}): Promise<SentAnswer<SentPrepared>> {
  return answered(async () => (await prepareItems(items, producer, keyStore)).map(toSent));
}

export function events({
  texts,
  producer,
}: {
  readonly texts: readonly string[];
  readonly producer: Declarer;
}): Promise<SentAnswer<SentEvent>> {
  return answered(async () => (await prepareEvents(texts, producer, keyStore)).map(toSentEvent));
}

async function answered<R>(work: () => Promise<readonly R[]>): Promise<SentAnswer<R>> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (isPedigreeError(error)) return { failed: toSentError(error) };
    throw error;
  }
}

function toSentEvent(event: PreparedEvent | Refusal): SentEvent {
  return 'error' in event ? toSentRefusal(event) : { ...event, entries: event.entries.map(toSent) };
}

function toSent(prepared: Prepared): SentPrepared {
  return 'error' in prepared ? toSentRefusal(prepared) : prepared;
}

function toSentRefusal({ error, ...rest }: Refusal): SentRefusal {
  return { ...rest, refused: toSentError(error) };
}

function toSentError({ code, message, details }: PedigreeError): SentError {
  return { code, message, details };
}

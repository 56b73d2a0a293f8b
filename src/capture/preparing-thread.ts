/** What runs on each thread of `preparing-threads`: prepares, with a handle of its own on the key store. */
import { workerData } from 'node:worker_threads';
import type { PedigreeError } from '../domain/errors.js';
import { EmbeddedKeyStore } from '../store/keys/embedded-key-store.js';
import type { PreparedEntry } from '../store/prepared-entry.js';
import { prepareEvents, type PreparedEvent } from './openlineage/prepare-events.js';
import { prepareItems, type Declarer, type Prepared, type RawItem, type Refusal } from './prepare-items.js';

/** What every thread is told when it begins. */
export interface ThreadData {
  readonly keysDir: string;
}

/** A refusal as it can be sent: of an error, only what is named here would arrive. */
export interface SentRefusal {
  readonly id?: string;
  readonly refused: Pick<PedigreeError, 'code' | 'message' | 'details'>;
}

export type SentPrepared = PreparedEntry | SentRefusal;
export type SentEvent =
  SentRefusal | (Omit<PreparedEvent, 'entries'> & { readonly entries: readonly SentPrepared[] });

const keyStore = new EmbeddedKeyStore((workerData as ThreadData).keysDir);

export async function items({
  items,
  producer,
}: {
  readonly items: readonly RawItem[];
  readonly producer: Declarer;
}): Promise<SentPrepared[]> {
  return (await prepareItems(items, producer, keyStore)).map(toSent);
}

export async function events({
  texts,
  producer,
}: {
  readonly texts: readonly string[];
  readonly producer: Declarer;
}): Promise<SentEvent[]> {
  const prepared = await prepareEvents(texts, producer, keyStore);
  return prepared.map((event) =>
    'error' in event ? toSentRefusal(event) : { ...event, entries: event.entries.map(toSent) },
  );
}

function toSent(prepared: Prepared): SentPrepared {
  return 'error' in prepared ? toSentRefusal(prepared) : prepared;
}

function toSentRefusal({ error: { code, message, details }, ...rest }: Refusal): SentRefusal {
  return { ...rest, refused: { code, message, details } };
}

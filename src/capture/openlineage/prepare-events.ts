/** OpenLineage events → the entries of what each declares. Like items, any thread can prepare them. */
import type { AttestationDeclaration, CheckedDeclaration, Declaration } from '../../domain/declaration.js';
import { isPedigreeError } from '../../domain/errors.js';
import { parseUrn } from '../../domain/urn.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import type { RunTimes } from '../../store/run-bindings.js';
import { attemptEach } from '../in-turns.js';
import { checkItem, prepareItems, type Declarer, type Prepared, type Refusal } from '../prepare-items.js';
import { requireNamespaces } from '../producer.js';
import { parseEvent } from './event.js';
import { mapEvent, type MappedEvent } from './map-event.js';

export interface PreparedEvent {
  /** The attestation that keeps the event. */
  readonly id: string;
  /** Its entries, that attestation's first. */
  readonly entries: readonly Prepared[];
  /** For binding unversioned reads; undefined for an event without a run. */
  readonly times?: RunTimes;
}

/** Maps and prepares events as they were sent; the answer is in their order, and a bad event never costs a good one. */
export async function prepareEvents(
  texts: readonly string[],
  producer: Declarer,
  keys: Pick<KeyStore, 'subjectKeys' | 'currentLogKey' | 'logKey'>,
): Promise<(PreparedEvent | Refusal)[]> {
  const mapped = await attemptEach(texts, (text) => mapFor(text, producer));
  const lists = mapped.map((event) => (isPedigreeError(event) ? [] : declarationsOf(event)));
  const items = lists.flat().map((value) => ({ value }));
  const prepared = await prepareItems(items, writerFor(producer), keys);
  let offset = 0;
  return mapped.map((event, i) => {
    const entries = prepared.slice(offset, (offset += (lists[i] as Declaration[]).length));
    if (isPedigreeError(event)) return { error: event };
    return { id: event.supplement.id, entries, ...(event.times ? { times: event.times } : {}) };
  });
}

/** One declaration of an event by itself, by its place among the event's entries. */
export function checkedOf(text: string, place: number, producer: Declarer): CheckedDeclaration {
  const value = declarationsOf(mapFor(text, producer))[place];
  return checkItem({ value }, writerFor(producer));
}

/** The attestation that keeps an event where its edges cannot hold: the text survives, and it says why. */
export function unmapped(text: string, reason: string, producer: Declarer): AttestationDeclaration {
  return mapFor(text, producer).unmapped(reason);
}

/** What the producer may write is checked for whole events: a read's version belongs to the run that read it. */
export function writerFor<T extends Declarer>(producer: T): T {
  return { ...producer, namespaces: ['*'] };
}

/** Errors: those of the event, and `NAMESPACE_FORBIDDEN` for a job or an output outside of the token's namespaces. */
function mapFor(text: string, producer: Declarer): MappedEvent {
  const mapped = mapEvent(parseEvent(text));
  const written = [mapped.supplement, ...mapped.own].map(({ id }) => id);
  const changed = (mapped.supplement.edges ?? []).flatMap(({ from }) => from ?? []);
  requireNamespaces(producer, new Set([...written, ...changed].map((id) => parseUrn(id).namespace)));
  return mapped;
}

/** The supplement first: its receipt is the event's. */
function declarationsOf({ supplement, own, reads, quality }: MappedEvent): Declaration[] {
  return [supplement, ...own, ...reads, ...quality];
}

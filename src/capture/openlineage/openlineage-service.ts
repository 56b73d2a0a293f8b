/** OpenLineage events in, an outcome for each out. An event is acknowledged once everything it says is committed. */
import type { Receipt } from '../../domain/declaration.js';
import { PedigreeError, type ErrorCode } from '../../domain/errors.js';
import type { CaptureService, DeclareOptions } from '../capture-service.js';
import type { Preparer } from '../preparer.js';
import type { Producer } from '../producer.js';
import { checkedOf, unmapped, writerFor, type PreparedEvent } from './prepare-events.js';
import type { ReadBinder } from './read-binder.js';

export type EventOutcome =
  | { readonly accepted: true; /** The attestation that keeps the event. */ readonly id: string }
  | { readonly accepted: false; readonly error: PedigreeError };

/** Events in one piece of a list. */
const PIECE = 250;
/** Pieces of a list that are under way at a time: one is written, one is prepared, one waits for either. */
const UNDER_WAY = 3;

/** An event with its text, from which whatever else is needed can be made again. */
type Sent = PreparedEvent & { readonly text: string };

export class OpenLineageService {
  constructor(
    private readonly capture: CaptureService,
    private readonly binder: ReadBinder,
    private readonly preparer: Preparer,
  ) {}

  /**
   * Takes events as they were sent; the outcomes are in their order, and a bad event never costs a good one. A long list
   * goes in pieces: while one is written, the next is prepared.
   *
   * Errors for all of them: `OVERLOADED`, and what the database reports.
   */
  async ingest(texts: readonly string[], producer: Producer): Promise<EventOutcome[]> {
    const outcomes: EventOutcome[] = [];
    const starts = Array.from({ length: Math.ceil(texts.length / PIECE) }, (_, i) => i * PIECE).values();
    const work = async (): Promise<void> => {
      for (const start of starts) {
        const piece = await this.ingestPiece(texts.slice(start, start + PIECE), producer, start > 0);
        piece.forEach((outcome, i) => (outcomes[start + i] = outcome));
      }
    };
    await Promise.all(Array.from({ length: UNDER_WAY }, work));
    return outcomes;
  }

  /** @param patient true if other pieces of the list may be written already, so that it would be late to refuse this one */
  private async ingestPiece(
    texts: readonly string[],
    producer: Producer,
    patient: boolean,
  ): Promise<EventOutcome[]> {
    const events = await this.preparer.events(texts, producer);
    const good = events.flatMap((event, i): Sent[] =>
      'error' in event ? [] : [{ ...event, text: texts[i] as string }],
    );
    const kept = await this.declare(good, { ...producer, patient });
    await this.binder.add(
      good.flatMap(({ times }, i) => (kept[i]?.accepted === true && times ? [times] : [])),
    );
    const outcomes = kept.values();
    return events.map((event) =>
      'error' in event ? { accepted: false, error: event.error } : (outcomes.next().value as EventOutcome),
    );
  }

  private async declare(
    events: readonly Sent[],
    producer: Producer & DeclareOptions,
  ): Promise<EventOutcome[]> {
    const places = events.flatMap(({ text, entries }) => entries.map((_, place) => ({ text, place })));
    const receipts = await this.capture.declarePrepared(
      {
        prepared: events.flatMap(({ entries }) => entries),
        declaration: (index) => {
          const { text, place } = places[index] as (typeof places)[number];
          return checkedOf(text, place, producer);
        },
      },
      producer,
    );
    let offset = 0;
    return Promise.all(
      events.map(async (event) => {
        const [own] = receipts.slice(offset, (offset += event.entries.length));
        const outcome = outcomeOf(event.id, own as Receipt);
        return outcome.accepted ? outcome : this.keepUnmapped(event, outcome.error, producer);
      }),
    );
  }

  /** An event whose edges cannot hold (they would close a cycle) is kept all the same, and says why it adds none. */
  private async keepUnmapped(
    { text }: Sent,
    error: PedigreeError,
    producer: Producer,
  ): Promise<EventOutcome> {
    const supplement = unmapped(text, `not mapped: ${error.message}`, producer);
    const [receipt] = await this.capture.declareItems([{ value: supplement }], writerFor(producer));
    return outcomeOf(supplement.id, receipt as Receipt);
  }
}

/** The id holds the digest of the event, so a conflict means that this very event is there already. */
function outcomeOf(id: string, receipt: Receipt): EventOutcome {
  if (!('error' in receipt) || receipt.error.code === 'IMMUTABLE_CONFLICT') return { accepted: true, id };
  const { code, message, details } = receipt.error;
  return { accepted: false, error: new PedigreeError(code as ErrorCode, message, details) };
}

/** OpenLineage events in, an outcome for each out. An event is acknowledged once everything it says is committed. */
import type { AttestationDeclaration, Receipt } from '../../domain/declaration.js';
import { isPedigreeError, PedigreeError, type ErrorCode } from '../../domain/errors.js';
import { parseUrn } from '../../domain/urn.js';
import type { RunTimes } from '../../store/run-bindings.js';
import { requireNamespaces, type CaptureService, type Producer, type RawItem } from '../capture-service.js';
import { attemptEach } from '../in-turns.js';
import { parseEvent } from './event.js';
import { mapEvent, type MappedEvent } from './map-event.js';
import type { ReadBinder } from './read-binder.js';

export type EventOutcome =
  | { readonly accepted: true; /** The attestation that keeps the event. */ readonly id: string }
  | { readonly accepted: false; readonly error: PedigreeError };

export class OpenLineageService {
  constructor(
    private readonly capture: CaptureService,
    private readonly binder: ReadBinder,
  ) {}

  /**
   * Takes events as they were sent; the outcomes are in their order, and a bad event never costs a good one.
   *
   * Errors for all of them: `OVERLOADED`, and what the database reports.
   */
  async ingest(texts: readonly string[], producer: Producer): Promise<EventOutcome[]> {
    const mapped = await attemptEach(texts, (text) => mapFor(text, producer));
    const good = mapped.filter((event): event is MappedEvent => !isPedigreeError(event));
    const kept = await this.declare(good, producer);
    const times = good.flatMap((event, i): RunTimes[] =>
      kept[i]?.accepted === true && event.times ? [event.times] : [],
    );
    await this.binder.add(times);
    let next = 0;
    return mapped.map((event) =>
      isPedigreeError(event) ? { accepted: false, error: event } : (kept[next++] as EventOutcome),
    );
  }

  private async declare(
    events: readonly MappedEvent[],
    { name, tokenId = '' }: Producer,
  ): Promise<EventOutcome[]> {
    // What the producer may write was checked for whole events; a read's version belongs to the run that read it.
    const writer = { name, tokenId, namespaces: ['*'] };
    const lists = events.map(declarationsOf);
    const receipts = await this.capture.declareItems(lists.flat(), writer);
    let offset = 0;
    const outcomes = events.map((event, i) => {
      const own = receipts.slice(offset, (offset += (lists[i] as RawItem[]).length));
      return outcomeOf(event.supplement, own[0] as Receipt);
    });
    return Promise.all(
      outcomes.map(async (outcome, i) =>
        outcome.accepted ? outcome : this.keepUnmapped(events[i] as MappedEvent, outcome.error, writer),
      ),
    );
  }

  /** An event whose edges cannot hold (they would close a cycle) is kept all the same, and says why it adds none. */
  private async keepUnmapped(
    event: MappedEvent,
    error: PedigreeError,
    writer: Producer,
  ): Promise<EventOutcome> {
    const supplement = event.unmapped(`not mapped: ${error.message}`);
    const [receipt] = await this.capture.declareItems([{ value: supplement }], writer);
    return outcomeOf(supplement, receipt as Receipt);
  }
}

/** Errors: those of the event, and `NAMESPACE_FORBIDDEN` for a job or an output outside of the token's namespaces. */
function mapFor(text: string, producer: Producer): MappedEvent {
  const mapped = mapEvent(parseEvent(text));
  const written = [mapped.supplement, ...mapped.own].map(({ id }) => id);
  const changed = (mapped.supplement.edges ?? []).flatMap(({ from }) => from ?? []);
  requireNamespaces(producer, new Set([...written, ...changed].map((id) => parseUrn(id).namespace)));
  return mapped;
}

/** The supplement first: its receipt is the event's. */
function declarationsOf({ supplement, own, reads, quality }: MappedEvent): RawItem[] {
  return [supplement, ...own, ...reads, ...quality].map((value) => ({ value }));
}

/** The id holds the digest of the event, so a conflict means that this very event is there already. */
function outcomeOf({ id }: AttestationDeclaration, receipt: Receipt): EventOutcome {
  if (!('error' in receipt) || receipt.error.code === 'IMMUTABLE_CONFLICT') return { accepted: true, id };
  const { code, message, details } = receipt.error;
  return { accepted: false, error: new PedigreeError(code as ErrorCode, message, details) };
}

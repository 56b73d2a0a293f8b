/** The one way in: every door that writes hands its items to `declare`. */
import type { AcceptedReceipt, CheckedDeclaration, Receipt } from '../domain/declaration.js';
import { PedigreeError, required, type ErrorCode } from '../domain/errors.js';
import type { ItemOutcome, StaleOutcome } from '../store/batch-plan.js';
import type { EntryWriter } from '../store/entry-writer.js';
import type { KeyStore } from '../store/keys/key-store.js';
import type { PreparedEntry } from '../store/prepared-entry.js';
import { Coalescer } from './coalescer.js';
import { findErasedRepeats } from './erased-repeats.js';
import { checkItem, prepareChecked, type Prepared, type RawItem } from './prepare-items.js';
import { OwnThread, type Preparer } from './preparer.js';
import type { Producer } from './producer.js';

/** Most items of one list; a longer one is streamed as NDJSON. */
export const MAX_BATCH_ITEMS = 10_000;

const LIMITS = { maxBatch: 5_000, maxQueue: 50_000 };
const EMAIL_LIKE = /[^\s:/@]%40[^\s:/@]+\.[a-z]{2,}|[\w.+-]@[\w-]+\.[a-z]{2,}/i;

export interface DeclareOptions {
  /** Index of the first item, for a stream that is declared in parts. */
  readonly offset?: number;
  /** True if the caller waits for room however long it takes, and adds nothing more meanwhile. */
  readonly patient?: boolean;
}

/** What became of one declaration; `erased` says that its values were, since it was first declared. */
export type WriteOutcome = ItemOutcome & { readonly erased?: boolean };

/** In whose name a declaration is written, and whose turn it uses. */
type Writer = Pick<Producer, 'name' | 'tokenId'> & Pick<DeclareOptions, 'patient'>;

/** What was prepared of a request, each item in its place. */
export interface PreparedBatch {
  readonly prepared: readonly Prepared[];
  /** The declaration that an entry was prepared from, checked again: few are ever needed, and they may be on another thread. */
  readonly declaration: (index: number) => CheckedDeclaration;
}

export class CaptureService {
  private readonly coalescer: Coalescer<PreparedEntry, ItemOutcome | StaleOutcome>;
  private refusal: () => PedigreeError | undefined = () => undefined;

  constructor(
    private readonly writer: EntryWriter,
    private readonly keyStore: KeyStore,
    private readonly preparer: Preparer = new OwnThread(keyStore),
  ) {
    this.coalescer = new Coalescer((items) => writer.append(items), LIMITS);
  }

  /**
   * Declares a list of items: one receipt each, in order. A bad item never costs a good one.
   *
   * Errors for the whole list: `EMPTY_BATCH`, `BATCH_TOO_LARGE`, `OVERLOADED`, and what the database reports.
   */
  async declare(values: readonly unknown[], producer: Producer): Promise<Receipt[]> {
    if (values.length === 0)
      throw new PedigreeError('EMPTY_BATCH', 'at least one declaration is required, but the list is empty');
    if (values.length > MAX_BATCH_ITEMS) {
      throw new PedigreeError(
        'BATCH_TOO_LARGE',
        required(
          `a list may have at most ${String(MAX_BATCH_ITEMS)} declarations; stream a longer one as NDJSON to /v1/declare`,
          values.length,
        ),
      );
    }
    return this.declareItems(
      values.map((value) => ({ value })),
      producer,
    );
  }

  /** Declares items some of which may have failed to parse already. */
  async declareItems(
    items: readonly RawItem[],
    producer: Producer,
    { offset = 0, patient = false }: DeclareOptions = {},
  ): Promise<Receipt[]> {
    this.requireWritable();
    const prepared = await this.preparer.items(items, producer);
    const declaration = (index: number): CheckedDeclaration => checkItem(items[index] as RawItem, producer);
    return this.declarePrepared({ prepared, declaration }, { ...producer, patient }, offset);
  }

  /** Declares what was prepared from a request; one receipt each, in order. */
  async declarePrepared(batch: PreparedBatch, writer: Writer, offset = 0): Promise<Receipt[]> {
    const outcomes = await this.writePrepared(batch, writer);
    return outcomes.map((outcome, i) => toReceipt(offset + i, batch.prepared[i]?.id, outcome));
  }

  /** Writes declarations that were checked; one outcome each, in order. */
  async write(declarations: readonly CheckedDeclaration[], writer: Writer): Promise<WriteOutcome[]> {
    this.requireWritable();
    const prepared = await prepareChecked(declarations, writer.name, this.keyStore);
    const declaration = (index: number): CheckedDeclaration => declarations[index] as CheckedDeclaration;
    return this.writePrepared({ prepared, declaration }, writer);
  }

  /** From now on every write is refused with this error; what is under way goes on. */
  refuseWrites(error: PedigreeError): void {
    this.refuseWhile(() => error);
  }

  /** From now on every write is refused while there is a reason for it. Further reasons are added to those before. */
  refuseWhile(reason: () => PedigreeError | undefined): void {
    const before = this.refusal;
    this.refusal = () => before() ?? reason();
  }

  /** Why writes are refused; undefined if they are not. */
  get refusing(): PedigreeError | undefined {
    return this.refusal();
  }

  /** Resolves when everything that was accepted is written. */
  async idle(): Promise<void> {
    await this.coalescer.idle();
  }

  private requireWritable(): void {
    if (this.refusing) throw this.refusing;
  }

  /** Those whose keys are erased meanwhile are prepared again under new ones. */
  private async writePrepared(batch: PreparedBatch, writer: Writer): Promise<WriteOutcome[]> {
    this.requireWritable();
    const outcomes = await this.append(batch.prepared, writer);
    const stale = outcomes.flatMap((outcome, i) => ('erasedKids' in outcome ? [i] : []));
    const again = stale.length === 0 ? [] : await this.writeAgain(batch, outcomes, writer);
    const rewritten = again.values();
    const written = outcomes.map((outcome) =>
      'erasedKids' in outcome ? (rewritten.next().value as WriteOutcome) : outcome,
    );
    return this.forgiveErased(batch, written);
  }

  private async append(
    prepared: readonly Prepared[],
    { tokenId: producer = '', patient = false }: Writer,
  ): Promise<(ItemOutcome | StaleOutcome)[]> {
    const good = prepared.filter(isEntry);
    const outcomes = (await this.coalescer.add(good, { producer, patient })).values();
    return prepared.map((item) =>
      isEntry(item)
        ? (outcomes.next().value as ItemOutcome | StaleOutcome)
        : { accepted: false, error: item.error },
    );
  }

  private async writeAgain(
    { declaration }: PreparedBatch,
    outcomes: readonly (ItemOutcome | StaleOutcome)[],
    writer: Writer,
  ): Promise<WriteOutcome[]> {
    const kids = outcomes.flatMap((outcome) => ('erasedKids' in outcome ? outcome.erasedKids : []));
    await this.keyStore.retire([...new Set(kids)]);
    const stale = outcomes.flatMap((outcome, i) => ('erasedKids' in outcome ? [declaration(i)] : []));
    return this.write(stale, writer);
  }

  /** A conflict is none if it lies only in values that were erased: then the first receipt is given again. */
  private async forgiveErased(
    { prepared, declaration }: PreparedBatch,
    outcomes: readonly WriteOutcome[],
  ): Promise<WriteOutcome[]> {
    const refused = new Map(
      prepared.flatMap((item, i) =>
        isEntry(item) && item.kids.length > 0 && isConflict(outcomes[i] as WriteOutcome)
          ? [[i, declaration(i)]]
          : [],
      ),
    );
    if (refused.size === 0) return [...outcomes];
    const first = await findErasedRepeats(
      [...refused.values()],
      (ids) => this.writer.kept(ids),
      this.keyStore,
    );
    return outcomes.map((outcome, i) => {
      const again = refused.get(i);
      const found = again && first.get(again);
      return found ? { accepted: true, repeated: true, ...found } : outcome;
    });
  }
}

function isEntry(item: Prepared): item is PreparedEntry {
  return !('error' in item);
}

function isConflict(outcome: WriteOutcome): boolean {
  return !outcome.accepted && outcome.error.code === 'IMMUTABLE_CONFLICT';
}

function toReceipt(index: number, id: string | undefined, outcome: WriteOutcome): Receipt {
  if (!outcome.accepted) {
    const { code, message, details } = outcome.error;
    const error: { code: ErrorCode; message: string; details: Readonly<Record<string, unknown>> } = {
      code,
      message: `item ${String(index)}${id === undefined ? '' : ` (${id.slice(0, 200)})`}: ${message}`,
      details,
    };
    return { index, ...(id === undefined ? {} : { id }), error };
  }
  const { digest, leafIndex, repeated, erased = false } = outcome;
  const receipt: AcceptedReceipt = {
    index,
    id: id as string,
    digest,
    leafIndex,
    repeated,
    ...(erased ? { erased } : {}),
  };
  return holdsEmail(receipt.id) ? { ...receipt, warnings: [EMAIL_WARNING] } : receipt;
}

/** Most ids have neither an encoded `@` nor a dot in their version: those need no search. */
function holdsEmail(id: string): boolean {
  return (id.includes('%40') || id.includes('.', id.indexOf('@'))) && EMAIL_LIKE.test(id);
}

const EMAIL_WARNING =
  'the id looks like it holds an e-mail address: ids are never erased, so they must not contain personal data';

/** The one way in: every door that writes hands its items to `declare`. */
import type { AcceptedReceipt, CheckedDeclaration, Receipt } from '../domain/declaration.js';
import { isPedigreeError, PedigreeError, required, type ErrorCode } from '../domain/errors.js';
import type { ItemOutcome, StaleOutcome } from '../store/batch-plan.js';
import type { EntryWriter } from '../store/entry-writer.js';
import type { KeyStore } from '../store/keys/key-store.js';
import type { PreparedEntry } from '../store/prepared-entry.js';
import { Coalescer } from './coalescer.js';
import { findErasedRepeats } from './erased-repeats.js';
import { attemptEach } from './in-turns.js';
import { parseDeclaration } from './parse-declaration.js';
import { prepareEntry, subjectKeysOf } from './prepare-entry.js';

/** Who declares, and in which namespaces that principal may. */
export interface Producer {
  /** Committed to in the entry: the token's subject. */
  readonly name: string;
  /** Whose turn and share of the queue its requests use; producers without one take turns as one. */
  readonly tokenId?: string;
  /** Namespaces as written in ids' parts; `*` stands for any, a trailing `*` for a prefix. */
  readonly namespaces: readonly string[];
}

/** Most items of one list; a longer one is streamed as NDJSON. */
export const MAX_BATCH_ITEMS = 10_000;

const LIMITS = { maxBatch: 5_000, maxQueue: 50_000 };
const EMAIL_LIKE = /[^\s:/@]%40[^\s:/@]+\.[a-z]{2,}|[\w.+-]@[\w-]+\.[a-z]{2,}/i;

/** One item of a request: a value parsed from JSON, or the reason why it could not be. */
export type RawItem =
  | {
      readonly value: unknown;
      /** True if `parseStrictJson` gave the value. */ readonly isStrictJson?: boolean;
    }
  | { readonly error: PedigreeError };

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

export class CaptureService {
  private readonly coalescer: Coalescer<PreparedEntry, ItemOutcome | StaleOutcome>;
  private refusal: () => PedigreeError | undefined = () => undefined;

  constructor(
    private readonly writer: EntryWriter,
    private readonly keyStore: KeyStore,
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
    const parsed = await attemptEach(items, (item) => parseItem(item, producer));
    const outcomes = (await this.write(parsed.filter(isChecked), { ...producer, patient })).values();
    return parsed.map((item, i) => {
      const outcome: WriteOutcome = isPedigreeError(item)
        ? { accepted: false, error: item }
        : (outcomes.next().value as WriteOutcome);
      return toReceipt(offset + i, idOf(items[i] as RawItem), outcome);
    });
  }

  /**
   * Writes declarations that were checked; one outcome each, in order. Those whose keys are erased meanwhile are prepared
   * again under new ones.
   */
  async write(declarations: readonly CheckedDeclaration[], writer: Writer): Promise<WriteOutcome[]> {
    if (this.refusing) throw this.refusing;
    const outcomes = await this.writeOnce(declarations, writer);
    const stale = outcomes.flatMap((outcome) => ('erasedKids' in outcome ? outcome.erasedKids : []));
    if (stale.length > 0) await this.keyStore.retire([...new Set(stale)]);
    const again = declarations.filter((_, i) => 'erasedKids' in (outcomes[i] as object));
    const rewritten = (again.length === 0 ? [] : await this.write(again, writer)).values();
    const written = outcomes.map((outcome) =>
      'erasedKids' in outcome ? (rewritten.next().value as WriteOutcome) : outcome,
    );
    return this.forgiveErased(declarations, written);
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

  private async writeOnce(
    declarations: readonly CheckedDeclaration[],
    writer: Writer,
  ): Promise<(ItemOutcome | StaleOutcome)[]> {
    const keys = await subjectKeysOf(declarations, this.keyStore);
    const prepared = await attemptEach(declarations, (item) =>
      prepareEntry(item, writer.name, this.keyStore, keys),
    );
    const good = prepared.filter((item): item is PreparedEntry => !isPedigreeError(item));
    const { tokenId: producer = '', patient = false } = writer;
    const outcomes = (await this.coalescer.add(good, { producer, patient })).values();
    return prepared.map((item) =>
      isPedigreeError(item)
        ? { accepted: false, error: item }
        : (outcomes.next().value as ItemOutcome | StaleOutcome),
    );
  }

  /** A conflict is none if it lies only in values that were erased: then the first receipt is given again. */
  private async forgiveErased(
    declarations: readonly CheckedDeclaration[],
    outcomes: readonly WriteOutcome[],
  ): Promise<WriteOutcome[]> {
    const refused = declarations.filter(
      (item, i) => item.subjects.length > 0 && isConflict(outcomes[i] as WriteOutcome),
    );
    if (refused.length === 0) return [...outcomes];
    const first = await findErasedRepeats(refused, (ids) => this.writer.kept(ids), this.keyStore);
    return outcomes.map((outcome, i) => {
      const found = first.get(declarations[i] as CheckedDeclaration);
      return found ? { accepted: true, repeated: true, ...found } : outcome;
    });
  }
}

function isConflict(outcome: WriteOutcome): boolean {
  return !outcome.accepted && outcome.error.code === 'IMMUTABLE_CONFLICT';
}

function parseItem(item: RawItem, producer: Producer): CheckedDeclaration {
  if ('error' in item) throw item.error;
  const declaration = parseDeclaration(item.value, item);
  const { type } = declaration.fields;
  if ((type === 'ERASED' || type === 'RESTRICTED') && declaration.kind === 'Attestation') {
    throw new PedigreeError(
      'BAD_INPUT',
      `an ${type} attestation says what the server has done: ask for the erasure with eraseSubject`,
    );
  }
  requireNamespaces(producer, namespacesWritten(declaration));
  return declaration;
}

/** Refuses namespaces in which the producer may not write. Error: `NAMESPACE_FORBIDDEN`. */
export function requireNamespaces(producer: Producer, namespaces: Iterable<string>): void {
  for (const namespace of namespaces) {
    if (mayWrite(producer.namespaces, namespace)) continue;
    const bound = producer.namespaces.join(', ') || 'none';
    throw new PedigreeError(
      'NAMESPACE_FORBIDDEN',
      required(`this token may write in the namespaces ${bound} only`, namespace),
    );
  }
}

/** An attestation that adds or ends an artifact's edges writes in that artifact's namespace, too. */
function namespacesWritten(declaration: CheckedDeclaration): Set<string> {
  const changed = [...declaration.edges, ...declaration.withdraws].map(({ from }) => namespaceOf(from));
  return new Set([declaration.namespace, ...(declaration.kind === 'Attestation' ? changed : [])]);
}

function namespaceOf(id: string): string {
  return decodeURIComponent(id.slice(id.indexOf(':') + 1, id.indexOf('/')));
}

function mayWrite(allowed: readonly string[], namespace: string): boolean {
  return allowed.some((pattern) =>
    pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : pattern === namespace,
  );
}

function isChecked(item: CheckedDeclaration | PedigreeError): item is CheckedDeclaration {
  return !isPedigreeError(item);
}

function idOf(item: RawItem): string | undefined {
  const id = 'value' in item ? (item.value as { id?: unknown } | null | undefined)?.id : undefined;
  return typeof id === 'string' ? id : undefined;
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

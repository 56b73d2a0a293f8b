/** The one way in: every door that writes hands its items to `declare`. */
import type { AcceptedReceipt, CheckedDeclaration, Receipt } from '../domain/declaration.js';
import { isPedigreeError, PedigreeError, required, type ErrorCode } from '../domain/errors.js';
import type { ItemOutcome } from '../store/batch-plan.js';
import type { EntryWriter } from '../store/entry-writer.js';
import type { KeyStore } from '../store/keys/key-store.js';
import type { PreparedEntry } from '../store/prepared-entry.js';
import { Coalescer } from './coalescer.js';
import { parseDeclaration } from './parse-declaration.js';
import { prepareEntry, subjectKeysOf } from './prepare-entry.js';

/** Who declares, and in which namespaces that principal may. */
export interface Producer {
  /** Committed to in the entry: the token's subject. */
  readonly name: string;
  /** Namespaces as written in ids' parts; `*` stands for any, a trailing `*` for a prefix. */
  readonly namespaces: readonly string[];
}

/** Most items of one list; a longer one is streamed as NDJSON. */
export const MAX_BATCH_ITEMS = 10_000;

const LIMITS = { maxBatch: 5_000, maxQueue: 50_000 };
const EMAIL_LIKE = /[^\s:/@]%40[^\s:/@]+\.[a-z]{2,}|[\w.+-]+@[\w-]+\.[a-z]{2,}/i;

/** One item of a request: a value parsed from JSON, or the reason why it could not be. */
export type RawItem =
  | {
      readonly value: unknown;
      /** True if `parseStrictJson` gave the value. */ readonly isStrictJson?: boolean;
    }
  | { readonly error: PedigreeError };

export class CaptureService {
  private readonly coalescer: Coalescer<PreparedEntry, ItemOutcome>;

  constructor(
    writer: EntryWriter,
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

  /** Declares items some of which may have failed to parse already; `offset` is the index of the first. */
  async declareItems(items: readonly RawItem[], producer: Producer, offset = 0): Promise<Receipt[]> {
    const parsed = items.map((item) => attempt(() => parseItem(item, producer)));
    const keys = subjectKeysOf(parsed.filter(isChecked), this.keyStore);
    const prepared = parsed.map((item) =>
      isChecked(item) ? attempt(() => prepareEntry(item, producer.name, this.keyStore, keys)) : item,
    );
    const good = prepared.filter((item): item is PreparedEntry => !isPedigreeError(item));
    const outcomes = await this.coalescer.add(good);
    let next = 0;
    return prepared.map((item, i) => {
      const outcome: ItemOutcome = isPedigreeError(item)
        ? { accepted: false, error: item }
        : (outcomes[next++] as ItemOutcome);
      return toReceipt(offset + i, idOf(items[i] as RawItem), outcome);
    });
  }

  /** Resolves when everything that was accepted is written. */
  async idle(): Promise<void> {
    await this.coalescer.idle();
  }
}

function parseItem(item: RawItem, producer: Producer): CheckedDeclaration {
  if ('error' in item) throw item.error;
  const declaration = parseDeclaration(item.value, item);
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

function attempt<T>(work: () => T): T | PedigreeError {
  try {
    return work();
  } catch (error) {
    if (isPedigreeError(error)) return error;
    throw error;
  }
}

function isChecked(item: CheckedDeclaration | PedigreeError): item is CheckedDeclaration {
  return !isPedigreeError(item);
}

function idOf(item: RawItem): string | undefined {
  const id = 'value' in item ? (item.value as { id?: unknown } | null | undefined)?.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

function toReceipt(index: number, id: string | undefined, outcome: ItemOutcome): Receipt {
  if (!outcome.accepted) {
    const { code, message, details } = outcome.error;
    const error: { code: ErrorCode; message: string; details: Readonly<Record<string, unknown>> } = {
      code,
      message: `item ${String(index)}${id === undefined ? '' : ` (${id.slice(0, 200)})`}: ${message}`,
      details,
    };
    return { index, ...(id === undefined ? {} : { id }), error };
  }
  const { digest, leafIndex, repeated } = outcome;
  const receipt: AcceptedReceipt = { index, id: id as string, digest, leafIndex, repeated };
  return holdsEmail(receipt.id) ? { ...receipt, warnings: [EMAIL_WARNING] } : receipt;
}

/** Most ids have neither an encoded `@` nor a dot in their version: those need no search. */
function holdsEmail(id: string): boolean {
  return (id.includes('%40') || id.includes('.', id.indexOf('@'))) && EMAIL_LIKE.test(id);
}

const EMAIL_WARNING =
  'the id looks like it holds an e-mail address: ids are never erased, so they must not contain personal data';

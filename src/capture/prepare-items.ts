/** Items of a request → entries ready to be written. Needs the keys and no database, so any thread can do it. */
import type { CheckedDeclaration } from '../domain/declaration.js';
import { isPedigreeError, PedigreeError } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import type { KeyStore } from '../store/keys/key-store.js';
import type { PreparedEntry } from '../store/prepared-entry.js';
import { attemptEach } from './in-turns.js';
import { parseDeclaration } from './parse-declaration.js';
import { prepareEntry, subjectKeysOf } from './prepare-entry.js';
import { namespacesWritten, requireNamespaces, type Producer } from './producer.js';

/** One item of a request: its JSON text, a value parsed from JSON, or the reason why it is neither. */
export type RawItem =
  { readonly text: string } | { readonly value: unknown } | { readonly error: PedigreeError };

/** Why an item is not written, with its id if one could be read. */
export interface Refusal {
  readonly id?: string;
  readonly error: PedigreeError;
}

export type Prepared = PreparedEntry | Refusal;

/** In whose name items are declared. */
export type Declarer = Pick<Producer, 'name' | 'namespaces'>;

type Keys = Pick<KeyStore, 'subjectKeys' | 'currentLogKey' | 'logKey'>;

/** Checks and prepares items; the answer is in their order. A bad item never costs a good one. */
export async function prepareItems(
  items: readonly RawItem[],
  producer: Declarer,
  keys: Keys,
): Promise<Prepared[]> {
  const read = await attemptEach(items, readItem);
  const checked = await attemptEach(read, (value) => checkValue(value, producer));
  const good = checked.filter((item): item is CheckedDeclaration => !isPedigreeError(item));
  const prepared = (await prepareChecked(good, producer.name, keys)).values();
  return checked.map((item, i) =>
    isPedigreeError(item) ? { ...idIn(read[i]), error: item } : (prepared.next().value as Prepared),
  );
}

/** The same for declarations that were checked; the keys of all their subjects are made in one durable step. */
export async function prepareChecked(
  declarations: readonly CheckedDeclaration[],
  principal: string,
  keys: Keys,
): Promise<Prepared[]> {
  const subjectKeys = await subjectKeysOf(declarations, keys);
  const prepared = await attemptEach(declarations, (item) =>
    prepareEntry(item, principal, keys, subjectKeys),
  );
  return prepared.map((item, i) =>
    isPedigreeError(item) ? { id: (declarations[i] as CheckedDeclaration).id, error: item } : item,
  );
}

/** Checks one item by itself. Errors: every `input` code of src/domain/errors.ts. */
export function checkItem(item: RawItem, producer: Declarer): CheckedDeclaration {
  return checkValue(readItem(item), producer);
}

/** A value that was read, and whether from text: then it has passed the checks of JSON already. */
interface ReadValue {
  readonly value: unknown;
  readonly isStrictJson: boolean;
}

function readItem(item: RawItem): ReadValue {
  if ('error' in item) throw item.error;
  if ('text' in item) return { value: parseStrictJson(item.text), isStrictJson: true };
  return { value: item.value, isStrictJson: false };
}

function checkValue(read: ReadValue | PedigreeError, producer: Declarer): CheckedDeclaration {
  if (isPedigreeError(read)) throw read;
  const declaration = parseDeclaration(read.value, read);
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

function idIn(read: ReadValue | PedigreeError | undefined): { id?: string } {
  const value = isPedigreeError(read) ? undefined : read?.value;
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? { id } : {};
}

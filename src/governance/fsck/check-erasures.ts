/** Erasures against the log: what its entries say is gone is gone, and nothing else of the same key; and the key is, too. */
import type { CheckedDeclaration } from '../../domain/declaration.js';
import { canonicalJson, type JsonObject } from '../../domain/json.js';
import type { Erasure, ErasureStore } from '../../store/erasure-store.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import type { LabelledEntry, StoredEntryReader } from '../../store/stored-entry-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import { erasedEntries } from '../erased-entries.js';
import { openFields } from './check-entry.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import type { Step } from './step.js';

interface ErasureParts {
  readonly store: ErasureStore;
  readonly stored: StoredEntryReader;
  readonly keyStore: Pick<KeyStore, 'keysOf'>;
}

/** Checks all erasures whose key's name comes after a given one. */
export async function* checkErasures(parts: ErasureParts, from: string): AsyncGenerator<Step<string>> {
  for await (const page of parts.store.pages(from)) {
    const keys = await parts.keyStore.keysOf(page.map(({ kid }) => kid));
    const findings: Finding[] = [];
    for (const erasure of page) {
      // One that is under way is completed by the next server that starts, and is checked after that.
      if (erasure.state === 'ERASING') continue;
      const id = `erasure ${erasure.id}`;
      findings.push(
        ...compareValues(id, `the key ${erasure.kid}`, keyState(keys.get(erasure.kid)), 'DESTROYED'),
      );
      findings.push(...(await checkErasure(parts, id, erasure)));
    }
    yield { next: (page.at(-1) as Erasure).kid, checked: page.length, findings };
  }
}

function keyState(key: Uint8Array | 'DESTROYED' | undefined): string {
  return key === 'DESTROYED' ? key : key === undefined ? 'unknown to the key store' : 'in the key store';
}

/** The erasure's entries, made again from what is erased on the nodes, and compared with those of the log. */
async function checkErasure(parts: ErasureParts, id: string, erasure: Erasure): Promise<Finding[]> {
  const findings: Finding[] = [];
  const made: string[] = [];
  let end: unknown = erasure.asOf;
  try {
    for await (const declaration of erasedEntries(erasure, () => parts.store.items(erasure.kid))) {
      made.push(declaration.id);
      const entry = (await parts.stored.entries([declaration.id])).get(declaration.id);
      if (!entry) findings.push({ kind: 'missing', id, part: `its entry ${declaration.id}` });
      else findings.push(...compareEntry(declaration, entry, erasure));
      end = entry ? (entry.props.leafIndex as number) + 1 : end;
    }
  } catch (error) {
    return [
      { kind: 'altered', id, part: 'what it erased', stored: `cannot be read: ${(error as Error).message}` },
    ];
  }
  const { kid, generation, basis, by, requestedAt } = erasure;
  const props = erasure as unknown as StoredProps;
  const expected = {
    id: erasure.id,
    kid,
    generation,
    basis,
    by,
    requestedAt,
    state: 'ERASED',
    entries: made,
    asOf: end,
  };
  return [...findings, ...compareProps(id, '', props, expected)];
}

function compareEntry(declaration: CheckedDeclaration, entry: LabelledEntry, { id, by }: Erasure): Finding[] {
  const about = entry.edges.filter(({ type }) => type === 'ABOUT').map(({ to }) => to);
  const { values: said, ...fields } = openFields(entry.props);
  const { values: gone, ...expected } = declaration.fields;
  return [
    ...compareValues(`erasure ${id}`, 'by', by, entry.props.by),
    ...compareValues(entry.id, 'occurredAt', entry.props.occurredAt, declaration.occurredAt),
    ...compareValues(entry.id, 'about', about.toSorted(), declaration.about.toSorted()),
    ...compareProps(entry.id, 'what it says', texts(fields), texts(expected)),
    ...compareGone(pathsOf(gone), pathsOf(said)),
  ];
}

/** What is gone from each node against what the entry says is gone from it. */
function compareGone(gone: ReadonlyMap<string, string>, said: ReadonlyMap<string, string>): Finding[] {
  return [...new Set([...gone.keys(), ...said.keys()])].flatMap((id) =>
    compareValues(id, 'erased values', gone.get(id), said.get(id)),
  );
}

/** A node with very many may be listed more than once. */
function pathsOf(values: unknown): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { id, paths: listed } of values as readonly {
    readonly id: string;
    readonly paths: readonly string[];
  }[])
    paths.set(id, [...(paths.has(id) ? [paths.get(id)] : []), ...listed].join(' '));
  return paths;
}

function texts(fields: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, canonicalJson(value)]));
}

/** Erasures against the log: what its entries say is gone is gone, and nothing else of the same key; and the key is, too. */
import type { CheckedDeclaration } from '../../domain/declaration.js';
import { canonicalJson, type JsonObject } from '../../domain/json.js';
import type { Erasure, ErasureStore } from '../../store/erasure-store.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import type { LabelledEntry, StoredEntryReader } from '../../store/stored-entry-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import { erasedEntries, restrictedEntries } from '../erased-entries.js';
import { openFields } from './check-entry.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import type { Step } from './step.js';

interface ErasureParts {
  readonly store: ErasureStore;
  readonly stored: StoredEntryReader;
  readonly keyStore: Pick<KeyStore, 'keysOf' | 'restrictedOf'>;
}

/** Checks all erasures whose key's name comes after a given one. */
export async function* checkErasures(parts: ErasureParts, from: string): AsyncGenerator<Step<string>> {
  for await (const page of parts.store.pages(from)) {
    const kids = page.map(({ kid }) => kid);
    const keys = await parts.keyStore.keysOf(kids);
    const restricted = await parts.keyStore.restrictedOf(kids);
    const findings: Finding[] = [];
    for (const erasure of page) {
      // One that is under way is completed by the next server that starts, and is checked after that.
      if (erasure.state === 'ERASING') continue;
      const id = `erasure ${erasure.id}`;
      findings.push(
        ...compareValues(
          id,
          `the key ${erasure.kid}`,
          keyState(keys.get(erasure.kid), restricted.has(erasure.kid)),
          erasure.state === 'RESTRICTED' ? 'restricted' : 'DESTROYED',
        ),
      );
      findings.push(...(await checkErasure(parts, id, erasure)));
    }
    yield { next: (page.at(-1) as Erasure).kid, checked: page.length, findings };
  }
}

function keyState(key: Uint8Array | 'DESTROYED' | undefined, restricted: boolean): string {
  if (key === 'DESTROYED') return key;
  if (key === undefined) return 'unknown to the key store';
  return restricted ? 'restricted' : 'in the key store';
}

/** The erasure's entries, made again from what is erased on the nodes, and compared with those of the log. */
async function checkErasure(parts: ErasureParts, id: string, erasure: Erasure): Promise<Finding[]> {
  const { kid, generation, basis, by, requestedAt, duty, dutyBasis, purpose, keepUntil, state } = erasure;
  const none: Remade = { findings: [], made: [], end: undefined };
  try {
    const restricted = duty === undefined ? none : await remake(parts, erasure, restrictedEntries);
    const erased = state === 'RESTRICTED' ? none : await remake(parts, erasure, erasedEntries);
    const expected = {
      ...{ id: erasure.id, kid, basis, by, requestedAt },
      // What is neither restricted nor under way is done: no other word stands for it.
      state: state === 'RESTRICTED' ? state : 'ERASED',
      ...stated({ generation, duty, dutyBasis, purpose, keepUntil }),
      ...(duty === undefined ? {} : { restriction: restricted.made }),
      ...(state === 'RESTRICTED' ? {} : { entries: erased.made, asOf: erased.end ?? erasure.asOf }),
    };
    const props = erasure as unknown as StoredProps;
    return [...restricted.findings, ...erased.findings, ...compareProps(id, '', props, expected)];
  } catch (error) {
    return [
      { kind: 'altered', id, part: 'what it erased', stored: `cannot be read: ${(error as Error).message}` },
    ];
  }
}

interface Remade {
  readonly findings: readonly Finding[];
  /** Ids of the entries. */
  readonly made: readonly string[];
  /** The tree size that has the last of them. */
  readonly end: number | undefined;
}

async function remake(
  { store, stored }: ErasureParts,
  erasure: Erasure,
  entries: typeof erasedEntries,
): Promise<Remade> {
  const findings: Finding[] = [];
  const made: string[] = [];
  let end: number | undefined;
  for await (const declaration of entries(erasure, () => store.items(erasure.kid))) {
    const { id } = declaration;
    made.push(id);
    const entry = (await stored.entries([id])).get(id);
    if (entry) {
      findings.push(...compareEntry(declaration, entry, erasure));
      end = (entry.props.leafIndex as number) + 1;
    } else findings.push({ kind: 'missing', id: `erasure ${erasure.id}`, part: `its entry ${id}` });
  }
  return { findings, made, end };
}

/** The properties that are there. */
function stated(props: StoredProps): StoredProps {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
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

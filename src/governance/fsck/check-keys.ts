/** How entries are found by the keys of their personal values: the first on the node, the further ones beside it. */
import type { DerivedReader } from '../../store/derived-reader.js';
import type { Erasure, ErasureStore } from '../../store/erasure-store.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import { erasedPlaces, sealedPlaces, type StoredProps } from '../../store/stored-values.js';
import { openFields } from './check-entry.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import { scanned, type Placed, type Step } from './step.js';

const PAGE = 1_000;

/** The keys of a node's personal values, erased or not; none if they cannot be read, which is a finding of its own. */
function keysIn(props: StoredProps): string[] {
  try {
    return [...new Set([...sealedPlaces(props), ...erasedPlaces(props)].map(({ kid }) => kid))];
  } catch {
    return [];
  }
}

interface KeyParts {
  readonly derived: DerivedReader;
  readonly erasures: ErasureStore;
  readonly keyStore: Pick<KeyStore, 'restrictedOf'>;
}

/**
 * From entries to what is kept beside them: the ties to further keys, the erasures of keys that are gone, and the marks of
 * those that are restricted.
 */
export async function checkKeptKeys(
  { derived, erasures, keyStore }: KeyParts,
  placed: Placed,
): Promise<Finding[]> {
  const rows = placed.flatMap(({ entry: { id, props } }) =>
    keysIn(props)
      .filter((kid) => kid !== props.kid && typeof kid === 'string')
      .map((kid) => ({ kid, id })),
  );
  const counts = await derived.furtherKeys(rows);
  return [
    ...counts.flatMap(({ kid, id, count }) =>
      count === 0
        ? [{ kind: 'missing', id, part: `the tie to its key ${kid}` } as const]
        : compareValues(id, `ties to its key ${kid}`, count, 1),
    ),
    ...(await checkErased(erasures, placed)),
    ...(await checkRestricted(erasures, keyStore, placed)),
  ];
}

/** A key that opens nothing for readers has a mark in the database: that is set first, so it is looked for last. */
async function checkRestricted(
  erasures: ErasureStore,
  keyStore: KeyParts['keyStore'],
  placed: Placed,
): Promise<Finding[]> {
  const owners = new Map<string, string>();
  for (const { entry } of placed)
    for (const kid of keysIn(entry.props)) if (typeof kid === 'string') owners.set(kid, entry.id);
  const restricted = [...(await keyStore.restrictedOf([...owners.keys()]))];
  const marks = restricted.length === 0 ? new Map<string, Erasure>() : await erasures.ofKeys(restricted);
  return restricted
    .filter((kid) => !marks.has(kid))
    .map((kid) => ({
      kind: 'added',
      id: owners.get(kid) ?? '',
      part: `its key ${kid} is restricted in the key store, but nothing restricted it`,
    }));
}

/** A value is erased only by an erasure of its key, and an entry that says so belongs to one. */
async function checkErased(erasures: ErasureStore, placed: Placed): Promise<Finding[]> {
  const places = placed.flatMap(({ entry: { id, props } }) =>
    safely(() => erasedPlaces(props)).map((place) => ({ id, ...place })),
  );
  const kids = [...new Set(places.map(({ kid }) => kid))].filter((kid) => typeof kid === 'string');
  const known = kids.length === 0 ? new Map<string, Erasure>() : await erasures.ofKeys(kids);
  const findings: Finding[] = places
    .filter(({ kid }) => !known.has(kid) || known.get(kid)?.state === 'RESTRICTED')
    .map(({ id, path, kid }) => ({
      kind: 'added',
      id,
      part: `${path}: erased, but nothing erased the key ${kid}`,
    }));
  for (const { entry } of placed) {
    const [fields] = safely(() => [openFields(entry.props)]);
    if (fields?.type !== 'ERASED' && fields?.type !== 'RESTRICTED') continue;
    const { erasure } = fields;
    const found = typeof erasure === 'string' ? await erasures.find(erasure) : undefined;
    if (found && names(found, fields.type, entry.id)) continue;
    findings.push({
      kind: 'missing',
      id: entry.id,
      part: `the erasure ${JSON.stringify(erasure)} that names this entry`,
    });
  }
  return findings;
}

/** One that is under way names its entries when it is done. */
function names(erasure: Erasure, type: 'ERASED' | 'RESTRICTED', id: string): boolean {
  if (type === 'RESTRICTED') return erasure.restriction?.includes(id) ?? erasure.duty !== undefined;
  return erasure.state === 'ERASING' || (erasure.entries?.includes(id) ?? false);
}

function safely<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** From the ties to entries: all after a given one, as `[kid, id]`. */
export function checkFurtherKeys(derived: DerivedReader, from: string): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read(after) {
      const [kid = '', id = ''] = after === '' ? [] : (JSON.parse(after) as string[]);
      return derived.scanFurtherKeys({ kid, id }, PAGE);
    },
    placeOf: ({ kid, id }) => JSON.stringify([kid, id]),
    check: (page) =>
      page.flatMap(({ props, owner, ...row }) => {
        const { kid: first } = owner;
        const isKey = first !== row.kid && keysIn(owner).includes(row.kid);
        return [
          ...compareProps(row.id, `the tie to its key ${row.kid}`, props, row),
          ...(isKey ? [] : [{ kind: 'added', id: row.id, part: `a tie to the key ${row.kid}` } as const]),
        ];
      }),
  });
}

/** What the log says about an erasure, and about a restriction before it: which values of which entries are gone, and never whose they were. */
import { parseDeclaration } from '../capture/parse-declaration.js';
import type { CheckedDeclaration } from '../domain/declaration.js';
import type { JsonObject } from '../domain/json.js';
import type { Erasure, SealedItem } from '../store/erasure-store.js';

/** Limits of one entry, well below those of a declaration; a person with more has several. */
const MAX_ABOUT = 1_000;
const MAX_TEXT = 400_000;

/** What one entry lists. */
interface Part {
  readonly about: Set<string>;
  readonly values: { readonly id: string; readonly paths: string[] }[];
  /** Characters of ids and paths. */
  size: number;
}

/** A value's place on its node. */
interface Place {
  readonly path: string;
}
type PlacesOf = (item: SealedItem) => readonly Place[];

/** What all parts of one say. */
interface Said extends Pick<Erasure, 'id' | 'basis' | 'requestedAt'> {
  readonly type: 'ERASED' | 'RESTRICTED';
  /** Begins the names of its entries. */
  readonly name: string;
  readonly fields: JsonObject;
}

/**
 * The declarations of an erasure's entries, in order. The same erasure always gives the same ones, so that writing them
 * again after a crash adds nothing.
 *
 * @param items what was erased, in a fixed order; asked for twice, because each entry says how many there are
 */
export async function* erasedEntries(
  erasure: Erasure,
  items: () => AsyncIterable<SealedItem>,
): AsyncGenerator<CheckedDeclaration> {
  yield* entriesOf(
    { ...erasure, type: 'ERASED', name: 'erasure', fields: {} },
    items,
    ({ erased }) => erased,
  );
}

/**
 * The declarations of a restriction's entries, in order: which values are kept because of a duty alone. They stay the same
 * when the values are erased later.
 */
export async function* restrictedEntries(
  erasure: Erasure,
  items: () => AsyncIterable<SealedItem>,
): AsyncGenerator<CheckedDeclaration> {
  const { duty = '', dutyBasis = '', purpose = '', keepUntil } = erasure;
  const fields = { duty, dutyBasis, purpose, ...(keepUntil === undefined ? {} : { keepUntil }) };
  const places = ({ sealed, erased }: SealedItem): readonly Place[] => [...sealed, ...erased];
  yield* entriesOf({ ...erasure, type: 'RESTRICTED', name: 'restriction', fields }, items, places);
}

async function* entriesOf(
  said: Said,
  items: () => AsyncIterable<SealedItem>,
  places: PlacesOf,
): AsyncGenerator<CheckedDeclaration> {
  let parts = 0;
  for await (const part of partsOf(items(), places)) if (part.values.length > 0) parts++;
  let i = 0;
  for await (const part of partsOf(items(), places)) yield toDeclaration(said, part, ++i, parts);
}

function toDeclaration(
  { id, basis, requestedAt, type, name, fields }: Said,
  { about, values }: Part,
  part: number,
  parts: number,
): CheckedDeclaration {
  return parseDeclaration({
    id: `attestation:pedigree/${name}-${id}@${String(part)}`,
    kind: 'Attestation',
    type,
    about: [...about],
    occurredAt: requestedAt,
    fields: { basis, erasure: id, ...fields, part, parts, values },
  });
}

async function* partsOf(items: AsyncIterable<SealedItem>, places: PlacesOf): AsyncGenerator<Part> {
  let part = emptyPart();
  for await (const item of items) {
    const { id, about } = item;
    const artifacts = id.startsWith('attestation:') ? about : [id];
    for (const paths of runsOf(places(item).map(({ path }) => path))) {
      const size = id.length + textOf(artifacts) + textOf(paths);
      const full = part.about.size + artifacts.length > MAX_ABOUT || part.size + size > MAX_TEXT;
      if (full && part.values.length > 0) {
        yield part;
        part = emptyPart();
      }
      for (const artifact of artifacts) part.about.add(artifact);
      part.values.push({ id, paths });
      part.size += size;
    }
  }
  if (part.values.length > 0) yield part;
}

/** Paths in runs of bounded size: one entry may have thousands of long ones. */
function runsOf(paths: readonly string[]): string[][] {
  const runs: string[][] = [[]];
  let size = 0;
  for (const path of paths) {
    size += textOf([path]);
    if (size > MAX_TEXT / 2) {
      runs.push([]);
      size = textOf([path]);
    }
    (runs.at(-1) as string[]).push(path);
  }
  return runs;
}

function textOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + JSON.stringify(text).length, 0);
}

function emptyPart(): Part {
  return { about: new Set(), values: [], size: 0 };
}

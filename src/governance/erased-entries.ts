/** What the log says about an erasure: which values of which entries are gone, and never whose they were. */
import { parseDeclaration } from '../capture/parse-declaration.js';
import type { CheckedDeclaration } from '../domain/declaration.js';
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
  let parts = 0;
  for await (const part of partsOf(items())) if (part.values.length > 0) parts++;
  let i = 0;
  for await (const part of partsOf(items())) yield toDeclaration(erasure, part, ++i, parts);
}

function toDeclaration(
  { id, basis, requestedAt }: Erasure,
  { about, values }: Part,
  part: number,
  parts: number,
): CheckedDeclaration {
  return parseDeclaration({
    id: `attestation:pedigree/erasure-${id}@${String(part)}`,
    kind: 'Attestation',
    type: 'ERASED',
    about: [...about],
    occurredAt: requestedAt,
    fields: { basis, erasure: id, part, parts, values },
  });
}

async function* partsOf(items: AsyncIterable<SealedItem>): AsyncGenerator<Part> {
  let part = emptyPart();
  for await (const { id, about, erased } of items) {
    const artifacts = id.startsWith('attestation:') ? about : [id];
    for (const paths of runsOf(erased.map(({ path }) => path))) {
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

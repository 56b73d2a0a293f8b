/** What is noted as awaited: every artifact that is named and not declared, and no other. */
import { kindOfUrn } from '../../domain/urn.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { ScannedArtifact } from '../../store/fsck-reader.js';
import type { FsckScanAwaitedRow } from '../../store/queries.gen.js';
import type { StoredEntryReader } from '../../store/stored-entry-reader.js';
import { compareProps, type Finding } from './finding.js';
import { scanned, type Step } from './step.js';

const PAGE = 1_000;
const PART = 'what is noted of its being awaited';

/** From artifacts to notes: each that nobody has declared is noted. */
export async function checkAwaiting(
  derived: DerivedReader,
  page: readonly ScannedArtifact[],
): Promise<Finding[]> {
  const open = page.filter(({ props }) => props.digest === undefined && props.leafIndex === undefined);
  const rows = await derived.awaited(open.map(({ id }) => id));
  return rows
    .filter(({ noted, declared }) => !noted && !declared)
    .map(({ id }) => ({ kind: 'missing', id, part: PART }));
}

/** From notes to artifacts: all after a given id. */
export function checkAwaited(
  derived: DerivedReader,
  stored: StoredEntryReader,
  size: number,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => derived.scanAwaited(after, PAGE),
    placeOf: ({ id }) => id,
    async check(page) {
      const names = await stored.namesAt(page.map(({ artifact }) => artifact?.leafIndex));
      return page.flatMap((row) => checkNote(row, size, names));
    },
  });
}

function checkNote(
  { id, props, artifact }: FsckScanAwaitedRow,
  size: number,
  names: ReadonlyMap<number, string>,
): Finding[] {
  const { seq, digest, leafIndex } = artifact ?? {};
  // It may be declared while this runs, between the reading of the note and that of the artifact.
  const isLater = typeof leafIndex === 'number' && leafIndex >= size && names.get(leafIndex) === id;
  const isAwaited = artifact !== null && (isLater || (digest ?? leafIndex ?? null) === null);
  return [
    ...(isAwaited ? [] : [{ kind: 'added', id, part: PART } as const]),
    ...compareProps(id, PART, props, { id, kind: kindOf(id), seq: artifact === null ? props.seq : seq }),
  ];
}

/** Undefined for an id that is none; that nothing has it is said of the note already. */
function kindOf(id: string): string | undefined {
  try {
    return kindOfUrn(id);
  } catch {
    return undefined;
  }
}

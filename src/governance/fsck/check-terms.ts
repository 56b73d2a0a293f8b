/** What artifacts are found by: every name, owner and column that an entry states, since the first that states it, and no other. */
import type { EntryKind } from '../../domain/kinds.js';
import { unversionedId } from '../../domain/column-facts.js';
import { ownersIn } from '../../domain/owners.js';
import { formatUrn, kindOfUrn } from '../../domain/urn.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckListVersionsRow, FsckScanTermsRow } from '../../store/queries.gen.js';
import { columnTerm, nameTerm, ownerTerm, type Term } from '../../store/search-terms.js';
import type { LabelledEntry, StoredEntryReader } from '../../store/stored-entry-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import { columnsOf, compareSince, unstated } from './check-columns.js';
import { openFields } from './check-entry.js';
import { compareProps, type Finding } from './finding.js';
import { scanned, type Placed, type Step } from './step.js';

const PAGE = 500;
const FIRST = { match: '', kind: '', namespace: '', name: '', text: '' };

/** What a stored entry states; nothing if it cannot be read, which is a finding of its own. */
function termsOf(entry: LabelledEntry): Term[] {
  try {
    const { id, props, edges } = entry;
    const kind = kindOfUrn(id);
    const about = edges.filter(({ type }) => type === 'ABOUT').map(({ to }) => to);
    const named = new Set([id, ...edges.flatMap(({ from, to }) => [from, to])]);
    const owned =
      kind === 'Prediction' ? [] : ownersIn({ id, kind, fields: openFields(props), personal: [], about });
    return [
      ...[...named].map(nameTerm),
      ...owned.map(ownerTerm),
      ...columnsOf(entry).columns.map(columnTerm),
    ].filter((term) => term !== undefined);
  } catch {
    return [];
  }
}

/** From entries to terms. */
export async function checkStatedTerms(derived: DerivedReader, placed: Placed): Promise<Finding[]> {
  const stated = new Map<string, { readonly term: Term; readonly leafIndex: number }>();
  for (const { entry, leafIndex } of placed) {
    for (const term of termsOf(entry)) {
      const key = keyOf(term);
      if (!stated.has(key)) stated.set(key, { term, leafIndex });
    }
  }
  const rows = [...stated].map(([key, { term }]) => {
    const { match, kind, namespace, name, shown } = term;
    return { key, match, kind, namespace, name, text: match === 'NAME' ? `${namespace}/${name}` : shown };
  });
  const sinces = new Map((await derived.terms(rows)).map(({ key, since }) => [key, since ?? null] as const));
  return [...stated].flatMap(([key, { term, leafIndex }]) =>
    compareSince(idOf(term), partOf(term), sinces.get(key), leafIndex),
  );
}

/** From terms to entries: all after a given place. */
export function checkTerms(
  derived: DerivedReader,
  stored: StoredEntryReader,
  size: number,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => derived.scanTerms(after === '' ? FIRST : (JSON.parse(after) as typeof FIRST), PAGE),
    placeOf: ({ props: { match, kind, namespace, name, text } }) =>
      JSON.stringify({ match, kind, namespace, name, text }),
    async check(page) {
      const sinces = page.map(({ props }) => props.since);
      const names = await stored.namesAt([...sinces, ...page.map(({ props }) => props.leafIndex)]);
      const stating = sinces.flatMap((since) => names.get(since as number) ?? []);
      const entries = await stored.entries([...new Set(stating)]);
      const versions = await derived.versions(
        [...new Set(page.flatMap(({ props }) => (props.match === 'NAME' ? [idOf(props)] : [])))],
        size,
      );
      return page.flatMap((row) => checkTerm(row, { size, names, entries, versions }));
    },
  });
}

interface Logged {
  readonly size: number;
  readonly names: ReadonlyMap<number, string>;
  readonly entries: ReadonlyMap<string, LabelledEntry>;
  readonly versions: ReadonlyMap<string, FsckListVersionsRow>;
}

function checkTerm({ props, text }: FsckScanTermsRow, logged: Logged): Finding[] {
  const { match, kind, namespace, name, shown, since } = props;
  const [id, part] = [idOf(props), partOf(props)];
  const { size, names, entries } = logged;
  const by = names.get(since as number);
  // Stated while this runs: the next check looks at it.
  const isLater = by !== undefined && (since as number) >= size;
  const entry = entries.get(by ?? '');
  const isStated = isLater || (entry && termsOf(entry).some((term) => keyOf(term) === keyOf(props)));
  const expected = {
    ...{ match, kind, namespace, name, text, since },
    ...(match === 'NAME' ? { shown: name, ...versionsOf(id, props, logged, isLater) } : { shown }),
  };
  return [
    ...compareProps(id, part, props, expected),
    ...(isStated === true ? [] : [unstated(id, part, since)]),
  ];
}

/** The first and the newest version of a name; those that came while this runs are taken as they are. */
function versionsOf(
  id: string,
  props: StoredProps,
  { size, names, versions }: Logged,
  isLater: boolean,
): StoredProps {
  const found = versions.get(id);
  const isNewer =
    (props.leafIndex as number) >= size && names.get(props.leafIndex as number) === props.newest;
  return {
    first: isLater ? props.first : found?.first,
    newest: isNewer ? props.newest : found?.newest,
    leafIndex: isNewer ? props.leafIndex : found?.leafIndex,
  };
}

/** What tells terms apart before they are brought into lower case. */
function keyOf({ match, kind, namespace, name, shown }: StoredProps | Term): string {
  return JSON.stringify([match, kind, namespace, name, match === 'NAME' ? name : shown]);
}

/** The artifact's id without a version; the parts themselves where they make none. */
function idOf({ kind, namespace, name }: StoredProps | Term): string {
  try {
    const parts = { namespace: namespace as string, name: name as string, version: '-' };
    return unversionedId(formatUrn({ kind: kind as EntryKind, ...parts }));
  } catch {
    return [kind, namespace, name].map(String).join(' ');
  }
}

function partOf({ match, shown }: StoredProps | Term): string {
  return match === 'NAME' ? 'found by its name' : `found by the ${String(match)} ${String(shown)}`;
}

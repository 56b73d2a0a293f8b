/** The plane of columns: every column and link that an entry states is there since the first that states it, and no other. */
import { columnFacts, type ColumnFacts, type ColumnLink, type ColumnRef } from '../../domain/column-facts.js';
import { kindOfUrn } from '../../domain/urn.js';
import { columnKey } from '../../store/column-key.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckScanColumnsRow } from '../../store/queries.gen.js';
import type { LabelledEntry, StoredEntryReader } from '../../store/stored-entry-reader.js';
import { checkedEdge, openFields } from './check-entry.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import { scanned, type Placed, type Step } from './step.js';

const PAGE = 500;
const NONE: ColumnFacts = { columns: [], links: [] };

/** A stored entry's columns; none if it cannot be read, which is a finding of its own. */
export function columnsOf({ id, props, edges }: LabelledEntry): ColumnFacts {
  if (id.startsWith('prediction:')) return NONE;
  try {
    const stated = edges.filter(({ type }) => type !== 'ABOUT').map(checkedEdge);
    return columnFacts({ id, kind: kindOfUrn(id), fields: openFields(props), edges: stated });
  } catch {
    return NONE;
  }
}

/** From entries to the plane. */
export async function checkStatedColumns(derived: DerivedReader, placed: Placed): Promise<Finding[]> {
  const facts = placed.map(({ entry, leafIndex }) => ({ leafIndex, ...columnsOf(entry) }));
  const keys = facts.flatMap(({ columns }) => columns.map(columnKey));
  const columns = await derived.columns([...new Set(keys)]);
  const links = new Map(
    (await derived.columnLinks(facts.flatMap((fact) => fact.links.map(linkRow)))).map((row) => [
      linkText(row),
      row.sinces,
    ]),
  );
  return facts.flatMap(({ leafIndex, ...fact }) => [
    ...unique(fact.columns).flatMap((ref) => {
      const { since, dataset, column } = columns.get(columnKey(ref)) ?? {};
      return [
        ...compareSince(ref.dataset, columnPart(ref), since, leafIndex),
        ...(since === undefined
          ? []
          : compareProps(ref.dataset, columnPart(ref), { dataset, column }, { ...ref })),
      ];
    }),
    ...fact.links.flatMap((link) => {
      const sinces = links.get(linkText(linkRow(link))) ?? [];
      const part = linkPart(link);
      return sinces.length > 1
        ? compareValues(link.from.dataset, `${part}: number of links`, sinces.length, 1)
        : compareSince(link.from.dataset, part, sinces[0], leafIndex);
    }),
  ]);
}

/** An entry may name a column in its schema and in a link, too. */
function unique(columns: readonly ColumnRef[]): ColumnRef[] {
  return [...new Map(columns.map((ref) => [columnKey(ref), ref])).values()];
}

/** It must be there since this entry, or an earlier one. */
export function compareSince(id: string, part: string, since: unknown, leafIndex: number): Finding[] {
  if (since === undefined || since === null) return [{ kind: 'missing', id, part }];
  if (typeof since === 'number' && since <= leafIndex) return [];
  return compareValues(id, `${part}: since`, since, `at most ${String(leafIndex)}`);
}

/** From the plane to entries: all columns whose key comes after a given one. */
export function checkColumns(
  derived: DerivedReader,
  stored: StoredEntryReader,
  size: number,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => derived.scanColumns(after, PAGE),
    placeOf: ({ key }) => key,
    async check(page) {
      const sinces = page.flatMap(({ props, links }) => [
        props.since,
        ...links.map((link) => link.props.since),
      ]);
      const names = await stored.namesAt(sinces);
      const entries = await stored.entries([...new Set(names.values())]);
      const stating = (since: unknown): ColumnFacts | 'later' => {
        const id = names.get(since as number);
        if (id !== undefined && (since as number) >= size) return 'later';
        const entry = entries.get(id ?? '');
        return entry ? columnsOf(entry) : NONE;
      };
      return page.flatMap((row) => checkColumn(row, stating));
    },
  });
}

type Stating = (since: unknown) => ColumnFacts | 'later';

function checkColumn({ key, props, links }: FsckScanColumnsRow, stating: Stating): Finding[] {
  const ref = { dataset: String(props.dataset), column: String(props.column) };
  const by = stating(props.since);
  const expected = { key: columnKey(ref), ...ref, since: props.since };
  return [
    ...compareProps(ref.dataset, columnPart(ref), props, expected),
    ...(by === 'later' || by.columns.some((named) => columnKey(named) === key)
      ? []
      : [unstated(ref.dataset, columnPart(ref), props.since)]),
    ...links.flatMap((link) => checkLink(ref, key, link, stating)),
  ];
}

function checkLink(
  from: ColumnRef,
  key: string,
  { type, to, props }: FsckScanColumnsRow['links'][number],
  stating: Stating,
): Finding[] {
  const { transformation, masking, since } = props;
  const by = stating(since);
  const text = linkText({
    from: key,
    to: to ?? '',
    transformation: transformation as string,
    masking: masking as boolean,
  });
  const link = by === 'later' ? undefined : by.links.find((stated) => linkText(linkRow(stated)) === text);
  const part = link ? linkPart(link) : `${columnPart(from)}: ${type} to the column ${String(to)}`;
  return [
    ...compareProps(from.dataset, part, props, { transformation, masking, since }),
    ...(type === 'FIELD_FROM' && (by === 'later' || link) ? [] : [unstated(from.dataset, part, since)]),
  ];
}

export function unstated(id: string, part: string, since: unknown): Finding {
  return {
    kind: 'added',
    id,
    part: `${part}: the entry that it is there since does not state it`,
    stored: `since ${JSON.stringify(since ?? null)}`,
  };
}

interface LinkRow extends Pick<ColumnLink, 'transformation' | 'masking'> {
  /** Keys of columns. */
  readonly from: string;
  readonly to: string;
}

function linkRow({ from, to, transformation, masking }: ColumnLink): LinkRow {
  return { from: columnKey(from), to: columnKey(to), transformation, masking };
}

function linkText({ from, to, transformation, masking }: LinkRow): string {
  return JSON.stringify([from, to, transformation, masking]);
}

function columnPart({ column }: ColumnRef): string {
  return `column ${column}`;
}

function linkPart({ from, to, transformation }: ColumnLink): string {
  const how = transformation === '' ? '' : `, ${transformation}`;
  return `${columnPart(from)}: from ${to.dataset}, ${columnPart(to)}${how}`;
}

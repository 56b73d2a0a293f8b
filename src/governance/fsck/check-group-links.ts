/**
 * What decision groups keep of single decisions: that one group used the output of another (`FED_BY`), and that an
 * attestation changed what a decision was made by or from (`ALSO_OF`, `amendedSince`). Each is since the first entry that
 * makes it so; a group has none that no entry makes.
 */
import { OPEN_UNTIL } from '../../store/as-of.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { ScannedGroup } from '../../store/fsck-reader.js';
import type { FsckListAmendmentsRow } from '../../store/queries.gen.js';
import type { LabelledEntry, StoredEntryReader } from '../../store/stored-entry-reader.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import type { Placed } from './step.js';
import { storedEnds } from './stored-ends.js';

/** The decisions whose edges an entry states or ends: itself, or those that an attestation changes. */
function decisionsOf(entry: LabelledEntry): string[] {
  const { id, edges } = entry;
  if (id.startsWith('prediction:')) return edges.some(({ type }) => type === 'USED_OUTPUT_OF') ? [id] : [];
  if (!id.startsWith('attestation:')) return [];
  const changed = [...edges.filter(({ type }) => type !== 'ABOUT'), ...storedEnds(entry)];
  return changed.map(({ from }) => from).filter((from) => from.startsWith('prediction:'));
}

/** From entries to groups; what became so at or after `size` is left to the next check. */
export async function checkStatedLinks(
  derived: DerivedReader,
  placed: Placed,
  size: number,
): Promise<Finding[]> {
  const ids = [...new Set(placed.flatMap(({ entry }) => decisionsOf(entry)))];
  const cascades = (await derived.cascades(ids)).filter(({ known }) => known < size);
  const feeds = new Map(
    (await derived.feeds(cascades)).map(({ fed, feeding, since }) => [
      `${String(fed)} ${String(feeding)}`,
      since,
    ]),
  );
  return [
    ...cascades.flatMap(({ fed, feeding, known }) =>
      notAfter(
        groupId(fed),
        `FED_BY ${groupId(feeding)}`,
        feeds.get(`${String(fed)} ${String(feeding)}`),
        known,
      ),
    ),
    ...(await derived.amendments(ids)).flatMap((row) => {
      const latest = row.until === OPEN_UNTIL ? Math.max(row.since, row.leaf) : row.until;
      if (latest >= size) return [];
      const id = groupId(row.group);
      return [
        ...notAfter(id, `ALSO_OF ${row.to}`, row.also[0], latest),
        ...notAfter(id, 'amendedSince', row.amendedSince, latest),
      ];
    }),
  ];
}

function notAfter(id: string, part: string, since: unknown, latest: number): Finding[] {
  if (since === undefined || since === null) return [{ kind: 'missing', id, part }];
  if (typeof since === 'number' && since <= latest) return [];
  return compareValues(id, `${part}: since`, since, `at most ${String(latest)}`);
}

/** From groups to entries: everything that a page of groups is tied to. */
export async function checkGroupLinks(
  derived: DerivedReader,
  stored: StoredEntryReader,
  size: number,
  groups: readonly ScannedGroup[],
): Promise<Finding[]> {
  const sinces = groups.flatMap(({ props, edges }) => [
    props.amendedSince,
    ...edges.map((edge) => edge.props.since),
  ]);
  const names = await stored.namesAt(sinces);
  const entries = await stored.entries([...new Set(names.values())]);
  const named = [...entries.values()].flatMap((entry) =>
    entry.id.startsWith('prediction:') ? [entry.id] : decisionsOf(entry),
  );
  const made = {
    cascades: new Set(
      (await derived.cascades([...new Set(named)])).map((row) => Object.values(row).join(' ')),
    ),
    amendments: await derived.amendments([...new Set(named)]),
    isLater: (since: unknown) => typeof since === 'number' && since >= size && names.has(since),
  };
  return groups.flatMap((group) => checkGroup(group, made));
}

interface Made {
  /** `fed feeding known` */
  readonly cascades: ReadonlySet<string>;
  readonly amendments: readonly FsckListAmendmentsRow[];
  readonly isLater: (since: unknown) => boolean;
}

function checkGroup({ number, props, edges }: ScannedGroup, made: Made): Finding[] {
  const id = groupId(number);
  const { key, mode, size, amendedSince } = props;
  const since = amendedSince === undefined ? {} : { amendedSince };
  const isAmended =
    amendedSince === undefined ||
    made.isLater(amendedSince) ||
    made.amendments.some((row) => row.group === number && pointsOf(row).includes(amendedSince as number));
  return [
    ...compareProps(id, '', props, { key, number, mode, size, ...since }),
    ...(isAmended ? [] : [unmade(id, 'amendedSince', amendedSince)]),
    ...twins(edges).flatMap(([part, count]) => compareValues(id, `${part}: how many`, count, 1)),
    ...edges.flatMap(({ type, to, props: stored }) => {
      if (type === 'OF_MODEL' || type === 'OF_DATA')
        return compareProps(id, `${type} ${String(to)}`, stored, {});
      const part = `${type} ${String(to)}`;
      return [
        ...compareProps(id, part, stored, { since: stored.since }),
        ...(made.isLater(stored.since) || isMade(number, { type, to, since: stored.since }, made)
          ? []
          : [unmade(id, part, stored.since)]),
      ];
    }),
  ];
}

/** What a group is tied to more than once, with how often. */
function twins(edges: ScannedGroup['edges']): [string, number][] {
  const counts = new Map<string, number>();
  for (const { type, to } of edges) {
    const part = `${type} ${String(to)}`;
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1);
}

function isMade(
  group: number,
  { type, to, since }: { readonly type: string; readonly to: string | null; readonly since: unknown },
  { cascades, amendments }: Made,
): boolean {
  if (type === 'FED_BY')
    return cascades.has(`${String(group)} ${String(to).replace('group ', '')} ${String(since)}`);
  if (type !== 'ALSO_OF') return false;
  return amendments.some(
    (row) => row.group === group && row.to === to && pointsOf(row).includes(since as number),
  );
}

/** Since when an edge may count as amended: when it was added, or when it was ended. */
function pointsOf({ leaf, since, until }: FsckListAmendmentsRow): number[] {
  return [...(since === leaf ? [] : [Math.max(since, leaf)]), ...(until === OPEN_UNTIL ? [] : [until])];
}

function unmade(id: string, part: string, since: unknown): Finding {
  return {
    kind: 'added',
    id,
    part: `${part}: no entry makes it so`,
    stored: `since ${JSON.stringify(since ?? null)}`,
  };
}

export function groupId(number: number): string {
  return `group ${String(number)}`;
}

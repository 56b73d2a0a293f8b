/**
 * Decision groups: how many decisions one model made from one set of data sets in one mode. Each decision gets the next
 * ordinal of its group under the log's lock, so that a count, as of any point, is one index seek and counts nobody twice.
 */
import type { PlacedEntry } from './batch-plan.js';
import type { StatementRunner } from './database.js';
import type { GroupRef, PreparedEntry } from './prepared-entry.js';
import {
  decisionCreateGroups,
  decisionFindGroups,
  decisionGrowGroups,
  type DecisionFindGroupsRow,
} from './queries.gen.js';

export interface DecisionPlaces {
  /** Node properties of a decision: its group's number and its ordinal there; empty for everything else. */
  placeOf(id: string): { readonly group?: number; readonly ordinal?: number };
  /** Sends what creates and grows the groups; the groups' model and data sets must have been written before. */
  write(tx: StatementRunner): Promise<unknown>[];
  readonly nextGroup: number;
}

interface OpenGroup {
  readonly ref: GroupRef;
  readonly number: number;
  readonly isNew: boolean;
  size: number;
}

/** The groups of a batch's decisions that exist. */
export async function findGroups(
  tx: StatementRunner,
  items: readonly PreparedEntry[],
): Promise<readonly DecisionFindGroupsRow[]> {
  const keys = new Set(items.flatMap(({ group }) => (group ? [group.key] : [])));
  return keys.size === 0 ? [] : tx.run(decisionFindGroups, { keys: [...keys] });
}

/** Gives every decision its place in its group, in log order. */
export function placeInGroups(
  found: readonly DecisionFindGroupsRow[],
  placed: readonly PlacedEntry[],
  nextGroup: number,
): DecisionPlaces {
  const refs = new Map(
    placed.flatMap(({ item }) => (item.group ? [[item.group.key, item.group] as const] : [])),
  );
  const groups = openGroups(found, refs, nextGroup);
  const places = new Map<string, { group: number; ordinal: number }>();
  for (const { item } of placed) {
    const group = item.group && groups.get(item.group.key);
    if (group) places.set(item.id, { group: group.number, ordinal: group.size++ });
  }
  const created = [...groups.values()].filter((group) => group.isNew);
  return {
    placeOf: (id) => places.get(id) ?? {},
    write: (runner) => writeGroups(runner, [...groups.values()], created),
    nextGroup: nextGroup + created.length,
  };
}

function openGroups(
  found: readonly DecisionFindGroupsRow[],
  refs: ReadonlyMap<string, GroupRef>,
  nextGroup: number,
): Map<string, OpenGroup> {
  const known = new Map(found.map((row) => [row.key, row]));
  const groups = new Map<string, OpenGroup>();
  let next = nextGroup;
  for (const [key, ref] of refs) {
    const row = known.get(key);
    groups.set(
      key,
      row
        ? { ref, number: row.number, isNew: false, size: row.size }
        : { ref, number: next++, isNew: true, size: 0 },
    );
  }
  return groups;
}

function writeGroups(
  tx: StatementRunner,
  groups: readonly OpenGroup[],
  created: readonly OpenGroup[],
): Promise<unknown>[] {
  if (groups.length === 0) return [];
  const rows = created.map(({ ref, number }) => ({ ...ref, number }));
  return [
    ...(rows.length === 0 ? [] : [tx.run(decisionCreateGroups, { rows })]),
    tx.run(decisionGrowGroups, { rows: groups.map(({ ref, size }) => ({ key: ref.key, size })) }),
  ];
}

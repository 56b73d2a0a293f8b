/** From the log to the graph: every leaf, in order, has its node, and node and edges make exactly its bytes. */
import { groupOf } from '../../capture/prepare-entry.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { ErasureStore } from '../../store/erasure-store.js';
import type { FsckReader, StoredBundle } from '../../store/fsck-reader.js';
import type { LabelledEntry } from '../../store/stored-entry-reader.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import { kidsOf, sealedPaths } from '../../store/stored-values.js';
import { checkStatedColumns } from './check-columns.js';
import { checkedEdge, checkEntry, openFields, type FsckKeys } from './check-entry.js';
import { checkStatedLinks } from './check-group-links.js';
import { checkKeptKeys } from './check-keys.js';
import { checkNotedRuns } from './check-runs.js';
import { checkStatedTerms } from './check-terms.js';
import { checkTree, type CheckedLog, type LogPosition } from './check-tree.js';
import { compareValues, type Finding } from './finding.js';
import { storedEnds } from './stored-ends.js';
import type { Placed, Step } from './step.js';

export interface LogParts {
  readonly reader: FsckReader;
  readonly derived: DerivedReader;
  readonly erasures: ErasureStore;
  readonly keyStore: Pick<KeyStore, 'keysOf' | 'logKey' | 'restrictedOf' | 'serialsOf'>;
  /** When the check began, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** Told the serials of the keys that are met. */
  readonly onSerial: (serial: number) => void;
}

/** Checks the entries below the log's size, from a position on, and what is derived from them. */
export function checkLog(
  parts: LogParts,
  log: CheckedLog,
  from: LogPosition,
): AsyncGenerator<Step<LogPosition>> {
  return checkTree(parts.reader, log, from, (bundles) => checkPage(parts, log.size, bundles));
}

async function checkPage(
  parts: LogParts,
  size: number,
  bundles: readonly StoredBundle[],
): Promise<Finding[]> {
  const { reader, derived, startedAt } = parts;
  const placed = bundles.flatMap(({ start, ids, leaves }) =>
    (leaves ?? []).map((leaf, i) => ({ leaf, leafIndex: start + i, id: ids[i] ?? '' })),
  );
  const { entries, keys } = await readEntries(parts, [...new Set(placed.map(({ id }) => id))]);
  const findings = placed.flatMap(({ leaf, leafIndex, id }): Finding[] => {
    const entry = entries.get(id);
    if (entry) return checkEntry(entry, leaf, leafIndex, keys);
    return [
      {
        kind: 'missing',
        id,
        part: `the node of leaf ${String(leafIndex)}`,
        expected: leaf.toString('latin1'),
      },
    ];
  });
  const present = placed.flatMap(({ id, leafIndex }) => {
    const entry = entries.get(id);
    return entry ? [{ entry, leafIndex }] : [];
  });
  return [
    ...findings,
    ...(await checkEnds(reader, present)),
    ...(await checkGroups(reader, present)),
    ...(await checkStatedLinks(derived, present, size)),
    ...(await checkStatedColumns(derived, present)),
    ...(await checkStatedTerms(derived, present)),
    ...(await checkKeptKeys(parts, present)),
    ...(await checkNotedRuns(derived, present, startedAt)),
  ];
}

/** Stored entries, and the keys that they need. */
async function readEntries(
  { reader, keyStore, onSerial }: LogParts,
  ids: readonly string[],
): Promise<{ entries: ReadonlyMap<string, LabelledEntry>; keys: FsckKeys }> {
  const entries = await reader.stored.entries(ids);
  const kids = namedKeys([...entries.values()]);
  const subjects = await keyStore.keysOf(kids);
  for (const serial of (await keyStore.serialsOf(kids)).values()) onSerial(serial);
  const keys = { logKey: (version: number) => keyStore.logKey(version), subjects };
  // What a key sealed is taken off the nodes before it is destroyed: they were read before an erasure that runs meanwhile.
  const isStale = [...subjects.values()].includes('DESTROYED');
  return { entries: isStale ? await reader.stored.entries(ids) : entries, keys };
}

/** Names of the keys that sealed values need. A text that is none is a finding of the entry's own check. */
function namedKeys(entries: readonly LabelledEntry[]): string[] {
  const kids = entries.flatMap(({ props }) => {
    try {
      return kidsOf([props]);
    } catch {
      return [];
    }
  });
  return [...new Set(kids)].filter((kid) => typeof kid === 'string');
}

/** What an entry ends has ended. */
async function checkEnds(reader: FsckReader, placed: Placed): Promise<Finding[]> {
  const ends = placed.flatMap(({ entry, leafIndex }) =>
    storedEnds(entry).map(({ from, to, type }) => ({ from, to: to ?? null, type, leaf: leafIndex })),
  );
  return (await reader.unended(ends)).flatMap(({ from, to, type, until, leaf }) =>
    compareValues(from, `edge/${type}/${to}: until`, until, leaf),
  );
}

/** Every decision is in the group that its model, data sets and mode make. */
async function checkGroups(reader: FsckReader, placed: Placed): Promise<Finding[]> {
  const decisions = placed.flatMap(({ entry }) => {
    const key = groupKey(entry);
    return key === undefined ? [] : [{ entry, key }];
  });
  const numbers = await reader.groupNumbers([...new Set(decisions.map(({ key }) => key))]);
  return decisions.flatMap(({ entry: { id, props }, key }) =>
    compareValues(id, 'group', props.group, numbers.get(key) ?? `the number of group ${key}`),
  );
}

/** Undefined for what is no decision, for one whose mode is sealed, and for one that cannot be read. */
function groupKey({ id, props, edges }: LabelledEntry): string | undefined {
  if (!id.startsWith('prediction:')) return undefined;
  try {
    if (sealedPaths(props).includes('value/mode')) return undefined;
    return groupOf({ fields: openFields(props), edges: edges.map(checkedEdge) }).key;
  } catch {
    return undefined;
  }
}

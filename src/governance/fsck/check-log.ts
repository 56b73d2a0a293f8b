/** From the log to the graph: every leaf, in order, has its node, and node and edges make exactly its bytes. */
import { endsOf, groupOf } from '../../capture/prepare-entry.js';
import type { EdgeRef } from '../../domain/declaration.js';
import { leafHash, TreeHasher } from '../../ledger/merkle.js';
import type { FsckReader, StoredBundle } from '../../store/fsck-reader.js';
import type { LabelledEntry } from '../../store/stored-entry-reader.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import { kidsOf, sealedPaths } from '../../store/stored-values.js';
import { checkedEdge, checkEntry, openFields } from './check-entry.js';
import { compareValues, type Finding } from './finding.js';
import type { Step } from './step.js';

/** Bundles read at once: up to 1,024 entries. */
const PAGE = 4;

export interface LogPosition {
  /** Leaf index of the next entry. */
  readonly leaf: number;
  /** When the entry before it was recorded. */
  readonly at: number;
  /** Roots of the perfect subtrees of what comes before, in base64. */
  readonly peaks: readonly { readonly size: number; readonly hash: string }[];
}

/** What the log has signed: the leaves below `size` must make this root (base64). */
export interface SignedRoot {
  /** The log's name. */
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** Checks the entries below `size`, from a position on, and the tree that they make. */
export async function* checkLog(
  reader: FsckReader,
  keyStore: Pick<KeyStore, 'keysOf' | 'logKey'>,
  { size, signed }: { readonly size: number; readonly signed: SignedRoot | null },
  from: LogPosition,
): AsyncGenerator<Step<LogPosition>> {
  const tree = new TreeHasher(
    from.peaks.map((peak) => ({ ...peak, hash: Buffer.from(peak.hash, 'base64') })),
  );
  let position = from;
  while (position.leaf < size) {
    const bundles = (await reader.bundles(position.leaf, PAGE)).filter(({ start }) => start < size);
    if (bundles.length === 0) {
      yield { next: { ...position, leaf: size }, checked: 0, findings: [gap(position.leaf, size)] };
      return;
    }
    const findings: Finding[] = [];
    const before = position.leaf;
    for (const bundle of bundles) {
      findings.push(...checkBundle(bundle, position));
      findings.push(...checkTree(tree, bundle, signed));
      position = { leaf: bundle.start + Math.max(bundle.count, 1), at: bundle.at, peaks: peaksOf(tree) };
    }
    findings.push(...(await checkPage(reader, keyStore, bundles)));
    yield { next: position, checked: position.leaf - before, findings };
  }
}

/** Adds the leaves; when they are as many as were signed, they must make the signed root. */
function checkTree(tree: TreeHasher, { leaves = [] }: StoredBundle, signed: SignedRoot | null): Finding[] {
  return leaves.flatMap((leaf) => {
    tree.add(leafHash(leaf));
    if (tree.size !== signed?.size) return [];
    const part = `the tree of ${String(signed.size)} entries`;
    return compareValues('log', part, Buffer.from(tree.root()).toString('base64'), signed.root);
  });
}

function peaksOf(tree: TreeHasher): LogPosition['peaks'] {
  return tree.state.map(({ size, hash }) => ({ size, hash: Buffer.from(hash).toString('base64') }));
}

function gap(from: number, to: number): Finding {
  return {
    kind: 'missing',
    id: 'log',
    part: `the entry bundles of leaves ${String(from)} to ${String(to - 1)}`,
  };
}

/** The bundle by itself: no gap before it, as many leaves as it says, and time that never goes back. */
function checkBundle(
  { start, count, at, ids, leaves }: StoredBundle,
  { leaf, at: before }: LogPosition,
): Finding[] {
  const part = `the entry bundle at leaf ${String(start)}`;
  return [
    ...(start > leaf ? [gap(leaf, start)] : []),
    ...(start < leaf ? [{ kind: 'added', id: 'log', part } as const] : []),
    ...(leaves ? [] : [{ kind: 'altered', id: 'log', part, stored: 'its bytes are no bundle' } as const]),
    ...compareValues('log', `${part}: count`, count, leaves?.length ?? count),
    ...compareValues('log', `${part}: ids`, ids.length, count),
    ...(at < before ? compareValues('log', `${part}: at`, at, `not before ${String(before)}`) : []),
    ...(leaves?.every((bytes) => bytes.includes(`{"at":${String(at)},`)) === false
      ? compareValues('log', `${part}: at`, at, 'the time that its leaves say')
      : []),
  ];
}

async function checkPage(
  reader: FsckReader,
  keyStore: Pick<KeyStore, 'keysOf' | 'logKey'>,
  bundles: readonly StoredBundle[],
): Promise<Finding[]> {
  const placed = bundles.flatMap(({ start, ids, leaves }) =>
    (leaves ?? []).map((leaf, i) => ({ leaf, leafIndex: start + i, id: ids[i] ?? '' })),
  );
  const entries = await reader.stored.entries([...new Set(placed.map(({ id }) => id))]);
  const keys = {
    logKey: (version: number) => keyStore.logKey(version),
    subjects: await keyStore.keysOf(namedKeys([...entries.values()])),
  };
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
  return [...findings, ...(await checkEnds(reader, present)), ...(await checkGroups(reader, present))];
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

type Placed = readonly { readonly entry: LabelledEntry; readonly leafIndex: number }[];

/** What an entry ends has ended. */
async function checkEnds(reader: FsckReader, placed: Placed): Promise<Finding[]> {
  const ends = placed.flatMap(({ entry, leafIndex }) =>
    storedEnds(entry).map(({ from, to, type }) => ({ from, to: to ?? null, type, leaf: leafIndex })),
  );
  return (await reader.unended(ends)).flatMap(({ from, to, type, until, leaf }) =>
    compareValues(from, `edge/${type}/${to}: until`, until, leaf),
  );
}

/** The edges that a stored attestation ends; none if its values cannot be read, which is a finding of its own. */
export function storedEnds(entry: LabelledEntry): ReturnType<typeof endsOf> {
  try {
    const fields = openFields(entry.props);
    const edges = entry.edges.filter(({ type }) => type !== 'ABOUT').map(checkedEdge);
    return endsOf({ fields, edges, withdraws: (fields.withdraws ?? []) as unknown as readonly EdgeRef[] });
  } catch {
    return [];
  }
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

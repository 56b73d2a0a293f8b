/** The log as it lies in the database, and each entry made again from the graph: a small fsck for tests. */
import type { Driver, Node, Relationship } from 'neo4j-driver';

import { canonicalJson, type Json } from '../../src/domain/json.js';
import { edgeTypeOf, type EntryKind } from '../../src/domain/kinds.js';
import { unpackLeaves } from '../../src/ledger/bundle.js';
import { leafOf, makeEntry } from '../../src/ledger/entry.js';
import type { ErasedMember, Member } from '../../src/ledger/members.js';
import type { KeysByName, KeyStore } from '../../src/store/keys/key-store.js';
import { openGroup, sealedGroups } from '../../src/store/sealed-values.js';
import { erasedPlaces, kidsOf } from '../../src/store/stored-values.js';

interface StoredBundle {
  readonly start: number;
  readonly count: number;
  readonly at: number;
  readonly leaves: readonly Buffer[];
}

type Props = Record<string, unknown>;

interface EdgeRow {
  readonly from: string;
  readonly to: string;
  readonly edge: Relationship;
}

export async function readLogSize(driver: Driver, log = 'lineage'): Promise<number> {
  const { records } = await driver.executeQuery('MATCH (h:LogHead {log: $log}) RETURN h.size AS size', {
    log,
  });
  return records[0]!.get('size') as number;
}

/** Every bundle, by its first leaf. */
export async function readBundles(driver: Driver, log = 'lineage'): Promise<StoredBundle[]> {
  const { records } = await driver.executeQuery(
    'MATCH (b:EntryBundle {log: $log}) RETURN b.start AS start, b.count AS count, b.at AS at, b.bytes AS bytes ORDER BY start',
    { log },
  );
  return records.map((record) => ({
    start: record.get('start') as number,
    count: record.get('count') as number,
    at: record.get('at') as number,
    leaves: unpackLeaves(Uint8Array.from(record.get('bytes') as Int8Array)),
  }));
}

/** Every leaf, in order. */
async function readLeaves(driver: Driver): Promise<Buffer[]> {
  return (await readBundles(driver)).flatMap((bundle) => bundle.leaves);
}

/** What is wrong with the log itself: gaps, repeats, bundles that cross a multiple of 256, time that goes back. */
export async function findLogFaults(driver: Driver, log = 'lineage'): Promise<string[]> {
  const bundles = await readBundles(driver, log);
  const faults: string[] = [];
  let next = 0;
  let at = 0;
  for (const { start, count, leaves, at: bundleAt } of bundles) {
    if (start !== next) faults.push(`bundle at ${start} follows leaf ${next - 1}`);
    if (leaves.length !== count) faults.push(`bundle at ${start} has ${leaves.length} leaves of ${count}`);
    if (Math.floor(start / 256) !== Math.floor((start + count - 1) / 256)) {
      faults.push(`bundle at ${start} crosses a multiple of 256`);
    }
    for (const leaf of leaves) {
      const recorded = (JSON.parse(leaf.toString()) as { at: number }).at;
      if (recorded < at || recorded !== bundleAt) faults.push(`time of a leaf in the bundle at ${start}`);
      at = recorded;
    }
    next = start + count;
  }
  const size = await readLogSize(driver, log);
  return size === next ? faults : [...faults, `the head says ${size} entries, the bundles hold ${next}`];
}

/** What does not match between the graph and the log: every leaf is made again from its node and its edges. */
export async function findEntryFaults(driver: Driver, keyStore: KeyStore): Promise<string[]> {
  const leaves = await readLeaves(driver);
  const nodes = await readDeclared(driver);
  const edges = await readEdges(driver);
  const keys = await keyStore.keysOf(kidsOf(nodes.map(({ props }) => props)));
  const faults: string[] = [];
  for (const { kind, props } of nodes) {
    const leafIndex = props.leafIndex as number;
    const { digest, leaf } = remake(kind, props, edges.get(leafIndex) ?? [], { keyStore, keys });
    if (digest !== props.digest) faults.push(`${String(props.id)}: the digest is another one`);
    if (leaves[leafIndex]?.equals(leaf) !== true)
      faults.push(`${String(props.id)}: leaf ${leafIndex} differs`);
  }
  const indexes = new Set(nodes.map(({ props }) => props.leafIndex));
  if (indexes.size !== leaves.length || nodes.length !== leaves.length) {
    faults.push(`${nodes.length} nodes have ${indexes.size} indexes of ${leaves.length} leaves`);
  }
  return faults;
}

async function readDeclared(driver: Driver): Promise<{ kind: EntryKind; props: Props }[]> {
  const { records } = await driver.executeQuery(
    'MATCH (n) WHERE (n:Artifact OR n:Attestation) AND n.leafIndex IS NOT NULL RETURN n',
  );
  return records.map((record) => {
    const { labels, properties } = record.get('n') as Node;
    return { kind: labels.find((label) => label !== 'Artifact') as EntryKind, props: properties };
  });
}

/** The edges that each entry states, by its leaf index. */
async function readEdges(driver: Driver): Promise<Map<number, EdgeRow[]>> {
  const { records } = await driver.executeQuery(
    'MATCH (a:Artifact|Attestation)-[r]->(b:Artifact) WHERE r.since IS NOT NULL RETURN a.id AS from, r AS edge, b.id AS to',
  );
  const edges = new Map<number, EdgeRow[]>();
  for (const record of records) {
    const row = record.toObject() as unknown as EdgeRow;
    const since = row.edge.properties.since as number;
    edges.set(since, [...(edges.get(since) ?? []), row]);
  }
  return edges;
}

function remake(
  kind: EntryKind,
  props: Props,
  edges: readonly EdgeRow[],
  { keyStore, keys }: { keyStore: KeyStore; keys: KeysByName },
): { digest: string; leaf: Buffer } {
  const id = props.id as string;
  const k = props.k as number;
  const members = {
    head: canonicalJson({ id, kind, occurredAt: props.occurredAt as number }),
    values: [...openMembers(props), ...personalMembers(id, props, keys)],
    edges: edges.map((row) => edgeMember(id, row)),
  };
  const subjectKey = (kid: string): Uint8Array => keys.get(kid) as Uint8Array;
  const entry = makeEntry(id, members, props.by as string, { k, logKey: keyStore.logKey(k), subjectKey });
  return { digest: entry.digest, leaf: leafOf(entry, props.recordedAt as number) };
}

function openMembers({ values }: Props): Member[] {
  const open = JSON.parse((values as string | undefined) ?? '{}') as Record<string, Json>;
  return Object.entries(open).map(([path, value]) => ({ path, json: canonicalJson(value) }));
}

/** A sealed member's subject is told by the name of its key; of an erased one the digest is left. */
function personalMembers(id: string, props: Props, keys: KeysByName): (Member | ErasedMember)[] {
  return [
    ...sealedGroups(props).flatMap((group) =>
      openGroup(keys.get(group.kid) as Uint8Array, id, group).map((value) => ({
        ...value,
        subject: group.kid,
      })),
    ),
    ...erasedPlaces(props).map(({ path, digest }) => ({ path, digest: digest! })),
  ];
}

function edgeMember(id: string, { from, to, edge }: EdgeRow): Member {
  const { props, toDigest } = edge.properties as { props?: string; toDigest?: string };
  const type = edge.type === 'ABOUT' ? 'ABOUT' : edgeTypeOf(edge.type);
  return {
    path: `edge/${type}/${to}${from === id ? '' : `/from/${from}`}`,
    json: canonicalJson({
      props: JSON.parse(props ?? '{}') as Json,
      ...(toDigest === undefined ? {} : { toDigest }),
    }),
  };
}

/** A killed server's transaction may still commit or roll back; it holds the log's lock until then, so take it once. */
export async function settleLog(driver: Driver): Promise<void> {
  await driver.executeQuery('MATCH (h:LogHead) SET h.lock = true RETURN h.size');
}

/** Where each declared artifact lies: digest and leaf index. More than one place for an id is a fault. */
export async function readPlaces(driver: Driver): Promise<Map<string, string[]>> {
  const { records } = await driver.executeQuery(
    'MATCH (n:Artifact) WHERE n.digest IS NOT NULL RETURN n.id AS id, n.digest + " " + n.leafIndex AS place',
  );
  const stored = new Map<string, string[]>();
  for (const record of records) {
    const item = record.get('id') as string;
    stored.set(item, [...(stored.get(item) ?? []), record.get('place') as string]);
  }
  return stored;
}

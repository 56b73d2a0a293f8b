/** Graphs for benchmarks: as lists, for a search in memory, and written to Neo4j as the server's own writer would. */
import neo4j, { type Driver } from 'neo4j-driver';
import type { ArtifactKind, EdgeType } from '../../src/domain/kinds.js';
import { formatUrn } from '../../src/domain/urn.js';
import { OPEN_UNTIL } from '../../src/store/as-of.js';
import { lengthenLog } from './filler-log.js';

/** Nodes by number, edges from effect to cause between them. */
export interface BenchGraph {
  readonly nodes: readonly BenchNode[];
  readonly edges: readonly BenchEdge[];
}

export interface BenchNode {
  readonly id: string;
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly version: string;
}

export interface BenchEdge {
  readonly from: number;
  readonly to: number;
  readonly type: EdgeType;
}

const NAMESPACE = 'bench';
const BATCH = 10_000;
const OCCURRED_AT = Date.UTC(2026, 0, 1);
const CREATE_NODES = 'UNWIND $rows AS row CREATE (a:Artifact:$(row.kind)) SET a = row.props';
const CREATE_EDGES = `UNWIND $rows AS row
  MATCH (a:Artifact {id: row.from}) MATCH (b:Artifact {id: row.to})
  CREATE (a)-[r:$(row.type)]->(b) SET r = row.props`;

export function benchNode(kind: ArtifactKind, name: string, version: string | number): BenchNode {
  const parts = { namespace: NAMESPACE, name, version: String(version) };
  return { kind, id: formatUrn({ kind, ...parts }), ...parts };
}

/**
 * Writes a graph with the labels and properties of the server's writer, and filler in the place of its entries: nothing
 * that is measured here reads them. The server must have begun the log before.
 */
export async function writeGraph(driver: Driver, { nodes, edges }: BenchGraph): Promise<void> {
  const first = await lengthenLog(driver, nodes.length);
  await inBatches(nodes, (batch, start) =>
    driver.executeQuery(CREATE_NODES, { rows: batch.map((node, i) => nodeRow(node, first + start + i)) }),
  );
  await inBatches(edges, (batch) =>
    driver.executeQuery(CREATE_EDGES, { rows: batch.map((edge) => edgeRow(nodes, edge, first)) }),
  );
}

async function inBatches<T>(
  items: readonly T[],
  write: (batch: readonly T[], start: number) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += BATCH) {
    await write(items.slice(start, start + BATCH), start);
  }
}

function nodeRow({ id, kind, name, version }: BenchNode, place: number): object {
  const integers = { occurredAt: OCCURRED_AT, recordedAt: OCCURRED_AT, k: 1, leafIndex: place, seq: place };
  const props = {
    ...{ id, namespace: NAMESPACE, name, version, declared: true, by: NAMESPACE },
    ...{ digest: place.toString(16).padStart(64, '0'), values: '{"value/owner":"bench"}', owner: NAMESPACE },
    ...Object.fromEntries(Object.entries(integers).map(([key, value]) => [key, neo4j.int(value)])),
  };
  return { kind, props };
}

function edgeRow(nodes: readonly BenchNode[], { from, to, type }: BenchEdge, first: number): object {
  const props = { since: neo4j.int(first + from), until: neo4j.int(OPEN_UNTIL) };
  return { from: nodes[from]?.id, to: nodes[to]?.id, type, props };
}

/** The two sides of the lineage benchmark that are asked over a network, and what each is asked. */
import type { Driver } from 'neo4j-driver';
import type { RunningServer } from '../../src/app/server.js';
import { reach } from '../graphs/breadth-first.js';
import type { BenchGraph } from '../graphs/graph.js';

const UPSTREAM =
  'PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO';
const COUNT = `MATCH (n:Artifact {id: $id})-[:${UPSTREAM}*1..]->(a) RETURN count(DISTINCT a) AS count`;
const NODES = `MATCH (n:Artifact {id: $id}) MATCH q = (n)-[:${UPSTREAM}*1..]->(a) WITH a, min(length(q)) AS depth
  RETURN collect(a.id) AS ids, collect(depth) AS depths, collect(labels(a)[1]) AS kinds`;
const EDGES = `MATCH (n:Artifact {id: $id})-[:${UPSTREAM}*0..]->(a) WITH DISTINCT a MATCH (a)-[r:${UPSTREAM}]->(b)
  RETURN collect(id(a)) AS froms, collect(id(b)) AS tos`;
const TOTALS = `query ($id: ID!) { lineage(of: $id, direction: UPSTREAM) {
  nodes { id kind depth } endCursor totals { nodes maxDepth byKind { kind count } } } }`;
export interface Sides {
  readonly server: RunningServer;
  readonly driver: Driver;
  readonly token: string;
}

/** The three sides count the same nodes, and as deep. Throws if not. */
export async function requireEqual(sides: Sides, graph: BenchGraph): Promise<void> {
  const depths = reach(graph, 0);
  const memory = { nodes: depths.size, maxDepth: [...depths.values()].reduce((a, b) => Math.max(a, b), 0) };
  const { nodes, maxDepth } = await askTotals(sides, rootOf(graph));
  const raw = await countRaw(sides, rootOf(graph));
  if (nodes === memory.nodes && raw === memory.nodes && maxDepth === memory.maxDepth) return;
  throw new Error(
    `the answers must be equal, but got: ${JSON.stringify({ memory, ours: { nodes, maxDepth }, raw })}`,
  );
}

export function rootOf({ nodes }: BenchGraph): string {
  return nodes[0]?.id ?? '';
}

export async function askTotals(sides: Sides, id: string): Promise<{ nodes: number; maxDepth: number }> {
  const { lineage } = (await ask(sides, TOTALS, id)) as {
    lineage: { totals: { nodes: number; maxDepth: number } };
  };
  return lineage.totals;
}

export async function ask({ server, token }: Sides, query: string, id: string): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { id } }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

export async function exportAll({ server, token }: Sides, id: string): Promise<void> {
  const query = new URLSearchParams({ of: id, direction: 'upstream', format: 'ndjson' });
  const response = await fetch(`${server.url}/v1/export?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const lines = (await response.text()).trimEnd().split('\n');
  if (!response.ok || !lines.at(-1)?.includes('"end"')) throw new Error(lines.at(-1));
}

/** Reads an export piece by piece and keeps nothing of it. */
export async function exportStream({ server, token }: Sides, of: string, direction: string): Promise<void> {
  const query = new URLSearchParams({ of, direction });
  const response = await fetch(`${server.url}/v1/export?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  let last = '';
  for await (const piece of response.body ?? [])
    last = Buffer.from((piece as Uint8Array).slice(-200)).toString('latin1');
  if (!last.includes('"end"')) throw new Error(last);
}

export async function countRaw({ driver }: Sides, id: string): Promise<number> {
  const { records } = await driver.executeQuery(COUNT, { id }, { routing: 'READ' });
  return records[0]?.get('count') as number;
}

export async function readColumns({ driver }: Sides, id: string): Promise<void> {
  await driver.executeQuery(NODES, { id }, { routing: 'READ' });
  await driver.executeQuery(EDGES, { id }, { routing: 'READ' });
}

/**
 * The reference: the same nodes and edges by hand, through the driver, with nothing around them. Nodes and edges have
 * every property that the server stored for such a decision, with ids of their own; the indexes are the server's, too.
 */
import neo4j, { type Driver } from 'neo4j-driver';

// Takes the delay off the driver's sockets in this process, too.
import '../../src/store/database.js';
import { MODEL, DATASET } from './bodies.js';

/** A decision as it is stored: node properties, then those of its edges. */
export interface StoredDecision {
  readonly node: Readonly<Record<string, unknown>>;
  readonly madeBy: Readonly<Record<string, unknown>>;
  readonly scored: Readonly<Record<string, unknown>>;
}

const READ = `MATCH (p:Prediction) WHERE p.name = $name
WITH p ORDER BY p.leafIndex DESC LIMIT toInteger($count)
MATCH (p)-[m:MADE_BY]->(), (p)-[s:SCORED]->()
RETURN properties(p) AS node, properties(m) AS madeBy, properties(s) AS scored`;

const MAPS = `MATCH (m:Artifact {id: $model}), (d:Artifact {id: $dataset})
UNWIND $rows AS row
CREATE (p:Artifact:Prediction) SET p = row.node
CREATE (p)-[a:MADE_BY]->(m) SET a = row.madeBy
CREATE (p)-[b:SCORED]->(d) SET b = row.scored`;

export class RawWriter {
  private made = 0;
  private readonly driver: Driver;

  constructor({ NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD }: Readonly<Record<string, string>>) {
    this.driver = neo4j.driver(NEO4J_URI ?? '', neo4j.auth.basic(NEO4J_USERNAME ?? '', NEO4J_PASSWORD ?? ''));
  }

  /** Decisions of a name as the server stored them; integers as the driver's, so that they are written as integers. */
  async stored(name: string, count: number): Promise<StoredDecision[]> {
    const { records } = await this.driver.executeQuery(READ, { name, count });
    return records.map((record) => record.toObject() as StoredDecision);
  }

  /** As many decisions as asked for, each like one of `samples`, under ids that nothing has yet. */
  rowsLike(samples: readonly StoredDecision[], count: number): StoredDecision[] {
    return Array.from({ length: count }, (_, i) => {
      const sample = samples[i % samples.length] as StoredDecision;
      return { ...sample, node: { ...sample.node, id: `prediction:lending/raw@${this.made++}` } };
    });
  }

  /** Writes the rows in transactions of `batch`, on `connections` at once. */
  async write(rows: readonly StoredDecision[], batch: number, connections: number): Promise<void> {
    const batches: (readonly StoredDecision[])[] = [];
    for (let i = 0; i < rows.length; i += batch) batches.push(rows.slice(i, i + batch));
    await inParallel(connections, batches, (each) => this.writeBatch(each));
  }

  async writeBatch(rows: readonly StoredDecision[]): Promise<void> {
    const session = this.driver.session({ defaultAccessMode: neo4j.session.WRITE });
    try {
      await session.executeWrite((tx) => tx.run(MAPS, { rows, model: MODEL, dataset: DATASET }));
    } finally {
      await session.close();
    }
  }

  async close(): Promise<void> {
    await this.driver.close();
  }
}

/** Runs `work` for every item, on so many workers that each take the next one. */
export async function inParallel<T>(
  workers: number,
  items: readonly T[],
  work: (item: T, worker: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (_: unknown, number: number): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item, number);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

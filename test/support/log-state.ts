/** Takes the database's state away and brings it back: what restoring an older or newer backup does to a server. */
import type { Driver, Node, Relationship } from 'neo4j-driver';

interface Backup {
  readonly nodes: readonly { readonly id: string; readonly labels: string[]; readonly props: object }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly type: string;
    readonly props: object;
  }[];
}

/** Everything that is in the database. */
export async function takeBackup(driver: Driver): Promise<Backup> {
  const nodes = await driver.executeQuery('MATCH (n) WHERE NOT n:Migration RETURN n');
  const edges = await driver.executeQuery('MATCH ()-[r]->() RETURN r');
  return {
    nodes: nodes.records.map((record) => {
      const { elementId, labels, properties } = record.get('n') as Node;
      return { id: elementId, labels, props: whole(properties) };
    }),
    edges: edges.records.map((record) => {
      const edge = record.get('r') as Relationship;
      return {
        from: edge.startNodeElementId,
        to: edge.endNodeElementId,
        type: edge.type,
        props: whole(edge.properties),
      };
    }),
  };
}

/** Puts it in the place of what is there now. */
export async function restoreBackup(driver: Driver, { nodes, edges }: Backup): Promise<void> {
  const session = driver.session();
  try {
    await session.executeWrite(async (tx) => {
      await tx.run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
      await tx.run(
        'UNWIND $nodes AS node CREATE (n:$(node.labels)) SET n = node.props, n.backupId = node.id',
        { nodes },
      );
      await tx.run(
        `UNWIND $edges AS edge MATCH (a {backupId: edge.from}), (b {backupId: edge.to})
         CREATE (a)-[r:$(edge.type)]->(b) SET r = edge.props`,
        { edges },
      );
      await tx.run('MATCH (n) REMOVE n.backupId');
    });
  } finally {
    await session.close();
  }
}

/** The driver reads integers as numbers and would write them as floats. */
function whole(props: object): object {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      name,
      Number.isSafeInteger(value) ? BigInt(value as number) : (value as unknown),
    ]),
  );
}

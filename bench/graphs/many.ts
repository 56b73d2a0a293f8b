/** Graphs of a million nodes, made in the database itself: sending them would take longer than measuring. */
import neo4j, { type Driver } from 'neo4j-driver';
import { OPEN_UNTIL } from '../../src/store/as-of.js';
import { lengthenLog } from './filler-log.js';
import { benchNode } from './graph.js';

const BATCH = 20_000;

/** Nodes `$prefix + i`, each with one edge to a node that is there. */
const CREATE = `MATCH (to:Artifact {id: $to})
  UNWIND range($from, $until - 1) AS i
  CREATE (a:Artifact:$($kind) {id: $prefix + i, namespace: 'bench', name: $name, version: toString(i), by: 'bench', k: 1,
    digest: $digest, declared: true, occurredAt: i, recordedAt: i, seq: $first + i, leafIndex: $first + i})
  CREATE (a)-[:$($type) {since: $first + i, until: $open}]->(to)`;

export interface Fan {
  readonly to: string;
  readonly kind: 'Transform' | 'Prediction';
  readonly type: 'READ' | 'MADE_BY';
  readonly name: string;
  readonly count: number;
}

/** Hangs `count` nodes on one; the id of any of them is `fanNode`. */
export async function writeFan(driver: Driver, { to, kind, type, name, count }: Fan): Promise<void> {
  const session = driver.session();
  try {
    const first = neo4j.int(await lengthenLog(driver, count));
    const prefix = fanNode({ kind, name }, 0).slice(0, -1);
    const fixed = {
      to,
      kind,
      type,
      name,
      prefix,
      first,
      digest: '0'.repeat(64),
      open: neo4j.int(OPEN_UNTIL),
    };
    for (let from = 0; from < count; from += BATCH) {
      const until = neo4j.int(Math.min(from + BATCH, count));
      await session.run(CREATE, { ...fixed, from: neo4j.int(from), until });
    }
  } finally {
    await session.close();
  }
}

export function fanNode({ kind, name }: Pick<Fan, 'kind' | 'name'>, version: number): string {
  return benchNode(kind, name, version).id;
}

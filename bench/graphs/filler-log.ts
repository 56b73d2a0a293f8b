/**
 * Entries that nobody declared, for graphs that are written past the server: it finds as many leaves as nodes, and signs
 * them like any others.
 */
import neo4j, { type Driver } from 'neo4j-driver';
import { packBundles } from '../../src/ledger/bundle.js';

const BATCH = 1_000;

const READ = `MATCH (h:LogHead {log: 'lineage'}) RETURN h.size AS size, h.at AS at`;
const APPEND = `UNWIND $rows AS row
  CREATE (b:EntryBundle {log: 'lineage', start: row.start, count: row.count, at: $at}) SET b.bytes = row.bytes, b.ids = []`;
const ADVANCE = `MATCH (h:LogHead {log: 'lineage'})
  SET h.size = h.size + $count, h.nextSeq = h.nextSeq + $count`;

/** Lengthens the log, which the server must have begun; the index of the first new leaf. */
export async function lengthenLog(driver: Driver, count: number): Promise<number> {
  const { records } = await driver.executeQuery(READ);
  const [start, at] = [Number(records[0]?.get('size')), Number(records[0]?.get('at'))];
  const leaves = Array.from({ length: count }, (_, i) => Buffer.from(String(start + i)));
  const bundles = packBundles(start, leaves);
  for (let i = 0; i < bundles.length; i += BATCH) {
    const rows = bundles.slice(i, i + BATCH).map((bundle) => ({
      start: neo4j.int(bundle.start),
      count: neo4j.int(bundle.count),
      bytes: new Int8Array(bundle.bytes),
    }));
    await driver.executeQuery(APPEND, { rows, at: neo4j.int(at) });
  }
  await driver.executeQuery(ADVANCE, { count: neo4j.int(count) });
  return start;
}

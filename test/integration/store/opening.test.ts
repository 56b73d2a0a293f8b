/** Opening a database: migrations and the checks that a log belongs to this server and to this key store. */
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';

import neo4j from 'neo4j-driver';

import { OPEN_UNTIL } from '../../../src/store/as-of.js';
import { Database } from '../../../src/store/database.js';
import { openLog } from '../../../src/store/log-head.js';
import { migrate } from '../../../src/store/migrate.js';
import { freshDatabase, testDatabase, testDriver } from '../../support/database.js';

const MIGRATIONS = readdirSync('cypher/migrations').sort();

const driver = testDriver();
const opened: Database[] = [];

/** What a schema is made of: constraints and indexes by name. */
async function schemaNames(): Promise<string[]> {
  const { records } = await driver.executeQuery('SHOW INDEXES YIELD name RETURN name ORDER BY name');
  return records.map((record) => record.get('name') as string);
}

async function connect(): Promise<Database> {
  const database = await Database.connect(testDatabase());
  opened.push(database);
  return database;
}

beforeEach(async () => {
  await freshDatabase();
});

afterAll(async () => {
  for (const database of opened) await database.close();
  await driver.close();
});

describe('migrate', () => {
  test('runs each file once', async () => {
    const database = await connect();
    const ran = await migrate(database);
    expect(ran).toEqual(MIGRATIONS);
    const names = await schemaNames();
    expect(await migrate(database)).toEqual([]);
    expect(await schemaNames()).toEqual(names);
  });

  test('marks what is left by edges that were ended before there was a mark', async () => {
    const database = await connect();
    await migrate(database);
    await driver.executeQuery(
      `CREATE (:LogHead {log: 'lineage'})
       CREATE (a:Artifact {id: 'a'})-[:READ {since: 0, until: 7}]->(b:Artifact {id: 'b'})
       CREATE (c:Artifact {id: 'c'})-[:READ {since: 0, until: $open}]->(b)`,
      { open: neo4j.int(OPEN_UNTIL) },
    );
    await driver.executeQuery('MATCH (m:Migration {name: "0008-ended-edges.cypher"}) DELETE m');
    expect(await migrate(database)).toEqual(['0008-ended-edges.cypher']);
    const { records } = await driver.executeQuery('MATCH (a:Amended) RETURN a.id AS id');
    expect(records.map((record) => record.get('id') as string)).toEqual(['a']);
  });

  test('two at once, on a database without a schema: one runs the files, the other waits and finds them', async () => {
    await dropSchema();
    const [one, two] = [await connect(), await connect()];
    const ran = await Promise.all([migrate(one), migrate(two)]);
    expect(ran.map((files) => files.length).toSorted()).toEqual([0, MIGRATIONS.length]);
  });

  test('a file that changed after it ran is refused', async () => {
    const database = await connect();
    await migrate(database);
    await driver.executeQuery('MATCH (m:Migration {name: "0002-log.cypher"}) SET m.checksum = "other"');
    await expect(migrate(database)).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      message: expect.stringContaining('cypher/migrations/0002-log.cypher must not change'),
    });
  });
});

describe('openLog', () => {
  test('creates the head once and finds it again', async () => {
    const database = await connect();
    await migrate(database);
    expect(await openLog(database, { id: 'mine' })).toMatchObject({ size: 0, at: 0 });
    await driver.executeQuery('CREATE (:EntryBundle {log: "lineage", start: 0, count: 7, at: 0})');
    expect(await openLog(database, { id: 'mine' })).toMatchObject({ size: 7 });
  });

  test.each([
    ['UNKNOWN_FORMAT', 'SET h.format = 2', 'this server reads entry format 1 only, but got: 2'],
    [
      'KEY_STORE_MISMATCH',
      'SET h.keyStore = "theirs"',
      'this database\'s entries belong to key store theirs: start with that one (PEDIGREE_KEYS_DIR), but got: "mine"',
    ],
  ])('%s', async (code, change, message) => {
    const database = await connect();
    await migrate(database);
    await openLog(database, { id: 'mine' });
    await driver.executeQuery(`MATCH (h:LogHead) ${change}`);
    await expect(openLog(database, { id: 'mine' })).rejects.toMatchObject({ code, message });
  });
});

/** Drops every constraint and index of ours, so that the next migration starts from nothing. */
async function dropSchema(): Promise<void> {
  const constraints = await driver.executeQuery('SHOW CONSTRAINTS YIELD name RETURN name');
  for (const record of constraints.records) {
    await driver.executeQuery(`DROP CONSTRAINT ${record.get('name') as string}`);
  }
  const indexes = await driver.executeQuery(
    'SHOW INDEXES YIELD name, type WHERE type <> "LOOKUP" RETURN name',
  );
  for (const record of indexes.records)
    await driver.executeQuery(`DROP INDEX ${record.get('name') as string}`);
}

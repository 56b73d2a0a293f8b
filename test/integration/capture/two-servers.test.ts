/** Two servers that start at once on one database and one folder of keys: both serve, both write, one log. */
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { AcceptedReceipt, Declaration, Receipt } from '../../../src/domain/declaration.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { freshDatabase, testDriver } from '../../support/database.js';
import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { findEntryFaults, findLogFaults, readLogSize } from '../../support/log.js';
import { TestServer } from '../../support/server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ITEMS = 2_000;
const POST = 100;

let servers: [TestServer, TestServer];
let driver: Driver;
let keysDir: string;

beforeAll(async () => {
  await freshDatabase();
  driver = testDriver();
  keysDir = join(temporaryFolder(), 'keys');
  const start = () => TestServer.start({ keep: true, keysDir });
  servers = await Promise.all([start(), start()]);
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await driver.close();
});

/** One writer: some data, and decisions about people whom the other writers know, too. */
function itemsOf(writer: string): Declaration[] {
  return Array.from({ length: ITEMS }, (_, i) =>
    i % 2 === 0
      ? artifact(
          'Dataset',
          `${writer}-${i}`,
          i === 0 ? [] : [edge('PRODUCED_BY', id('Transform', `shared-${i % 50}`))],
        )
      : prediction(
          `${writer}-${i}`,
          'shared',
          [edge('SCORED', id('Dataset', 'shared'), { props: { role: 'INPUT' } })],
          {
            subjects: [`person-${i % 300}`],
            features: { f: { value: i } },
          },
        ),
  );
}

async function write(server: TestServer, items: readonly Declaration[]): Promise<Receipt[]> {
  const posts = Array.from({ length: Math.ceil(items.length / POST) }, (_, i) =>
    items.slice(i * POST, (i + 1) * POST),
  );
  const receipts: Receipt[][] = [];
  for (const post of posts) receipts.push(await server.declareAll(post));
  return receipts.flat();
}

describe('two servers at once', () => {
  test('take tokens of each other', async () => {
    const token = await servers[0].token('reader');
    const { data } = await servers[1].graphql('{ log { treeSize } }', {}, 'reader', token);
    expect(data).toEqual({ log: { treeSize: '0' } });
  });

  test('write at once, and no leaf index is left out or given twice', async () => {
    const writers = ['a', 'b', 'c', 'd'];
    const receipts = await Promise.all(
      writers.map((writer, i) => write(servers[i % 2 === 0 ? 0 : 1], itemsOf(writer))),
    );
    const leaves = (receipts.flat() as AcceptedReceipt[])
      .map(({ leafIndex }) => leafIndex)
      .toSorted((a, b) => a - b);
    expect(leaves).toEqual(Array.from({ length: writers.length * ITEMS }, (_, i) => i));
    expect(await readLogSize(driver)).toBe(leaves.length);
    expect(await findLogFaults(driver)).toEqual([]);
  }, 120_000);

  test('agree on every receipt when the same items come again to the other one', async () => {
    const [one, two] = servers;
    const items = itemsOf('e');
    const [first, second] = await Promise.all([write(one, items), write(two, items)]);
    const places = (receipts: readonly Receipt[]) =>
      (receipts as AcceptedReceipt[]).map(({ id: item, digest, leafIndex }) => [item, digest, leafIndex]);
    expect(places(second)).toEqual(places(first));
    const repeated = ([...first, ...second] as AcceptedReceipt[]).filter((receipt) => receipt.repeated);
    expect(repeated).toHaveLength(ITEMS);
  }, 120_000);

  test('every entry can be made again from the graph', async () => {
    const keyStore = new EmbeddedKeyStore(keysDir);
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
    await keyStore.close();
  });

  test('the decisions of all of them are in one group, each with its own ordinal', async () => {
    const { records } = await driver.executeQuery(
      `MATCH (g:DecisionGroup) RETURN g.size AS size,
         COUNT { MATCH (p:Prediction {group: g.number}) } AS decisions,
         COLLECT { MATCH (p:Prediction {group: g.number}) RETURN DISTINCT p.ordinal ORDER BY p.ordinal } AS ordinals`,
    );
    expect(records).toHaveLength(1);
    const size = (5 * ITEMS) / 2;
    expect(records[0]!.toObject()).toEqual({
      size,
      decisions: size,
      ordinals: Array.from({ length: size }, (_, i) => i),
    });
  });
});

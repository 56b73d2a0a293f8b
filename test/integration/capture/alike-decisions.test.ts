/** Decisions that go into the database by the statement for alike ones are the same as those that go one by one. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { testDriver } from '../../support/database.js';
import { TestServer } from '../../support/server.js';

const MODEL = 'model:lending/risk@1';
const DATA = ['dataset:lending/rows@1', 'dataset:lending/context@1'];
const COUNT = 20;
const BY_COLUMNS = 'decision/create-decisions';

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
});

afterAll(async () => {
  await driver.close();
  await server.stop();
});

/** Every third has all that a decision can have, every third nothing, and of every third nobody is concerned. */
function decision(name: string, i: number): unknown {
  const id = `prediction:lending/${name}@${String(i)}`;
  const edges = [
    { type: 'MADE_BY', to: MODEL, toDigest: 'ab'.repeat(32) },
    { type: 'SCORED', to: DATA[0], props: { role: 'INPUT' }, row: [i] },
    { type: 'SCORED', to: DATA[1], props: { role: 'CONTEXT' } },
  ];
  const bare = { id, kind: 'Prediction', occurredAt: 1_000 + i, subjects: [`s-${String(i)}`], edges };
  if (i % 3 === 0) return bare;
  return {
    ...bare,
    ...(i % 3 === 1 ? { subjects: [] } : {}),
    features: { a: { value: i }, b: { value: 'x', contribution: 0.5 } },
    fields: {
      outcome: `o${String(i)}`,
      score: i,
      mode: 'SHADOW',
      endpoint: '/v1',
      preprocessing: { repository: 'r', commit: 'abcdef0' },
    },
  };
}

async function storedOf(name: string): Promise<unknown[]> {
  const { records } = await driver.executeQuery(
    `MATCH (p:Prediction {name: $name})-[r]->(a) WITH p, r, a ORDER BY p.occurredAt, a.id
     RETURN labels(p) AS labels, properties(p) AS node, collect([type(r), a.id, properties(r)]) AS edges`,
    { name },
  );
  return records.map((record) => record.toObject());
}

/** What depends on the place in the log, on the id, or on chance. */
const PLACES = /"(id|name|digest|leafIndex|seq|ordinal|since|group|sealed)":("(?:[^"\\]|\\.)*"|\d+)/g;

function comparable(stored: readonly unknown[]): string[] {
  return stored.map((one) =>
    JSON.stringify(one, (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort())
        : value,
    ).replace(PLACES, '"$1":…'),
  );
}

test('the statement of columns writes what the general ones write', async () => {
  const numbers = Array.from({ length: 3 * COUNT }, (_, i) => i);
  server.statements.length = 0;
  const together = await server.declare(numbers.map((i) => decision('together', i)));
  expect(server.statements.filter((name) => name === BY_COLUMNS)).toHaveLength(2);
  server.statements.length = 0;
  for (const i of numbers) await server.declare([decision('alone', i)]);
  expect(server.statements).not.toContain(BY_COLUMNS);

  expect(together.map((receipt) => 'leafIndex' in receipt && receipt.leafIndex)).toEqual(numbers);
  const [columns, rows] = [await storedOf('together'), await storedOf('alone')];
  expect(columns).toHaveLength(numbers.length);
  expect(comparable(columns)).toEqual(comparable(rows));
});

test('no two of them have the same place, and each group is counted', async () => {
  const { records } = await driver.executeQuery(
    `MATCH (g:DecisionGroup) CALL (g) { MATCH (p:Prediction {group: g.number})
       RETURN count(DISTINCT p.ordinal) AS ordinals, max(p.ordinal) AS last, count(DISTINCT p.leafIndex) AS leaves }
     RETURN g.size AS size, ordinals, last + 1 AS next, leaves`,
  );
  for (const record of records) {
    const { size, ...counted } = record.toObject();
    expect(counted).toEqual({ ordinals: size, next: size, leaves: size });
  }
  expect(records.length).toBeGreaterThan(1);
});

test('a decision that says more goes by the general statements, and so does one that others named before', async () => {
  const cascade = numbersOf('later').map((item, i) => ({
    ...(item as object),
    edges: [
      { type: 'MADE_BY', to: MODEL },
      { type: 'USED_OUTPUT_OF', to: `prediction:lending/earlier@${String(i)}` },
    ],
  }));
  await server.declare(cascade);
  server.statements.length = 0;
  await server.declare(numbersOf('earlier'));
  expect(server.statements).toContain('artifact/fill-placeholders');
  expect(server.statements).not.toContain(BY_COLUMNS);
});

function numbersOf(name: string): unknown[] {
  return Array.from({ length: COUNT }, (_, i) => decision(name, 3 * i));
}

/** The first page of everything, over GraphQL; also on a database from before there was one. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { Database } from '../../../src/store/database.js';
import { migrate } from '../../../src/store/migrate.js';
import { testDatabase, testDriver } from '../../support/database.js';
import { artifact, id } from '../../support/declarations.js';
import { findable } from '../../support/findable.js';
import { TestServer } from '../../support/server.js';

const FOUND = `query ($text: String!) { search(text: $text) { items { match matched artifact { id declared } } } }`;
const FINDINGS = '{ attestations(findingsOnly: true) { items { id } } }';
const DASHBOARD = `{ dashboard {
  kinds { kind total placeholders placeholdersAreExact } attestations placeholders completeness
  newest(first: 3) { id } newestDecisions(first: 2) { id } findings(first: 2) { id }
  unfinishedRuns { items { id } total looked truncated } newestPlaceholders { id declared } log { treeSize standing }
} }`;

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
}, 60_000);

afterAll(async () => {
  await driver.close();
  await server.stop();
});

async function dashboard() {
  return (await server.ask(DASHBOARD, {}, 'reader')).dashboard;
}

test('an empty database is complete', async () => {
  expect(await dashboard()).toMatchObject({
    completeness: 1,
    newest: [],
    placeholders: '0',
    unfinishedRuns: { items: [], total: 0, looked: 0, truncated: false },
  });
});

test('it counts what there is and lists what is new, unfinished and missing', async () => {
  await server.declareAll(findable());
  expect(await dashboard()).toEqual({
    kinds: [
      ['Dataset', '6', 0],
      ['Transform', '4', 1],
      ['FeatureDef', '1', 0],
      ['Model', '1', 0],
      ['Prediction', '3', 0],
    ].map(([kind, total, placeholders]) => ({ kind, total, placeholders, placeholdersAreExact: true })),
    attestations: '8',
    placeholders: '1',
    completeness: 14 / 15,
    newest: ['failed', 'open', 'ended'].map((name) => ({ id: id('Transform', name) })),
    newestDecisions: [{ id: id('Prediction', 'c') }, { id: id('Prediction', 'b') }],
    findings: [{ id: id('Attestation', 'incident') }, { id: id('Attestation', 'drift') }],
    unfinishedRuns: { items: [{ id: id('Transform', 'open') }], total: 1, looked: 3, truncated: false },
    newestPlaceholders: [{ id: id('Transform', 'missing'), declared: false }],
    log: { treeSize: '22', standing: 'SOUND' },
  });
});

test('a database that was written before there was a search answers the same', async () => {
  const ask = async (): Promise<unknown[]> => [
    await dashboard(),
    await server.ask(FINDINGS, {}, 'reader'),
    ...(await Promise.all(
      ['te', 'ratio', 'zip', 'team'].map((text) => server.ask(FOUND, { text }, 'reader') as Promise<unknown>),
    )),
  ];
  const written = await ask();
  await forgetSearch();
  const forgotten = await ask();
  for (const [i, answer] of written.entries()) expect(forgotten[i]).not.toEqual(answer);
  const database = await Database.connect(testDatabase());
  expect(await migrate(database)).toEqual([expect.stringMatching(/-search\.cypher$/)]);
  await database.close();
  expect(await ask()).toEqual(written);
});

test('a placeholder that is declared is missing no more', async () => {
  await server.declareAll([artifact('Transform', 'missing')]);
  const filled = await dashboard();
  expect(filled).toMatchObject({ placeholders: '0', completeness: 1, newestPlaceholders: [] });
  expect(filled.newest[0]).toEqual({ id: id('Transform', 'missing') });
});

/** Takes away what the migration of the search makes, and that it ran. */
async function forgetSearch(): Promise<void> {
  await driver.executeQuery('MATCH (n:SearchTerm|Awaited) DELETE n');
  await driver.executeQuery('MATCH (t:Attestation) REMOVE t.finding');
  await driver.executeQuery("MATCH (m:Migration) WHERE m.name ENDS WITH '-search.cypher' DELETE m");
}

/**
 * `fsck` finds and names every way in which somebody with the database's password could change it: here one of each sort,
 * in `npm run torture -- tamper` all of them.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { CheckedLog, missed } from '../../support/checked-log.js';
import { TestServer } from '../../support/server.js';
import { oneOfEach, tamperingDriver, tamperings } from '../../support/tampering.js';
import { declareWholeLog } from '../../support/whole-log.js';

/** The labels and relationship types that are stored: what the log of this test must have in it. */
const EVERYTHING = [
  ...[
    'ABOUT',
    'ALSO_OF',
    'AccessLook',
    'AccessRecord',
    'Artifact',
    'Attestation',
    'DERIVED_FROM',
    'DERIVED_FROM_DATA',
  ],
  ...[
    'DecisionGroup',
    'EntryBundle',
    'Erasure',
    'FED_BY',
    'FIELD_FROM',
    'Field',
    'HashTile',
    'LogHead',
    'MADE_BY',
  ],
  ...[
    'OF_DATA',
    'OF_MODEL',
    'PRODUCED_BY',
    'READ',
    'RESOLVED_TO',
    'RunOutput',
    'RunRead',
    'RunTimes',
    'SCORED',
  ],
  ...['SealedUnder', 'TRAINED_ON', 'USED_OUTPUT_OF', 'USES'],
];

let server: TestServer;
let driver: Driver;
let log: CheckedLog;

beforeAll(async () => {
  server = await TestServer.start();
  await declareWholeLog(server, 256);
  // It publishes what waits, and nothing changes any more.
  await server.running.stop();
  driver = tamperingDriver();
  log = await CheckedLog.open(server.keysDir);
}, 120_000);

afterAll(async () => {
  await log.close();
  await driver.close();
  await server.stop();
});

test('nothing is found in a log that nobody touched', async () => {
  expect(await log.fsck()).toEqual([]);
});

test('every sort of change is found and named', async () => {
  const all = await tamperings(driver);
  const kinds = new Set(all.map(({ stored }) => stored.kind.replace(/:.*/, '')));
  expect([...kinds].sort()).toEqual(EVERYTHING);
  const sorts = oneOfEach(all);
  expect(sorts.length).toBeGreaterThan(200);
  const found: string[] = [];
  for (const tampering of sorts) {
    const fault = await missed(log, driver, tampering);
    if (fault !== undefined) found.push(fault);
  }
  expect(found).toEqual([]);
  expect(await log.fsck()).toEqual([]);
}, 600_000);

/**
 * `fsck` finds and names every way in which somebody with the database's password could change it: here one of each sort,
 * in `npm run torture -- tamper` all of them.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { Finding } from '../../../src/governance/fsck/finding.js';
import type { FsckState } from '../../../src/governance/fsck/fsck-service.js';
import { CheckedLog, missed } from '../../support/checked-log.js';
import { id } from '../../support/declarations.js';
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
    'Awaited',
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
  ...['SealedUnder', 'SearchTerm', 'TRAINED_ON', 'USED_OUTPUT_OF', 'USES'],
];

/** The sorts of records and search terms, and whether a look knows whose values it saw. */
const SORTS = ['COLUMN', 'NAME', 'OWNER', 'granted', 'intent', 'outcome', 'profile', 'revoked', 'subject'];

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
  const inner = new Set(
    all.flatMap(({ stored: { props } }) => [
      props.phase ?? props.match ?? [],
      'subject' in props ? 'subject' : [],
    ]),
  );
  expect([...inner].flat().sort()).toEqual(SORTS);
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

test('a check that is interrupted after each step finds the same, each once', async () => {
  const places = `MATCH (t:HashTile {log: 'access'}) MATCH (f:Field {column: 'b'}) MATCH (r:RunTimes {run: $run})
    MATCH (w:Awaited {id: $awaited}) MATCH (s:SearchTerm {match: 'OWNER', name: 'owned'})`;
  const damage = `${places} SET t.root = $bytes, f.since = f.since + 1, r.startedAt = r.startedAt + 1,
    w.seq = w.seq + 1, s.shown = 'credit risk' RETURN count(*) AS count`;
  const repair = `${places} SET t.root = $root, f.since = f.since - 1, r.startedAt = r.startedAt - 1,
    w.seq = w.seq - 1, s.shown = 'Credit Risk'`;
  const awaited = id('Dataset', 'nowhere');
  const run = 'transform:jobs/job@r1';
  const { records } = await driver.executeQuery('MATCH (t:HashTile {log: "access"}) RETURN t.root AS root');
  await driver.executeQuery(damage, { run, awaited, bytes: new Int8Array(32) });
  const whole = await log.fsck();
  const findings: Finding[] = [];
  let state: FsckState = await log.service().begin();
  while (state.phase !== 'done') {
    for await (const step of log.service().run(state)) {
      findings.push(...step.findings);
      state = JSON.parse(JSON.stringify(step.state())) as FsckState;
      break;
    }
  }
  await driver.executeQuery(repair, { run, awaited, root: records[0]!.get('root') as Int8Array });
  expect(findings).toEqual(whole);
  expect(findings.map(({ id, part }) => `${id}: ${part}`).sort()).toEqual([
    'access log: tile/0/000: root: hash 0',
    'dataset:test/columns1: column b: since',
    `${awaited}: what is noted of its being awaited: seq`,
    'model:test/owned: found by the OWNER credit risk: the entry that it is there since does not state it',
    `${run}: noted: startedAt`,
  ]);
  expect(await log.fsck()).toEqual([]);
}, 60_000);

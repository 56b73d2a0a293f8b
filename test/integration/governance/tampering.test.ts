/**
 * `fsck` finds and names every way in which somebody with the database's password could change it: here one of each sort,
 * in `npm run torture -- tamper` all of them.
 */
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { open } from 'lmdb';
import type { Driver } from 'neo4j-driver';

import type { Finding } from '../../../src/governance/fsck/finding.js';
import type { FsckState } from '../../../src/governance/fsck/fsck-service.js';
import { CheckedLog, missed } from '../../support/checked-log.js';
import { id } from '../../support/declarations.js';
import type { TestServer } from '../../support/server.js';
import { oneOfEach, tamperingDriver, tamperings } from '../../support/tampering.js';
import { startWholeLog } from '../../support/whole-log.js';

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
  server = await startWholeLog(256);
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

describe('the mark of a restriction', () => {
  const named = async (): Promise<string[]> => (await log.fsck()).map(({ id, part }) => `${id}: ${part}`);
  let mark: { readonly id: string; readonly kid: string };
  let free: string;

  beforeAll(async () => {
    const { records } = await driver.executeQuery(
      `MATCH (e:Erasure {state: 'RESTRICTED'}) MATCH (p:Prediction {name: 'joint'})
       RETURN e.id AS id, e.kid AS kid, p.sealed AS sealed`,
    );
    const { id: erasure, kid, sealed } = records[0]!.toObject() as Record<string, string>;
    mark = { id: erasure!, kid: kid! };
    free = (JSON.parse(sealed!) as string[][])[0]![1]!;
  });

  /** Does something to the key store as somebody who can write its files, and gives back what undoes it. */
  async function inKeyStore(
    kid: string,
    record: (known: { retired: number }) => unknown,
  ): Promise<() => Promise<void>> {
    const root = open({ path: join(server.keysDir, 'index'), maxDbs: 4, encoding: 'json' });
    const kids = root.openDB<unknown, string>({ name: 'kids', encoding: 'json' });
    const before = kids.get(kid);
    const known = typeof before === 'number' ? { retired: before } : (before as { retired: number });
    await kids.put(kid, record(known));
    return async () => {
      await kids.put(kid, before);
      await root.close();
    };
  }

  test('that was taken away in the key store is found, and named', async () => {
    const undo = await inKeyStore(mark.kid, ({ retired }) => ({ retired }));
    expect(await named()).toEqual([`erasure ${mark.id}: the key ${mark.kid}`]);
    await undo();
    expect(await log.fsck()).toEqual([]);
  });

  test('that was added in the key store is found, and named', async () => {
    const undo = await inKeyStore(free, ({ retired }) => ({ retired, restricted: true }));
    expect(await named()).toEqual([
      `${id('Prediction', 'joint')}: its key ${free} is restricted in the key store, but nothing restricted it`,
    ]);
    await undo();
    expect(await log.fsck()).toEqual([]);
  });

  test('that was added in the database is found, and named', async () => {
    await driver.executeQuery(
      `MATCH (e:Erasure {id: $id}) CREATE (m:Erasure) SET m = e {.*, id: 'planted', kid: $free}`,
      { id: mark.id, free },
    );
    const found = await named();
    await driver.executeQuery(`MATCH (m:Erasure {id: 'planted'}) DELETE m`);
    expect(found).toContain(`erasure planted: the key ${free}`);
    expect(found).toContain('erasure planted: its entry attestation:pedigree/restriction-planted@1');
    expect(await log.fsck()).toEqual([]);
  });
});

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

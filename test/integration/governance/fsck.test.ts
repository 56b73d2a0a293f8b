/** `fsck` against a log that holds everything, tampered with in the database: each change is found and named. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import neo4j, { type Driver } from 'neo4j-driver';

import type { Finding } from '../../../src/governance/fsck/finding.js';
import { FsckService, type FsckState } from '../../../src/governance/fsck/fsck-service.js';
import { Database } from '../../../src/store/database.js';
import { EmbeddedHeadStore } from '../../../src/store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { findingsOf } from '../../support/checked-log.js';
import { testDatabase, testDriver } from '../../support/database.js';
import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { richLog } from '../../support/rich-log.js';
import { SpawnedCommand } from '../../support/spawned-server.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let driver: Driver;
let database: Database;
let keyStore: EmbeddedKeyStore;
let heads: EmbeddedHeadStore;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
  await server.declareAll([
    ...richLog(12),
    ...Array.from({ length: 5 }, (_, i) => prediction(`more${i}`, i < 3 ? 'rich' : 'other')),
  ]);
  // A binding that replaces an earlier one, so that an edge has ended without being withdrawn.
  await server.declareAll([
    ...[1, 2].map((i) => ({
      id: id('Attestation', `bound${i}`),
      kind: 'Attestation' as const,
      type: 'RESOLVED' as const,
      about: [id('Dataset', 'many0')],
      occurredAt: 1,
      edges: [{ type: 'RESOLVED_TO' as const, from: id('Dataset', 'many0'), to: id('Dataset', `many${i}`) }],
    })),
  ]);
  database = await Database.connect(testDatabase());
  keyStore = new EmbeddedKeyStore(server.keysDir);
  heads = new EmbeddedHeadStore(server.keysDir);
}, 60_000);

afterAll(async () => {
  await heads.close();
  await keyStore.close();
  await database.close();
  await driver.close();
  await server.stop();
});

function fsck(): Promise<Finding[]> {
  return findingsOf(new FsckService(database, keyStore, heads), database, keyStore);
}

async function run(statement: string, params: Record<string, unknown> = {}): Promise<void> {
  await driver.executeQuery(statement, params);
}

/** Changes the time of recording everywhere: in leaves, bundles, nodes and the head. */
async function rewriteTimes(before: string, after: string): Promise<void> {
  const { records } = await driver.executeQuery(
    'MATCH (b:EntryBundle {log: "lineage"}) RETURN b.start AS start, b.bytes AS bytes',
  );
  for (const record of records) {
    const text = Buffer.from(record.get('bytes') as Int8Array).toString('latin1');
    const bytes = new Int8Array(Buffer.from(text.replaceAll(before, after), 'latin1'));
    await run(
      'MATCH (b:EntryBundle {log: "lineage", start: $start}) SET b.bytes = $bytes, b.at = toInteger($after)',
      {
        start: neo4j.int(record.get('start') as number),
        bytes,
        after,
      },
    );
  }
  await run(
    'MATCH (n:Artifact|Attestation) WHERE n.recordedAt IS NOT NULL SET n.recordedAt = toInteger($after)',
    { after },
  );
  await run('MATCH (h:LogHead {log: "lineage"}) SET h.at = toInteger($after)', { after });
}

test('finds nothing in a log that nobody touched', async () => {
  expect(await fsck()).toEqual([]);
});

describe('says exactly what differs', () => {
  const rich = id('Dataset', 'rich');
  test.each<[string, string, string, Partial<Finding>]>([
    [
      'a typed property that is no longer its field',
      'MATCH (d:Dataset {id: $rich}) SET d.rowCount = 3',
      'MATCH (d:Dataset {id: $rich}) SET d.rowCount = 2',
      { kind: 'altered', id: rich, part: 'rowCount', stored: '3', expected: '2' },
    ],
    [
      'an added property',
      'MATCH (d:Dataset {id: $rich}) SET d.owner = "me"',
      'MATCH (d:Dataset {id: $rich}) REMOVE d.owner',
      { kind: 'added', id: rich, part: 'owner', stored: '"me"' },
    ],
    [
      'an added edge',
      'MATCH (d:Dataset {id: $rich}), (t:Dataset {id: "dataset:test/many4@1"}) CREATE (d)-[:RESOLVED_TO {since: d.leafIndex, until: 9007199254740991}]->(t)',
      'MATCH (:Dataset {id: $rich})-[r:RESOLVED_TO]->() DELETE r',
      { kind: 'added', id: rich, part: 'edge/RESOLVED_TO/dataset:test/many4@1' },
    ],
    [
      'an added edge in the name of an entry that is no attestation',
      'MATCH (d:Dataset {id: $rich}), (t:Dataset {id: "dataset:test/many4@1"}) CREATE (d)-[:RESOLVED_TO {since: 3, until: 9007199254740991}]->(t)',
      'MATCH (:Dataset {id: $rich})-[r:RESOLVED_TO]->() DELETE r',
      { kind: 'added', id: rich, part: 'edge/RESOLVED_TO/dataset:test/many4@1: no entry states it' },
    ],
    [
      'an edge that is gone',
      'MATCH (:Dataset {id: $rich})-[r:PRODUCED_BY]->() DELETE r',
      `MATCH (d:Dataset {id: $rich}), (t:Transform {id: "transform:test/rich@1"})
       CREATE (d)-[:PRODUCED_BY {since: d.leafIndex, until: 9007199254740991, toDigest: '${'ab'.repeat(32)}',
         props: '{"rows":[{"from":"dataset:test/many1@1","keyMap":[0],"mode":"JOIN"}]}'}]->(t)`,
      { kind: 'altered', id: rich, part: 'edges' },
    ],
    [
      'an edge that was withdrawn and is not',
      'MATCH (:Model {id: "model:test/rich@1"})-[r:TRAINED_ON]->({id: "dataset:test/many3@1"}) SET r.until = 9007199254740991',
      'MATCH (:Model {id: "model:test/rich@1"})-[r:TRAINED_ON]->({id: "dataset:test/many3@1"}), (t:Attestation {id: "attestation:test/rich2@1"}) SET r.until = t.leafIndex',
      { kind: 'altered', id: id('Model', 'rich'), part: 'edge/TRAINED_ON/dataset:test/many3@1: until' },
    ],
    [
      'an edge that has ended although nothing ended it',
      'MATCH (:Model {id: "model:test/rich@1"})-[r:TRAINED_ON]->({id: "dataset:test/many4@1"}) SET r.until = 18',
      'MATCH (:Model {id: "model:test/rich@1"})-[r:TRAINED_ON]->({id: "dataset:test/many4@1"}) SET r.until = 9007199254740991',
      { kind: 'altered', id: id('Model', 'rich'), part: 'edge/TRAINED_ON/dataset:test/many4@1: until' },
    ],
    [
      'a node that no entry is about',
      'CREATE (:Artifact:Dataset {id: "dataset:test/planted@1", namespace: "test", name: "planted", version: "1", declared: true, leafIndex: 4, digest: "00", seq: 1})',
      'MATCH (d:Dataset {id: "dataset:test/planted@1"}) DELETE d',
      { kind: 'added', id: 'dataset:test/planted@1', part: 'the node: no entry of the log is about it' },
    ],
    [
      'an attestation that no entry is about',
      'CREATE (:Attestation {id: "attestation:test/planted@1", type: "APPROVED"})',
      'MATCH (t:Attestation {id: "attestation:test/planted@1"}) DELETE t',
      { kind: 'added', id: 'attestation:test/planted@1' },
    ],
    [
      'a placeholder that nothing names',
      'CREATE (:Artifact:Dataset {id: "dataset:test/nobody@1", namespace: "test", name: "nobody", version: "1", declared: false, seq: 2})',
      'MATCH (d:Dataset {id: "dataset:test/nobody@1"}) DELETE d',
      { kind: 'added', id: 'dataset:test/nobody@1', part: 'the node: nothing names it' },
    ],
    [
      'a decision group that no decision made',
      'CREATE (:DecisionGroup {key: "k", number: 77, mode: "LIVE", size: 1})',
      'MATCH (g:DecisionGroup {number: 77}) DELETE g',
      { id: 'group 77' },
    ],
    [
      'another label',
      'MATCH (d:Dataset {id: $rich}) SET d:Model',
      'MATCH (d:Dataset {id: $rich}) REMOVE d:Model',
      { kind: 'altered', id: rich, part: 'labels' },
    ],
    [
      'the label of an amended artifact that is gone',
      'MATCH (m:Model {id: "model:test/rich@1"}) REMOVE m:Amended',
      'MATCH (m:Model {id: "model:test/rich@1"}) SET m:Amended',
      { kind: 'altered', id: id('Model', 'rich'), part: 'label Amended' },
    ],
  ])('%s', async (_, tamper, repair, finding) => {
    await run(tamper, { rich });
    const findings = await fsck();
    await run(repair, { rich });
    expect(findings).toContainEqual(expect.objectContaining(finding));
    expect(await fsck()).toEqual([]);
  });

  test('a node that is gone', async () => {
    await run('MATCH (d:Dataset {id: $id}) SET d:Kept REMOVE d:Artifact', { id: id('Dataset', 'many5') });
    const findings = await fsck();
    await run('MATCH (d:Kept) SET d:Artifact REMOVE d:Kept');
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'missing', id: id('Dataset', 'many5'), part: 'the node of leaf 5' }),
    );
    expect(await fsck()).toEqual([]);
  });

  test('a history that was rewritten in the graph and in the log alike', async () => {
    await server.ask(
      'query ($of: ID!) { evidence(of: $of) { treeSize } }', // answered once everything is signed
      { of: rich },
    );
    // Another clock time, in the leaves and in the nodes alike: each entry by itself is what it says.
    const shift = (before: string, after: string): Promise<void> => rewriteTimes(before, after);
    const { at } = (
      await driver.executeQuery('MATCH (h:LogHead {log: "lineage"}) RETURN h.at AS at')
    ).records[0]!.toObject() as { at: number };
    await shift(String(at), String(at + 1));
    const findings = await fsck();
    await shift(String(at + 1), String(at));
    expect(findings.map(({ id: found, part }) => [found, part.replace(/\d+/, 'N')])).toEqual([
      ['log', 'the tree of N entries'],
    ]);
    expect(await fsck()).toEqual([]);
  });

  test('a second entry for one id, logged behind the first', async () => {
    // The log is as it should be in every other way: the head goes on, and the leaf is one of this log's own.
    await run(
      `MATCH (h:LogHead {log: 'lineage'}), (b:EntryBundle {log: 'lineage', start: 0})
       CREATE (:EntryBundle {log: 'lineage', start: h.size, count: b.count, at: h.at, ids: b.ids, bytes: b.bytes})
       SET h.size = h.size + b.count`,
    );
    const findings = await fsck();
    await run(
      `MATCH (h:LogHead {log: 'lineage'}) WITH h, h.size AS size
       MATCH (b:EntryBundle {log: 'lineage'}) WHERE b.start + b.count = size
       SET h.size = b.start DELETE b`,
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'altered', id: rich, part: 'leafIndex' }),
    );
    expect(await fsck()).toEqual([]);
  });

  test('bundles that are gone', async () => {
    await run('MATCH (b:EntryBundle {log: "lineage", start: 0}) SET b.log = "elsewhere"');
    const findings = await fsck();
    await run('MATCH (b:EntryBundle {log: "elsewhere"}) SET b.log = "lineage"');
    expect(findings[0]).toMatchObject({ kind: 'missing', id: 'log' });
  });
});

test('a check that was interrupted goes on, and finds all there is once', async () => {
  await run('MATCH (d:Dataset {id: $id}) SET d.owner = "me"', { id: id('Dataset', 'many1') });
  const service = new FsckService(database, keyStore, heads);
  let state: FsckState = await service.begin();
  const findings: Finding[] = [];
  while (state.phase !== 'done') {
    for await (const step of service.run(state)) {
      findings.push(...step.findings);
      state = JSON.parse(JSON.stringify(step.state())) as FsckState;
      break;
    }
  }
  await run('MATCH (d:Dataset {id: $id}) REMOVE d.owner', { id: id('Dataset', 'many1') });
  expect(findings.map(({ part }) => part)).toEqual(['owner']);
  expect(state).toMatchObject({ found: 1, checked: state.total });
});

test('entries that are recorded while it runs are left to the next check', async () => {
  const service = new FsckService(database, keyStore, heads);
  const state = await service.begin();
  await server.declareAll([
    artifact('Dataset', 'late', [edge('PRODUCED_BY', id('Transform', 'never-said'))]),
    prediction('late', 'late-model'),
    prediction('late2', 'rich'),
  ]);
  const findings: Finding[] = [];
  for await (const step of service.run(state)) findings.push(...step.findings);
  expect(findings).toEqual([]);
  expect(await fsck()).toEqual([]);
});

describe('pedigree fsck', () => {
  const fsckCommand = (args: readonly string[] = []): SpawnedCommand => {
    const { uri, user, password } = testDatabase();
    return new SpawnedCommand(['fsck', ...args], {
      env: { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password },
      dataDir: server.dataDir,
    });
  };

  test('ends with 0 and a sentence', async () => {
    const command = fsckCommand();
    expect(await command.ended).toBe(0);
    expect(command.stdout).toMatch(
      /^\d+ entries and \d+ nodes and groups checked: the graph is what the log says\n$/,
    );
  });

  test('ends with 1 and a line for each difference', async () => {
    await run('MATCH (d:Dataset {id: $id}) SET d.owner = "me"', { id: id('Dataset', 'many1') });
    const [human, json] = [fsckCommand(), fsckCommand(['--json', '--state', `${server.dataDir}/other`])];
    expect([await human.ended, await json.ended]).toEqual([1, 1]);
    await run('MATCH (d:Dataset {id: $id}) REMOVE d.owner', { id: id('Dataset', 'many1') });
    expect(human.stdout).toMatch(/^added {3}dataset:test\/many1@1: owner: stored "me"\n.*: 1 differences\n$/);
    expect(json.stdout.split('\n')[0]).toBe(
      '{"kind":"added","id":"dataset:test/many1@1","part":"owner","stored":"\\"me\\""}',
    );
  });

  test('refuses a state file that is none', async () => {
    const command = fsckCommand(['--state', 'package.json']);
    expect(await command.ended).toBe(5);
    expect(command.stderr).toMatch(/package\.json must be the state of an interrupted fsck/);
  });
});

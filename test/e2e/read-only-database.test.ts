/**
 * A database that its own settings make read-only for a while: the server says so and goes on answering, also when it is
 * started meanwhile; the SDK keeps what it is given; and all goes on by itself when the database takes writes again.
 */
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import neo4j from 'neo4j-driver';

import { readConfig } from '../../src/app/config.js';
import { startServer, type RunningServer } from '../../src/app/server.js';
import { PedigreeClient, PredictionLog, type Loss } from '../../src/sdk/index.js';
import { artifact } from '../support/declarations.js';
import { findLogFaults, readPlaces } from '../support/log.js';
import { runEvent } from '../support/openlineage.js';
import { SwitchableNeo4j } from '../support/switchable-neo4j.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const DECISIONS = 50;

let database: SwitchableNeo4j;
const folder = temporaryFolder();

beforeAll(async () => {
  database = await SwitchableNeo4j.start(folder);
}, 300_000);

afterAll(() => database.stop());

function start(port = '0'): Promise<RunningServer> {
  const config = readConfig({
    ...database.env,
    PEDIGREE_PORT: port,
    PEDIGREE_DATA_DIR: join(folder, 'server'),
    PEDIGREE_LOG_LEVEL: 'silent',
    PEDIGREE_PREPARE_THREADS: '0',
  });
  return startServer(config, { log: () => undefined });
}

test('is told by every door and by /health, keeps what the SDK logs, and is over by itself', async () => {
  let server = await start();
  const { url } = server;
  const token = (role: 'writer' | 'admin'): Promise<string> => server.tokens.sign({ name: 'test', role });
  const writer = await token('writer');
  const post = async (path: string, body: object, bearer = writer): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
      body: JSON.stringify(body),
    });
  const health = async (): Promise<object> => (await (await fetch(`${url}/health`)).json()) as object;
  const client = new PedigreeClient({ url, token: writer, retries: { attempts: 1_000, capMs: 200 } });
  const losses: Loss[] = [];
  const log = new PredictionLog({
    url,
    token: writer,
    namespace: 'lending',
    name: 'decision',
    model: 'model:lending/credit@1',
    folder: join(folder, 'spill'),
    capMs: 200,
    onLoss: (loss) => losses.push(loss),
  });
  try {
    const before = await client.declare(artifact('Dataset', 'before'));
    expect(await health()).toMatchObject({ status: 'ok' });

    await database.startAs('read-only');
    const refused = [
      await post('/v1/declare', [artifact('Dataset', 'refused')]),
      await post('/api/v1/lineage', runEvent({})),
      await post('/api/v1/lineage/batch', [runEvent({})]),
    ];
    for (const reply of refused) {
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await reply.json()).toMatchObject({
        code: 'READ_ONLY',
        detail: expect.stringMatching(/must accept writes, but .*default_to_read_only.* goes on by itself/),
      });
    }
    const mutation = 'mutation($i: [JSON!]!) { declare(items: $i) { id } }';
    const asked = { query: mutation, variables: { i: [artifact('Dataset', 'refused')] } };
    const answer = await post('/graphql', asked, await token('admin'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await health()).toMatchObject({ status: 'read-only', code: 'READ_ONLY' });

    const logged = Array.from({ length: DECISIONS }, () =>
      log.logPrediction({ subjects: [], outcome: 'APPROVE' }),
    );
    await log.flush();
    expect(log.stats).toMatchObject({ logged: DECISIONS, spilled: DECISIONS, delivered: 0 });
    expect(log.stats.lastError).toContain('must accept writes');

    await server.stop();
    server = await start(new URL(url).port);
    expect(await health()).toMatchObject({ status: 'read-only', code: 'READ_ONLY' });
    const query = { query: '{ artifact(id: "dataset:test/before@1") { id } }' };
    expect(await (await post('/graphql', query, await token('admin'))).json()).toEqual({
      data: { artifact: { id: 'dataset:test/before@1' } },
    });

    const waiting = client.declare(artifact('Dataset', 'waited'));
    await database.startAs('read-write');
    expect(await waiting).toMatchObject({ repeated: false });
    expect(await health()).toMatchObject({ status: 'ok' });
    expect(await client.declare(artifact('Dataset', 'before'))).toEqual({ ...before, repeated: true });
    while (log.stats.delivered < DECISIONS) await log.flush();
    expect(log.stats).toMatchObject({ delivered: DECISIONS, spilled: 0, queued: 0 });
    expect(losses).toEqual([]);
    await expectStored(logged as string[]);
  } finally {
    await log.close();
    await server.stop();
  }
}, 300_000);

/** Each is in the log once, and the log has no fault. */
async function expectStored(ids: readonly string[]): Promise<void> {
  const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD } = database.env;
  const auth = neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD);
  const driver = neo4j.driver(NEO4J_URI, auth, { disableLosslessIntegers: true });
  try {
    expect(await findLogFaults(driver)).toEqual([]);
    const places = await readPlaces(driver);
    expect(ids.filter((id) => places.get(id)?.length !== 1)).toEqual([]);
  } finally {
    await driver.close();
  }
}

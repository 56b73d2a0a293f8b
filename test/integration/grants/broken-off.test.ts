/**
 * What is still being sent when its grant is revoked on another server: each door breaks off, the client sees that the answer is
 * not whole, and the access log says so. The client does not read on before that, and the answers are larger than what a
 * machine keeps for a connection, so none of them could have come to its end.
 */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, edge } from '../../support/declarations.js';
import { issueGrant, revokeGrant, type Holder } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const RUNS = 20;
const READS = 250;
/** Names so long that the export has 20 MB, and texts so long that the evidence has as much. */
const NAME = 'n'.repeat(1_900);
const TEXT = 't'.repeat(800_000);

let server: TestServer;
let second: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  second = await TestServer.start({ keep: true, keysDir: server.keysDir });
  // Streams end with their token by the machine's clock.
  for (const each of [server, second]) each.clock.now = Date.now();
  const long = Array.from({ length: 20 }, (_, i) =>
    artifact('Dataset', `long-${String(i)}`, [], { fields: { extra: { TEXT } } }),
  );
  await server.declareAll([
    ...long,
    artifact(
      'Transform',
      'read-all',
      long.map(({ id }) => edge('READ', id)),
    ),
    artifact('Model', 'proved', [edge('TRAINED_BY', 'transform:test/read-all@1')]),
  ]);
  for (let run = 0; run < RUNS; run++) {
    const reads = Array.from({ length: READS }, (_, i) =>
      edge('READ', `dataset:test/${NAME}@${String(run * READS + i)}`),
    );
    await server.declareAll([artifact('Transform', `run-${String(run)}`, reads)]);
  }
  const runs = Array.from({ length: RUNS }, (_, run) =>
    edge('TRAINED_BY', `transform:test/run-${String(run)}@1`),
  );
  await server.declareAll([artifact('Model', 'exported', runs)]);
}, 120_000);

afterAll(async () => {
  await second.stop();
  await server.stop();
});

/** The beginning of an answer, as somebody gets it who does not read on. */
async function begin(holder: Holder, path: string): Promise<IncomingMessage> {
  const request = get(second.url + path, {
    headers: { Authorization: `Bearer ${holder.token}`, Accept: 'text/event-stream' },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

/** How the only read under a grant stands, once it does not stand open any more. */
async function outcomeOf({ id }: Holder): Promise<string> {
  for (;;) {
    const { accessLog } = await server.ask('query ($by: String) { accessLog(by: $by) { items { state } } }', {
      by: `grant:${id}`,
    });
    const [{ state }] = accessLog.items as [{ state: string }];
    if (state !== 'OPEN') return state;
    await wait(100);
  }
}

const WATCH = 'subscription { lineageChanged(of: "model:test/exported@1") { asOf } }';

test.each([
  ['export', '/v1/export?of=model:test/exported@1', 'model:test/exported@1'],
  ['evidence', '/v1/evidence?of=model:test/proved@1', 'model:test/proved@1'],
  ['stream', `/graphql/stream?query=${encodeURIComponent(WATCH)}`, 'model:test/exported@1'],
])(
  'breaks off: %s',
  async (_door, path, root) => {
    const holder = await issueGrant(server, { roots: [root] });
    const response = await begin(holder, path);
    expect(response.statusCode).toBe(200);
    await revokeGrant(server, holder.id);
    expect(await outcomeOf(holder)).toBe('ABORTED');
    await expect(response.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
  },
  60_000,
);

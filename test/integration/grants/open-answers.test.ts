/** What is still being sent when a grant ends: it ends, too, on whichever server the grant was revoked. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, edge, id } from '../../support/declarations.js';
import { issueGrant, revokeGrant, type Holder } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const MODEL = id('Model', 'm');
const WATCH = `subscription { lineageChanged(of: "${MODEL}") { asOf } }`;

let server: TestServer;
let second: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  second = await TestServer.start({ keep: true, keysDir: server.keysDir });
  // Streams end with their token by the machine's clock.
  for (const each of [server, second]) each.clock.now = Date.now();
  await server.declareAll([
    artifact('Dataset', 'd'),
    artifact('Dataset', 'other'),
    artifact('Model', 'm', [edge('TRAINED_ON', id('Dataset', 'd'))]),
  ]);
});

afterAll(async () => {
  await second.stop();
  await server.stop();
});

function openStream(holder: Holder, query: string): Promise<Response> {
  return fetch(`${second.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
      Authorization: `Bearer ${holder.token}`,
    },
    body: JSON.stringify({ query }),
  });
}

test('a stream on another server tells nothing, and ends soon after the revocation', async () => {
  const holder = await issueGrant(server, { roots: [MODEL] });
  const response = await openStream(holder, WATCH);
  expect(response.status).toBe(200);
  const received = response.text().catch((error: unknown) => error);
  await server.declareAll([artifact('Dataset', 'later')]);
  await revokeGrant(server, holder.id);
  // The connection breaks off: nothing was told, and the client sees that it did not end by itself.
  expect(await received).toHaveProperty('name', 'TypeError');
  expect((await openStream(holder, WATCH)).status).toBe(401);
}, 30_000);

test('what is hidden cannot be watched, no more than what is missing', async () => {
  const holder = await issueGrant(server, { roots: [MODEL] });
  const texts = await Promise.all(
    ['other', 'none'].map(async (name) => {
      const of = id('Dataset', name);
      const response = await openStream(holder, `subscription { lineageChanged(of: "${of}") { asOf } }`);
      return (await response.text()).replaceAll(of, 'X');
    }),
  );
  expect(texts[0]).toContain('NOT_FOUND');
  expect(texts[0]).toBe(texts[1]);
  const since = await openStream(
    holder,
    `subscription { lineageChanged(of: "${MODEL}", since: 99) { asOf } }`,
  );
  expect(await since.text()).toContain('under a grant');
});

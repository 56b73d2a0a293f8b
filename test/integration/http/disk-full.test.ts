/** A disk that is nearly full: writing stops before the database breaks, reading goes on, and all by itself. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { PedigreeClient } from '../../../src/sdk/index.js';
import { RESERVE_BYTES } from '../../../src/neo4j/disk-reserve.js';
import { artifact } from '../../support/declarations.js';
import { runEvent } from '../../support/openlineage.js';
import { TestServer } from '../../support/server.js';

let free = RESERVE_BYTES;
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ freeBytes: () => free });
});

afterAll(() => server.stop());

test('every door answers 503 DISK_FULL and when to come back; the client of the SDK waits and delivers', async () => {
  const [first] = await server.declareAll([artifact('Dataset', 'before')]);
  free = RESERVE_BYTES - 1;
  // A look at the disk holds for half a second; the doors are tried until it is over.
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${await server.token('writer')}`,
  };
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  for (
    let n = 0;
    (await post('/v1/declare', [artifact('Dataset', `until-${String(n)}`)])).status === 200;
    n++
  );

  for (const [path, body] of [
    ['/v1/declare', [artifact('Dataset', 'full')]],
    ['/api/v1/lineage', runEvent({})],
    ['/api/v1/lineage/batch', [runEvent({})]],
  ] as const) {
    const reply = await post(path, body);
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await reply.json()).toMatchObject({
      code: 'DISK_FULL',
      detail: expect.stringMatching(
        /^256 MiB of free disk space are required at .* to write, but got: 255 MiB/,
      ),
    });
  }
  const { errors } = await server.graphql('mutation($i: [JSON!]!) { declare(items: $i) { id } }', {
    i: [artifact('Dataset', 'full')],
  });
  expect(errors[0]!.extensions.code).toBe('DISK_FULL');
  expect(await server.ask('{ artifact(id: "dataset:test/before@1") { id } }')).toEqual({
    artifact: { id: 'dataset:test/before@1' },
  });

  const clock = { now: () => Date.now(), sleep: () => Promise.resolve(void (free = RESERVE_BYTES)) };
  const client = new PedigreeClient({ url: server.url, token: await server.token('writer'), clock });
  expect(await client.declare(artifact('Dataset', 'waited'))).toMatchObject({ repeated: false });
  expect(await server.declareAll([artifact('Dataset', 'before')])).toEqual([{ ...first, repeated: true }]);
});

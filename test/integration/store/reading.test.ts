/** Reads when the way to the database breaks: through a relay that drops its connections on demand. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { Database } from '../../../src/store/database.js';
import { openLog, readHead } from '../../../src/store/log-head.js';
import { migrate } from '../../../src/store/migrate.js';
import { freshDatabase } from '../../support/database.js';

const relayed = new Set<Socket>();
const relay = createServer();

let database: Database;

beforeAll(async () => {
  const target = await freshDatabase();
  const { hostname, port } = new URL(target.uri);
  relay.on('connection', (client: Socket) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => socket.destroy());
      relayed.add(socket);
    }
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const { port: own } = relay.address() as AddressInfo;
  database = await Database.connect({ ...target, uri: `bolt://127.0.0.1:${String(own)}` });
  await migrate(database);
  await openLog(database, { id: 'reading' });
}, 60_000);

afterAll(async () => {
  await database.close();
  breakConnections();
  relay.close();
});

function breakConnections(): void {
  for (const socket of relayed) socket.destroy();
  relayed.clear();
}

test('a read whose connection breaks under it is repeated from its beginning', async () => {
  let times = 0;
  const head = await database.read(async (runner) => {
    times += 1;
    await readHead(runner);
    if (times === 1) breakConnections();
    return readHead(runner);
  });
  expect(times).toBe(2);
  expect(head).toEqual({ size: 0, at: 0 });
});

test('what a read throws itself is not repeated', async () => {
  let times = 0;
  const failing = database.read(async (runner) => {
    times += 1;
    await readHead(runner);
    throw new Error('of its own');
  });
  await expect(failing).rejects.toThrow('of its own');
  expect(times).toBe(1);
});

test('a read that has ended leaves its connection fit for the next, however it ended', async () => {
  await expect(database.read(() => Promise.reject(new Error('nothing sent')))).rejects.toThrow(
    'nothing sent',
  );
  const heads = await Promise.all(Array.from({ length: 60 }, () => database.read(readHead)));
  expect(new Set(heads.map(({ size }) => size))).toEqual(new Set([0]));
});

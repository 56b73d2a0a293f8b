/** What is written in one turn goes out together, whole and in order. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { quickenClientSockets } from '../../../src/store/client-sockets.js';

const received: Buffer[] = [];
const server = createServer((peer) => {
  peer.on('data', (chunk) => received.push(chunk));
});

let socket: Socket;

beforeAll(async () => {
  // As where this module is there in two copies.
  quickenClientSockets();
  quickenClientSockets();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  expect(socket.listenerCount('connect')).toBe(1);
  await once(socket, 'connect');
});

afterAll(() => {
  socket.destroy();
  server.close();
});

test('three messages of one turn wait for its end, and the next message does not wait for an answer', async () => {
  const written = ['BEGIN ', 'RUN ', 'PULL '].map(
    (text) => new Promise((resolve) => socket.write(text, resolve)),
  );
  expect(socket.writableCorked).toBe(1);
  await Promise.all(written);
  expect(socket.writableCorked).toBe(0);
  await new Promise((resolve) => socket.write('RESET', resolve));
  socket.end();
  await once(socket, 'close');
  expect(Buffer.concat(received).toString()).toBe('BEGIN RUN PULL RESET');
});

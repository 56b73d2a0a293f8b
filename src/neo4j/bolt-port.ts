import { type AddressInfo, createServer } from 'node:net';

import { PedigreeError } from '../domain/errors.js';

/** The port to give to Neo4j: `wanted`, or a free one for 0. Throws PORT_IN_USE. Neo4j itself would not say which one it picked. */
export async function claimableBoltPort(wanted: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? boltPortInUse(wanted) : error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

export function boltPortInUse(port: number): PedigreeError {
  return new PedigreeError(
    'PORT_IN_USE',
    `a free port is required for Neo4j's Bolt connector, but got: ${port}, which another process listens on. ` +
      'Stop that process, or choose another port (0 picks a free one).',
    { port },
  );
}

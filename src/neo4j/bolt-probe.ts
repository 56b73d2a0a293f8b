import { connect } from 'node:net';

/** `refused` means that the database answered and does not accept this user and password. */
export type BoltVerdict = 'accepted' | 'refused' | 'unavailable';

/** The Bolt magic, then the versions we speak (only 4.4) in four slots: https://neo4j.com/docs/bolt/current/bolt/handshake/ */
const HANDSHAKE = Buffer.from('6060b01700000404000000000000000000000000', 'hex');
const VERSION_4_4 = 0x00000404;
const SUCCESS = 0x70;

/**
 * Asks a Bolt server on loopback whether it lets this user in. Launching needs one yes or no long before there is a
 * store, and only `src/store` may use the driver, so this speaks the two messages itself. Bolt 4.4 is chosen because
 * its HELLO carries the credentials; every Neo4j 5 speaks it.
 */
export async function probeBolt(
  port: number,
  user: string,
  password: string,
  timeoutMs = 5_000,
): Promise<BoltVerdict> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = Buffer.alloc(0);
    let greeted = false;
    const end = (verdict: BoltVerdict): void => {
      socket.destroy();
      resolve(verdict);
    };
    socket.setTimeout(timeoutMs, () => {
      end('unavailable');
    });
    socket.on('error', () => {
      end('unavailable');
    });
    socket.on('close', () => {
      end('unavailable');
    });
    socket.on('connect', () => socket.write(HANDSHAKE));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!greeted && received.length >= 4) {
        if (received.readUInt32BE(0) !== VERSION_4_4) {
          end('unavailable');
          return;
        }
        greeted = true;
        socket.write(hello(user, password));
      }
      // After the four bytes of the version: the chunk's length (2), the structure's marker (1), the message's tag (1).
      if (received.length >= 8) end(received.readUInt8(7) === SUCCESS ? 'accepted' : 'refused');
    });
  });
}

/** One HELLO in one chunk: structure of one field (B1), tag 01, a map of four (A4), end of message (00 00). */
function hello(user: string, password: string): Buffer {
  const map = { user_agent: 'pedigree-launcher/1', scheme: 'basic', principal: user, credentials: password };
  const message = Buffer.concat([
    Buffer.from('b101a4', 'hex'),
    ...Object.entries(map).flat().map(packedString),
  ]);
  return Buffer.concat([uint16(message.length), message, uint16(0)]);
}

/** PackStream's String16: D1, length, UTF-8. */
function packedString(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0xd1]), uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

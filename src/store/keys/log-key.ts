/** The key that signs checkpoints: made on the first start, kept beside the other keys, never shipped. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NoteSigner } from '../../ledger/signed-note.js';

/** Signs as one key of whatever name: a log's origin is the name of its key. */
export type LogKey = (origin: string) => NoteSigner;

/** Reads the key of a folder, and makes it if it is not there. */
export function openLogKey(folder: string): LogKey {
  const path = join(folder, 'log-key.pem');
  if (!existsSync(path)) createKey(path);
  const privateKey = createPrivateKey(readFileSync(path));
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  return (name) => ({ name, publicKey, sign: (text) => sign(null, text, privateKey) });
}

/** Two servers that start at once must agree: the first to publish a whole file wins, the other reads it. */
function createKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${path}.${randomUUID()}`;
  try {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(draft, pem, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

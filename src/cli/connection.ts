/** Where a command finds its server, and as whom it speaks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PedigreeError } from '../domain/errors.js';

export interface Connection {
  readonly url: string;
  readonly token: string;
}

/**
 * `PEDIGREE_URL` and `PEDIGREE_TOKEN`, or else the server of this machine's data folder and a token of its local key.
 *
 * Error: `CONFIGURATION` if there is neither.
 */
export async function connectionFor(role: string, name: string): Promise<Connection> {
  return {
    url: setting('PEDIGREE_URL') ?? (await localUrl()),
    token: setting('PEDIGREE_TOKEN') ?? (await localTokenFor(role, name)),
  };
}

/** An empty variable counts as not set. */
function setting(name: string): string | undefined {
  const value = process.env[name]?.trim();
  return value === '' ? undefined : value;
}

async function localUrl(): Promise<string> {
  const { readConfig } = await import('../app/config.js');
  const path = join(readConfig(process.env).dataDir, 'server.json');
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { url: string }).url;
  } catch (error) {
    throw new PedigreeError(
      'CONFIGURATION',
      `a running server is required, but there is no ${path}: start one with "npm start", or set PEDIGREE_URL`,
      {},
      error,
    );
  }
}

async function localTokenFor(role: string, name: string): Promise<string> {
  const { localToken } = await import('../app/local-token.js');
  return localToken({ role, name, namespaces: ['*'], lifetime: 24 * 3600 });
}

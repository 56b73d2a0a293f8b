/** Where a command finds its server, and as whom it speaks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PedigreeError } from '../domain/errors.js';

export interface Connection {
  readonly url: string;
  readonly token: string;
}

/**
 * What is given, or `PEDIGREE_URL` and `PEDIGREE_TOKEN`, or else the server of this machine's data folder and a token of its local key.
 *
 * Errors: `CONFIGURATION` if there is neither, `UNAUTHENTICATED` for a server that is named without a token.
 */
export async function connectionFor(
  role: string,
  name: string,
  given: Partial<Connection> = {},
): Promise<Connection> {
  const url = given.url ?? setting('PEDIGREE_URL');
  const token = given.token ?? setting('PEDIGREE_TOKEN');
  if (token !== undefined) return { url: url ?? (await localUrl()), token };
  if (url === undefined) return { url: await localUrl(), token: await localTokenFor(role, name) };
  // A token of the local key stays on this machine: another server could use it here.
  throw new PedigreeError('UNAUTHENTICATED', 'a token is required: --token or PEDIGREE_TOKEN');
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

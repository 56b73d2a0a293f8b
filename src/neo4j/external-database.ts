import { readFile } from 'node:fs/promises';

import { PedigreeError, required } from '../domain/errors.js';
import type { Database } from './database.js';
import { setting } from './environment.js';

const SCHEMES = ['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'];

/**
 * The database that NEO4J_URI, NEO4J_USERNAME (default `neo4j`) and NEO4J_PASSWORD or NEO4J_PASSWORD_FILE name.
 * It is not contacted here, and never stopped. Throws CONFIGURATION; no message repeats a secret.
 */
export async function externalDatabase(env: NodeJS.ProcessEnv): Promise<Database> {
  return {
    uri: validUri(setting(env, 'NEO4J_URI') ?? ''),
    user: setting(env, 'NEO4J_USERNAME') ?? 'neo4j',
    password: await configuredPassword(env),
    how: 'external',
    stop: () => Promise.resolve(),
  };
}

function validUri(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !SCHEMES.includes(url.protocol.slice(0, -1)) || url.hostname === '') {
    const shown = url?.password ? url.protocol : uri;
    throw new PedigreeError(
      'CONFIGURATION',
      required(`NEO4J_URI must be an address like neo4j://host:7687 (${SCHEMES.join(', ')})`, shown),
    );
  }
  if (url.username || url.password) {
    throw new PedigreeError(
      'CONFIGURATION',
      'NEO4J_URI must hold no user and no password (they belong in NEO4J_USERNAME and NEO4J_PASSWORD), but got: an address with them.',
    );
  }
  return uri;
}

async function configuredPassword(env: NodeJS.ProcessEnv): Promise<string> {
  const given = setting(env, 'NEO4J_PASSWORD');
  const file = setting(env, 'NEO4J_PASSWORD_FILE');
  if (given !== undefined && file !== undefined) {
    throw new PedigreeError(
      'CONFIGURATION',
      'either NEO4J_PASSWORD or NEO4J_PASSWORD_FILE is required, but got: both',
    );
  }
  const password = file === undefined ? given : await passwordFrom(file);
  if (password) return password;
  throw new PedigreeError(
    'CONFIGURATION',
    'NEO4J_URI is set, so NEO4J_PASSWORD or NEO4J_PASSWORD_FILE is required, but got: no password',
  );
}

async function passwordFrom(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new PedigreeError(
      'CONFIGURATION',
      `NEO4J_PASSWORD_FILE must name a readable file, but got: ${file} (${reason})`,
      { file },
      error,
    );
  }
}

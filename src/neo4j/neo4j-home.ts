import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PedigreeError } from '../domain/errors.js';
import { newSecret, readSecret, writeSecret } from './secret-file.js';

/** The only user there is: Community has no roles, and the server needs no second one. */
export const NEO4J_USER = 'neo4j';

const FOLDERS = ['conf', 'data', 'logs', 'plugins', 'import', 'run'];

/** Makes Neo4j's home inside the data folder, readable by its owner only, and returns its real path: orphans are recognised by it. */
export async function openHome(dataDir: string): Promise<string> {
  const home = join(dataDir, 'neo4j');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await Promise.all(FOLDERS.map((folder) => mkdir(join(home, folder), { recursive: true })));
  return realpath(home);
}

/**
 * The database's password. A new home gets a generated one, handed to Neo4j before its first start, so that the
 * default password never opens it, not even for a moment. Throws CONFIGURATION when a database's password is lost.
 */
export async function ensurePassword(home: string): Promise<string> {
  const file = join(home, 'password');
  const hasDatabase = existsSync(join(home, 'data', 'databases', 'system'));
  const known = await readSecret(file);
  if (known === undefined && hasDatabase) {
    throw new PedigreeError(
      'CONFIGURATION',
      `the password of the database in ${home} is required in ${file}, but got: no such file. ` +
        'Restore that file from a backup, or start over with an empty data folder.',
      { file },
    );
  }
  const password = known ?? newSecret();
  if (known === undefined) await writeSecret(file, password);
  if (!hasDatabase) await setInitialPassword(home, password);
  return password;
}

/** Loopback only, Bolt only, nothing reported home. Rewritten at every start: these are our choices, not the user's. */
export async function writeConfig(home: string, boltPort: number, pageCacheMb: number): Promise<void> {
  const settings = [
    'server.default_listen_address=127.0.0.1',
    `server.bolt.listen_address=127.0.0.1:${boltPort}`,
    `server.bolt.advertised_address=127.0.0.1:${boltPort}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    'dbms.usage_report.enabled=false',
    'dbms.security.auth_enabled=true',
    '# 256 random bits cannot be guessed, but the default lockout would let any local process lock us out.',
    'dbms.security.auth_max_failed_attempts=0',
    '# LOAD CSV is not used: it reads neither local files nor addresses of the network.',
    'dbms.security.allow_csv_import_from_file_urls=false',
    'internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0',
    '# Parameters may hold personal values.',
    'db.logs.query.enabled=OFF',
    `server.memory.pagecache.size=${pageCacheMb}m`,
    'db.tx_log.rotation.size=64m',
    'db.tx_log.rotation.retention_policy=256M size',
    '# For whoever set no limit of their own; the server sets a shorter one on each statement.',
    'db.transaction.timeout=10m',
    'db.transaction.concurrent.maximum=256',
    'db.lock.acquisition.timeout=1m',
    '# Its default waits 10 s at every stop, even with no connection open.',
    'internal.dbms.bolt.netty_server_shutdown_quiet_period=0',
  ];
  await writeFile(join(home, 'conf', 'neo4j.conf'), `${settings.join('\n')}\n`, { mode: 0o600 });
}

/**
 * Writes what `neo4j-admin dbms set-initial-password` writes (user, salted SHA-256 of 1024 rounds), without starting
 * a JVM and without showing the password in the list of processes, as that command's argument does.
 */
async function setInitialPassword(home: string, password: string): Promise<void> {
  const rounds = 1024;
  const salt = randomBytes(32);
  let hash = createHash('sha256').update(salt).update(password).digest();
  for (let round = 1; round < rounds; round++) hash = createHash('sha256').update(hash).digest();
  await mkdir(join(home, 'data', 'dbms'), { recursive: true });
  const line = `${NEO4J_USER}:SHA-256,${hash.toString('hex')},${salt.toString('hex')},${rounds}:`;
  await writeSecret(join(home, 'data', 'dbms', 'auth.ini'), line);
}

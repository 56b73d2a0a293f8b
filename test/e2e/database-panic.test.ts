/**
 * A Neo4j that panics because it can write no more, as on a full disk: here by a limit on the size of its files, which
 * needs no privilege (util-linux's prlimit). The server starts it again by itself; nobody repairs anything.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';
import neo4j from 'neo4j-driver';

import { readConfig } from '../../src/app/config.js';
import { startServer } from '../../src/app/server.js';
import { PedigreeClient } from '../../src/sdk/index.js';
import { artifact } from '../support/declarations.js';
import { findLogFaults, readPlaces } from '../support/log.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('is answered 503, loses nothing that was acknowledged, and ends without anybody doing anything', async () => {
  const dataDir = temporaryFolder();
  const home = join(dataDir, 'neo4j');
  // A folder that has an embedded database keeps to it, also where there is a Docker engine.
  mkdirSync(join(home, 'data', 'databases'), { recursive: true });
  const { PATH, HOME, XDG_CACHE_HOME, PEDIGREE_CACHE_DIR, JAVA_HOME } = process.env;
  const config = readConfig({
    ...{ PATH, HOME, XDG_CACHE_HOME, PEDIGREE_CACHE_DIR, JAVA_HOME },
    PEDIGREE_PORT: '0',
    PEDIGREE_DATA_DIR: dataDir,
    PEDIGREE_LOG_LEVEL: 'silent',
    PEDIGREE_PREPARE_THREADS: '0',
  });
  const said: string[] = [];
  const server = await startServer(config, { log: (line) => said.push(line) });
  try {
    const token = await server.tokens.sign({ name: 'panic', role: 'writer' });
    const client = new PedigreeClient({ url: server.url, token, retries: { attempts: 500, capMs: 500 } });
    const items = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) => artifact('Dataset', `${name}-${String(i)}`));
    const before = await Promise.all(items('before', 100).map((item) => client.declare(item)));

    const record = JSON.parse(readFileSync(join(home, 'run', 'launcher.json'), 'utf8')) as {
      pid: number;
      boltPort: number;
    };
    execFileSync('prlimit', ['--pid', String(record.pid), '--fsize=4096']);
    const refused = await fetch(`${server.url}/v1/declare`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(items('refused', 100)),
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    expect(await refused.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });

    const after = await Promise.all(
      [...items('before', 100), ...items('after', 100)].map((item) => client.declare(item)),
    );
    expect(after.slice(0, 100)).toEqual(before.map((receipt) => ({ ...receipt, repeated: true })));
    expect(said).toContain('Neo4j has met a critical error: it is started again');

    const auth = neo4j.auth.basic('neo4j', readFileSync(join(home, 'password'), 'utf8').trim());
    const driver = neo4j.driver(`bolt://127.0.0.1:${String(record.boltPort)}`, auth, {
      disableLosslessIntegers: true,
    });
    expect(await findLogFaults(driver)).toEqual([]);
    const places = await readPlaces(driver);
    for (const { id, digest, leafIndex } of after)
      expect(places.get(id)).toEqual([`${digest} ${String(leafIndex)}`]);
    await driver.close();
  } finally {
    await server.stop();
  }
}, 300_000);

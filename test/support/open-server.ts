/** A server on the run's Neo4j, emptied first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readConfig } from '../../src/app/config.js';
import { startServer, type RunningServer } from '../../src/app/server.js';
import { freshDatabase } from './database.js';

export interface OpenServer {
  readonly running: RunningServer;
  stop(): Promise<void>;
}

/** On a free port, with a data folder of its own. The caller stops it. */
export async function openServer(): Promise<OpenServer> {
  const { uri, user, password } = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'pedigree-test-'));
  const config = readConfig({
    NEO4J_URI: uri,
    NEO4J_USERNAME: user,
    NEO4J_PASSWORD: password,
    PEDIGREE_PORT: '0',
    PEDIGREE_DATA_DIR: dataDir,
    PEDIGREE_LOG_LEVEL: 'silent',
    PEDIGREE_PREPARE_THREADS: '0',
  });
  const running = await startServer(config, { log: () => undefined });
  const stop = async (): Promise<void> => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { running, stop };
}

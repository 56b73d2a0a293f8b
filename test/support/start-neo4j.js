/**
 * Jest's global setup: one real Neo4j for the whole run, on a port and in a folder of its own. It is plain JavaScript
 * and takes the launcher from `dist`, because Jest does not transform a global setup that is an ES module.
 * `PEDIGREE_TEST_NEO4J_URI` (see `npm run test:db`) names a running one instead, whose contents the tests wipe.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const LAUNCHER = new URL('../../dist/src/neo4j/embedded-neo4j.js', import.meta.url);

export default async function startNeo4j() {
  if (process.env.PEDIGREE_TEST_NEO4J_URI) return;
  if (!existsSync(LAUNCHER)) throw new Error('The tests start Neo4j from dist/: run "npm run build" first.');
  const { startEmbeddedNeo4j } = await import(LAUNCHER.href);
  const dataDir = await mkdtemp(join(tmpdir(), 'pedigree-test-'));
  const neo4j = await startEmbeddedNeo4j({ dataDir, boltPort: 0, log: () => undefined });
  globalThis.stopTestNeo4j = async () => {
    await neo4j.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  stopOnSignals();
  process.env.PEDIGREE_TEST_NEO4J_URI = neo4j.uri;
  process.env.PEDIGREE_TEST_NEO4J_USER = neo4j.user;
  process.env.PEDIGREE_TEST_NEO4J_PASSWORD = neo4j.password;
}

/** Jest runs no global teardown when it is interrupted, and the database must not outlive the run. */
function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      globalThis.stopTestNeo4j().finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
}

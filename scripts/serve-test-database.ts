/**
 * Keeps one Neo4j running for fast test runs on a developer's machine (`npm run test:db`), and prints what to export so
 * that the tests use it instead of starting their own. Its data is thrown away at the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedNeo4j } from '../src/neo4j/embedded-neo4j.js';

const dataDir = await mkdtemp(join(tmpdir(), 'pedigree-test-'));
const neo4j = await startEmbeddedNeo4j({
  dataDir,
  boltPort: 0,
  log: (line) => {
    console.error(line);
  },
});

console.log(`export PEDIGREE_TEST_NEO4J_URI=${neo4j.uri}`);
console.log(`export PEDIGREE_TEST_NEO4J_USER=${neo4j.user}`);
console.log(`export PEDIGREE_TEST_NEO4J_PASSWORD=${neo4j.password}`);

async function stop(): Promise<void> {
  await neo4j.stop();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());

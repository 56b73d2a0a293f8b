/**
 * Lineage beside hand-written Cypher over Bolt and a breadth-first search in memory, on one database in one run. The
 * answers of all sides must be equal before anything is measured. What is written is in bench/graphs. The parts are
 * `layers`, `chain`, `diamonds`, `hub` and `many`; `many` writes two million nodes, which takes most of the time.
 */
import neo4j from 'neo4j-driver';
import { readConfig } from '../src/app/config.js';
import { startServer } from '../src/app/server.js';
import { startEmbeddedNeo4j } from '../src/neo4j/embedded-neo4j.js';
import { measureParts } from './lineage/parts.js';
import type { BenchContext } from './main.js';
import type { Figure } from './report.js';

/** Measures all parts, or those that are named; their graphs are written first. */
export async function run({ workDir, log, only }: BenchContext): Promise<readonly Figure[]> {
  const database = await startEmbeddedNeo4j({ dataDir: workDir, log });
  const driver = neo4j.driver(database.uri, neo4j.auth.basic(database.user, database.password), {
    disableLosslessIntegers: true,
  });
  try {
    const server = await startServer(
      readConfig({
        NEO4J_URI: database.uri,
        NEO4J_USERNAME: database.user,
        NEO4J_PASSWORD: database.password,
        PEDIGREE_PORT: '0',
        PEDIGREE_DATA_DIR: workDir,
        PEDIGREE_READ_BUDGET: '0',
      }),
      { log },
    );
    try {
      const token = await server.tokens.sign({ name: 'bench', role: 'reader' });
      return await measureParts({ server, driver, token }, only, log);
    } finally {
      await server.stop();
    }
  } finally {
    await driver.close();
    await database.stop();
  }
}

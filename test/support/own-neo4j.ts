/** A Neo4j for a benchmark or a torture run, which are no Jest tests: their own, or the one that `npm run test:db` keeps. */
import { join } from 'node:path';

import { startEmbeddedNeo4j } from '../../src/neo4j/embedded-neo4j.js';
import { freshDatabase } from './database.js';
import { endWithSignal } from './end-with-signal.js';

export interface OwnNeo4j {
  /** What tells a server where it is. */
  readonly env: Readonly<Record<'NEO4J_URI' | 'NEO4J_USERNAME' | 'NEO4J_PASSWORD', string>>;
  stop(): Promise<void>;
}

/** An empty database. One that is started here lives in `folder` and ends with `stop`; another one is only wiped. */
export async function ownNeo4j(folder: string, log: (line: string) => void): Promise<OwnNeo4j> {
  let stop = (): Promise<void> => Promise.resolve();
  if (process.env.PEDIGREE_TEST_NEO4J_URI === undefined) {
    const neo4j = await startEmbeddedNeo4j({ dataDir: join(folder, 'database'), boltPort: 0, log });
    const stay = endWithSignal(() => neo4j.stop());
    stop = () => {
      stay();
      return neo4j.stop();
    };
    process.env.PEDIGREE_TEST_NEO4J_URI = neo4j.uri;
    process.env.PEDIGREE_TEST_NEO4J_USER = neo4j.user;
    process.env.PEDIGREE_TEST_NEO4J_PASSWORD = neo4j.password;
  }
  const { uri, user, password } = await freshDatabase();
  return { env: { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password }, stop };
}

/** The test run's Neo4j: where it is, a driver to it, and an empty database to begin a file with. */
import neo4j, { type Driver } from 'neo4j-driver';

export interface TestDatabase {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** Where the run's Neo4j is; throws when the test is not in the project that has one. */
export function testDatabase(): TestDatabase {
  return {
    uri: fromEnvironment('PEDIGREE_TEST_NEO4J_URI'),
    user: process.env.PEDIGREE_TEST_NEO4J_USER ?? 'neo4j',
    password: fromEnvironment('PEDIGREE_TEST_NEO4J_PASSWORD'),
  };
}

/** A driver to the run's Neo4j, with the settings that rows are typed for; the caller closes it. */
export function testDriver(): Driver {
  const { uri, user, password } = testDatabase();
  return neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
}

/** Deletes every node, in batches so that memory is bounded; constraints and indexes stay. */
export async function freshDatabase(): Promise<TestDatabase> {
  const driver = testDriver();
  try {
    const session = driver.session();
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
    await session.close();
  } finally {
    await driver.close();
  }
  return testDatabase();
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `${name} is required: database tests belong into test/integration or test/e2e and run under Jest`,
    );
  }
  return value;
}

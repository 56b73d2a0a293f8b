/** The schema as a server has it, for scripts that print it. */
import type { GraphQLSchema } from 'graphql';
import neo4j from 'neo4j-driver';

import { buildOpenSchema } from '../src/graphql/schema.js';

/** The library wants a driver to build its schema, and does not connect with it. */
export async function servedSchema(): Promise<GraphQLSchema> {
  const driver = neo4j.driver('bolt://localhost');
  const schema = await buildOpenSchema(driver);
  await driver.close();
  return schema;
}

/** Jest's global teardown: stops the Neo4j that start-neo4j.js started, if it did. */
export default async function stopNeo4j() {
  await globalThis.stopTestNeo4j?.();
}

/** What the database is doing right now, and a database that has much to do. */
import type { Driver } from 'neo4j-driver';

/** The texts of the running queries that contain a text; this one is not among them. */
export async function runningQueries(driver: Driver, text: string): Promise<string[]> {
  const { records } = await driver.executeQuery('SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery');
  const queries = records.map((record) => (record.get('currentQuery') as string | null) ?? '');
  return queries.filter((query) => query.includes(text) && !query.startsWith('SHOW TRANSACTIONS'));
}

/** Waits until something holds, looking again and again; fails after twenty seconds. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what}: not within twenty seconds`);
}

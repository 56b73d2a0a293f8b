/**
 * What a reader may not see must not show in any answer: random worlds are told twice, the second time with everything
 * changed that a random reader may not see, and random operations must get the same answer from both, byte for byte, once
 * digests, surrogates, cursors and tree sizes have the same names. A cycle is one world, one reader and one operation; with
 * `--seed` it can be run again.
 */
import { rm } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedNeo4j } from '../../src/neo4j/embedded-neo4j.js';
import { TestServer } from '../support/server.js';
import { compareTellings } from './hiding/harness.js';
import type { Outcome, TortureContext } from './outcome.js';

/** After so many the database begins empty again, so that it stays small. */
const CYCLES_EACH = 1_000;

export async function run({ cycles, seed, log }: TortureContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-torture-'));
  const database = await startEmbeddedNeo4j({ dataDir: join(folder, 'database'), boltPort: 0, log });
  process.env.PEDIGREE_TEST_NEO4J_URI = database.uri;
  process.env.PEDIGREE_TEST_NEO4J_USER = database.user;
  process.env.PEDIGREE_TEST_NEO4J_PASSWORD = database.password;
  try {
    return await withServers({ cycles, seed, log });
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function withServers({ cycles, seed, log }: TortureContext): Promise<Outcome> {
  const facts: Record<string, number> = {};
  const violations: string[] = [];
  for (let from = 0; from < cycles; from += CYCLES_EACH) {
    const server = await TestServer.start({ env: { PEDIGREE_READ_BUDGET: '0' } });
    try {
      const count = Math.min(CYCLES_EACH, cycles - from);
      const found = await compareTellings(server, { cycles: count, seed, from });
      add(facts, {
        'with something hidden': found.hiding,
        'under a grant': found.granted,
        'answered with data': found.answered,
        ...Object.fromEntries(Object.entries(found.forms).map(([form, n]) => [`answered, with ${form}`, n])),
      });
      violations.push(...found.violations);
      log(`${String(from + count)} cycles, ${String(violations.length)} violations`);
    } finally {
      await server.stop();
    }
  }
  return { cycles, violations, facts };
}

function add(facts: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [fact, count] of Object.entries(more)) facts[fact] = (facts[fact] ?? 0) + count;
}

/**
 * Tampers with a log in every way: each property of each node and relationship, in the database, found by `fsck`; each bit
 * of each tile, entry bundle and checkpoint, found by a follower; each bit of an evidence file, found by the verifier. All
 * of them must be found, and named. `--cycles 8`, or more, does everything; fewer do one of eight changes each.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CheckedLog, missed } from '../support/checked-log.js';
import { alteredBits, unnoticedEvidenceBits, unnoticedLogBits } from '../support/every-bit.js';
import { ownNeo4j } from '../support/own-neo4j.js';
import { tamperingDriver, tamperings } from '../support/tampering.js';
import { startWholeLog } from '../support/whole-log.js';
import type { Outcome, TortureContext } from './outcome.js';

const PARTS = 8;

export async function run({ cycles, log }: TortureContext): Promise<Outcome> {
  const parts = Array.from({ length: Math.min(cycles, PARTS) }, (_, part) => part);
  const violations: string[] = [];
  const facts: Record<string, number> = {};
  for (const part of parts) {
    const bits = alteredBits(part, PARTS);
    for (const unnoticed of [unnoticedLogBits, unnoticedEvidenceBits]) {
      for (const [what, { tried, missed: found }] of Object.entries(await unnoticed(bits))) {
        facts[what] = (facts[what] ?? 0) + tried;
        violations.push(...found);
      }
    }
    log(`part ${part}: files done, ${violations.length} violations`);
  }
  const database = await tamperWithDatabase(parts, log);
  return {
    cycles: parts.length,
    violations: [...violations, ...database.violations],
    facts: { ...facts, 'changes in the database': database.tried },
  };
}

async function tamperWithDatabase(
  parts: readonly number[],
  log: TortureContext['log'],
): Promise<{ tried: number; violations: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-torture-'));
  const database = await ownNeo4j(folder, log);
  const server = await startWholeLog(256);
  await server.running.stop();
  const driver = tamperingDriver();
  const checked = await CheckedLog.open(server.keysDir);
  const violations: string[] = [];
  let tried = 0;
  try {
    const all = await tamperings(driver);
    for (const [i, tampering] of all.entries()) {
      if (!parts.includes(i % PARTS)) continue;
      tried += 1;
      const fault = await missed(checked, driver, tampering);
      if (fault !== undefined) violations.push(fault);
      if (tried % 500 === 0) log(`${i + 1} of ${all.length}: ${violations.length} violations`);
    }
    const left = await checked.fsck();
    violations.push(...left.map((finding) => `left behind: ${JSON.stringify(finding)}`));
    return { tried, violations };
  } finally {
    await checked.close();
    await driver.close();
    await server.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

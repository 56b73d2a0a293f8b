/**
 * Kills servers with SIGKILL at random moments while several writers declare through two of them. What was acknowledged
 * must be there exactly once, with the digest and the place of its receipt; no batch may be there in part; and every
 * item sent again must get the same receipt.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import neo4j, { type Driver } from 'neo4j-driver';

import { LocalTokens } from '../../src/access/token-keys.js';
import type { AcceptedReceipt, Declaration } from '../../src/domain/declaration.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { findEntryFaults, findLogFaults, readPlaces, settleLog } from '../support/log.js';
import { ownNeo4j } from '../support/own-neo4j.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { declare, isBroken, isSamePlace, itemsOf } from './load/posts.js';
import type { Outcome, TortureContext } from './outcome.js';
import { randomFrom, type Random } from './random.js';

const WRITERS = 4;
/** The longest that a cycle lets the servers write before the kill, in milliseconds. */
const LONGEST = 1_500;

interface Batch {
  readonly items: readonly Declaration[];
  receipts?: readonly AcceptedReceipt[];
}

interface World {
  readonly driver: Driver;
  readonly env: Readonly<Record<string, string>>;
  readonly keysDir: string;
  readonly dataDirs: readonly string[];
  readonly random: Random;
  /** Every batch that was ever sent, acknowledged or not. */
  readonly batches: Batch[];
  kills: number;
}

export async function run({ cycles, seed, log }: TortureContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-torture-'));
  const database = await ownNeo4j(folder, log);
  const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD } = database.env;
  const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD), {
    disableLosslessIntegers: true,
  });
  const keysDir = join(folder, 'keys');
  const world: World = {
    driver,
    env: { ...database.env, PEDIGREE_KEYS_DIR: keysDir },
    keysDir,
    dataDirs: [join(folder, 'one'), join(folder, 'two')],
    random: randomFrom(seed),
    batches: [],
    kills: 0,
  };
  const violations: string[] = [];
  try {
    for (let cycle = 0; cycle < cycles; cycle++) {
      const found = await runCycle(world, cycle);
      violations.push(...found.map((violation) => `cycle ${cycle}: ${violation}`));
      log(`cycle ${cycle}: ${world.batches.length} batches, ${found.length} violations`);
    }
    return { cycles, violations, facts: factsOf(world) };
  } finally {
    await driver.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function factsOf({ kills, batches }: World): Outcome['facts'] {
  const acknowledged = batches.filter(({ receipts }) => receipts !== undefined);
  return {
    kills,
    batches: batches.length,
    'batches acknowledged': acknowledged.length,
    items: batches.reduce((sum, { items }) => sum + items.length, 0),
  };
}

async function runCycle(world: World, cycle: number): Promise<string[]> {
  const servers = world.dataDirs.map((dataDir) => new SpawnedCommand(['serve'], { env: world.env, dataDir }));
  try {
    const urls = await Promise.all(servers.map((server) => server.url()));
    const token = await LocalTokens.open(world.keysDir).sign({ name: 'torture', role: 'writer' });
    const retried = await retryAll(world, urls, token);
    const stop = new AbortController();
    const writers = Array.from({ length: WRITERS }, (_, w) =>
      writeUntil(world, stop.signal, {
        url: urls[w % urls.length] as string,
        token,
        name: `c${cycle}-w${w}`,
      }),
    );
    for (const server of servers) {
      await new Promise((resolve) => setTimeout(resolve, world.random(LONGEST)));
      await server.end('SIGKILL');
      world.kills++;
    }
    stop.abort();
    await Promise.all(writers);
    return [...retried, ...(await inspect(world))];
  } finally {
    for (const server of servers) await server.dispose();
  }
}

/** Sends every batch of the cycles before again: what was acknowledged must get the same places. */
async function retryAll({ batches }: World, urls: readonly string[], token: string): Promise<string[]> {
  const violations: string[] = [];
  for (const [i, batch] of batches.entries()) {
    const receipts = await declare(urls[i % urls.length] as string, token, batch.items);
    const before = batch.receipts;
    if (before !== undefined && receipts.some((receipt, at) => !isSamePlace(receipt, before[at]))) {
      violations.push(`batch ${i} got other receipts the second time`);
    }
    batch.receipts = receipts;
  }
  return violations;
}

interface Writer {
  readonly url: string;
  readonly token: string;
  readonly name: string;
}

async function writeUntil(world: World, signal: AbortSignal, { url, token, name }: Writer): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    const batch: Batch = { items: itemsOf(`${name}-b${n}`, 1 + world.random(60)) };
    world.batches.push(batch);
    try {
      batch.receipts = await declare(url, token, batch.items);
    } catch (error) {
      if (!isBroken(error)) throw error;
      return;
    }
  }
}

/** What the database holds now, against everything that was sent and acknowledged. */
async function inspect({ driver, batches, keysDir }: World): Promise<string[]> {
  await settleLog(driver);
  const keyStore = new EmbeddedKeyStore(keysDir);
  const violations = [...(await findLogFaults(driver)), ...(await findEntryFaults(driver, keyStore))];
  await keyStore.close();
  const stored = await readPlaces(driver);
  for (const [i, { items, receipts }] of batches.entries()) {
    const present = items.filter((item) => stored.has(item.id)).length;
    if (present !== 0 && present !== items.length)
      violations.push(`batch ${i}: ${present} of ${items.length} items are there`);
    for (const { id: item, digest, leafIndex } of receipts ?? []) {
      const places = stored.get(item) ?? [];
      if (places.length !== 1 || places[0] !== `${digest} ${leafIndex}`)
        violations.push(`${item} is not where its receipt says`);
    }
  }
  return violations;
}

/**
 * Kills servers at each step from an entry to its signed head: as the lock is taken, as entries are written, during and
 * after the commit, before and after tiles are stored, before, in the middle of and after keeping the signed head, and at
 * random moments. Two servers share the log in every third cycle. Meanwhile an outsider follows the log. Nothing that was
 * acknowledged may be lost, no leaf index may be missing, and no two heads may conflict.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import neo4j, { type Driver } from 'neo4j-driver';

import { LocalTokens } from '../../src/access/token-keys.js';
import { followOnce, type Followed } from '../../src/cli/follow/follower.js';
import { HttpLog } from '../../src/cli/follow/log-source.js';
import { FollowError } from '../../src/cli/follow/verdict.js';
import { parseVerifierKey, type NoteVerifier } from '../../src/ledger/signed-note.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { artifact } from '../support/declarations.js';
import { findEntryFaults } from '../support/log.js';
import { ownNeo4j } from '../support/own-neo4j.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { LogInspection } from './ledger/inspection.js';
import { declare, isBroken } from './load/posts.js';
import type { Outcome, TortureContext } from './outcome.js';
import { randomFrom, type Random } from './random.js';

const STEPS = [
  'lock',
  'write',
  'advance',
  'commit',
  'acknowledge',
  'tile',
  'tiled',
  'sign',
  'keep',
  'publish',
  'any',
];
const DOOMED_SERVER = 'dist/test/torture/ledger/doomed-server.js';
/** A step that does not come by itself in this time is no longer waited for, in milliseconds. */
const LONGEST = 6_000;

interface World {
  readonly driver: Driver;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly keysDir: string;
  readonly random: Random;
  readonly inspection: LogInspection;
  /** Every acknowledged item with its place: `digest leafIndex`. */
  readonly acknowledged: Map<string, string>;
  readonly kills: Record<string, number>;
  followed: Followed | undefined;
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
    ...{ driver, folder, keysDir },
    env: { ...database.env, PEDIGREE_KEYS_DIR: keysDir, PEDIGREE_LOG_LEVEL: 'silent' },
    random: randomFrom(seed),
    inspection: new LogInspection(driver, keysDir),
    acknowledged: new Map(),
    kills: {},
    followed: undefined,
  };
  const violations: string[] = [];
  try {
    for (let cycle = 0; cycle < cycles; cycle++) {
      const step = STEPS[cycle % STEPS.length] as string;
      const found = await runCycle(world, cycle, step);
      violations.push(...found.map((violation) => `cycle ${cycle} (${step}): ${violation}`));
      log(`cycle ${cycle} (${step}): ${world.acknowledged.size} acknowledged, ${found.length} violations`);
    }
    violations.push(...(await inspectEverything(world)));
    return { cycles, violations, facts: factsOf(world) };
  } finally {
    await driver.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function factsOf({ kills, acknowledged, followed }: World): Outcome['facts'] {
  return {
    ...Object.fromEntries(Object.entries(kills).map(([step, count]) => [`kills at ${step}`, count])),
    'entries acknowledged': acknowledged.size,
    'entries in the last head that an outsider proved': followed?.size ?? 0,
  };
}

async function runCycle(world: World, cycle: number, step: string): Promise<string[]> {
  const steps = cycle % 3 === 2 ? [step, 'any'] : [step];
  const servers = steps.map((at, i) => startDoomed(world, at, i));
  const violations: string[] = [];
  try {
    const urls = await Promise.all(
      servers.map(async (server) => (await server.says(/Pedigree is at (\S+)/))[1]!),
    );
    violations.push(...(await follow(world, urls)));
    const stop = new AbortController();
    const writers = urls.map((url, i) => writeUntil(world, stop.signal, url, `c${cycle}-${i}`));
    const follower = followUntil(world, stop.signal, urls);
    await Promise.all(servers.map((server, i) => awaitDeath(world, server, steps[i] as string)));
    stop.abort();
    await Promise.all(writers);
    violations.push(...(await follower));
  } finally {
    for (const server of servers) await server.dispose();
  }
  await settle(world.driver);
  return [...violations, ...(await world.inspection.run())];
}

function startDoomed({ env, folder, random }: World, step: string, i: number): SpawnedCommand {
  const times = ['lock', 'write', 'advance', 'commit', 'acknowledge'].includes(step)
    ? 1 + random(8)
    : 1 + random(2);
  return new SpawnedCommand([step, String(times)], {
    env,
    dataDir: join(folder, `data-${i}`),
    script: DOOMED_SERVER,
  });
}

/** The server dies at its step, or else from outside. */
async function awaitDeath({ kills, random }: World, server: SpawnedCommand, step: string): Promise<void> {
  const patience = new AbortController();
  const killed = sleep(step === 'any' ? random(1_500) : LONGEST, undefined, { signal: patience.signal }).then(
    () => {
      server.child.kill('SIGKILL');
      return step === 'any' ? step : 'no step in time';
    },
    () => step,
  );
  await server.ended;
  patience.abort();
  const cause = await killed;
  kills[cause] = (kills[cause] ?? 0) + 1;
}

async function writeUntil(world: World, signal: AbortSignal, url: string, name: string): Promise<void> {
  const token = await LocalTokens.open(world.keysDir).sign({ name: 'torture', role: 'writer' });
  for (let n = 0; !signal.aborted; n++) {
    const count = 1 + world.random(120);
    const items = Array.from({ length: count }, (_, i) => artifact('Dataset', `${name}-${n}-${i}`));
    try {
      for (const { id, digest, leafIndex } of await declare(url, token, items)) {
        world.acknowledged.set(id, `${digest} ${leafIndex}`);
      }
    } catch (error) {
      if (!isBroken(error)) throw error;
      return;
    }
  }
}

async function followUntil(world: World, signal: AbortSignal, urls: readonly string[]): Promise<string[]> {
  const violations: string[] = [];
  while (!signal.aborted) {
    violations.push(...(await follow(world, urls)));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return violations;
}

/** One look at each server's log: what it signs must extend whatever was signed before, by any of them. */
async function follow(world: World, urls: readonly string[]): Promise<string[]> {
  for (const url of urls) {
    try {
      const verifier = await readKey(url);
      const source = new HttpLog(`${url}/log/lineage`);
      world.followed = await followOnce(source, world.followed, { verifier, entries: false, all: false });
    } catch (error) {
      if (error instanceof FollowError && error.finding !== 'UNREACHABLE')
        return [`${error.finding}: ${error.message}`];
      if (!(error instanceof FollowError) && (error as Error).name !== 'TypeError') throw error;
    }
  }
  return [];
}

async function readKey(url: string): Promise<NoteVerifier> {
  return parseVerifierKey((await (await fetch(`${url}/log/lineage/vkey`)).text()).trim());
}

/** A killed server's transaction may still commit or roll back; it holds the log's lock until then, so take it once. */
async function settle(driver: Driver): Promise<void> {
  await driver.executeQuery('MATCH (h:LogHead) SET h.lock = true RETURN h.size');
}

/** Each acknowledged item is where its receipt says, and every entry can be made again from the graph. */
async function inspectEverything({ driver, keysDir, acknowledged }: World): Promise<string[]> {
  const keyStore = new EmbeddedKeyStore(keysDir);
  const violations = await findEntryFaults(driver, keyStore);
  await keyStore.close();
  const { records } = await driver.executeQuery(
    'MATCH (n:Artifact) WHERE n.digest IS NOT NULL RETURN n.id AS id, n.digest + " " + n.leafIndex AS place',
  );
  const stored = new Map(
    records.map((record) => [record.get('id') as string, record.get('place') as string]),
  );
  for (const [id, place] of acknowledged) {
    if (stored.get(id) !== place) violations.push(`${id} is not where its receipt says`);
  }
  return violations;
}

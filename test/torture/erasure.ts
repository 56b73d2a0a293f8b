/**
 * Erases a tenth of the people while others are declared, and kills the erasing server at a random moment. Each erasure
 * must come to one certificate; values must read ERASED on every server; every entry must still be made again from the
 * graph; every proof and evidence file from before must verify and be given out again; and neither a planted personal byte
 * nor a destroyed key may be in any file: database, transaction logs, key store, tiles, server logs, exports, backups.
 */
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import neo4j, { type Driver } from 'neo4j-driver';

import { LocalTokens } from '../../src/access/token-keys.js';
import type { AcceptedReceipt, Declaration } from '../../src/domain/declaration.js';
import type { Role } from '../../src/access/scopes.js';
import { startEmbeddedNeo4j } from '../../src/neo4j/embedded-neo4j.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { artifact, edge, id } from '../support/declarations.js';
import { findEntryFaults, findLogFaults } from '../support/log.js';
import { filesWith, planted, plantedDecision } from '../support/planted.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { checkNewEvidence, EarlierProofs, type Door } from './erasure/earlier-proofs.js';
import { servedLogs } from './erasure/served-logs.js';
import type { Outcome, TortureContext } from './outcome.js';
import { randomFrom, type Random } from './random.js';

const PEOPLE = 60;
const DECISIONS_EACH = 3;
/** The longest that an erasure may run before its server is killed, in milliseconds. */
const LONGEST = 400;
const CERTIFICATE =
  '{ id basis completedAt asOf entries { id digest leafIndex } erased { artifacts members withoutDigest items { items { id paths } } } remains { models { items } } }';

interface World {
  readonly folder: string;
  readonly driver: Driver;
  readonly env: Readonly<Record<string, string>>;
  readonly keysDir: string;
  readonly random: Random;
  readonly mark: string;
  readonly servers: SpawnedCommand[];
  readonly urls: string[];
  /** What the servers printed and answered, kept to be searched. */
  readonly said: string[];
  /** Everything declared, in order, by person. */
  readonly people: Map<string, Declaration[]>;
  readonly erased: Set<string>;
  readonly destroyed: Map<string, Buffer>;
  readonly violations: string[];
  kills: number;
}

export async function run({ cycles, seed, log }: TortureContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-torture-'));
  // Its own database whatever the environment has: its files are searched.
  const database = await startEmbeddedNeo4j({ dataDir: join(folder, 'database'), boltPort: 0, log });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= database.stop());
  const { uri, user, password } = database;
  const world: World = {
    folder,
    driver: neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true }),
    env: {
      NEO4J_URI: uri,
      NEO4J_USERNAME: user,
      NEO4J_PASSWORD: password,
      PEDIGREE_KEYS_DIR: join(folder, 'keys'),
    },
    keysDir: join(folder, 'keys'),
    random: randomFrom(seed),
    mark: `planted${String(seed)}`,
    servers: [],
    urls: [],
    said: [],
    people: new Map(),
    erased: new Set(),
    destroyed: new Map(),
    violations: [],
    kills: 0,
  };
  try {
    for (const name of ['one', 'two']) await startServer(world, name);
    await load(world);
    const earlier = await EarlierProofs.collect(
      doorOf(world),
      [...world.people.values()].flat().map((item) => item.id),
    );
    for (let cycle = 0; cycle < cycles; cycle++) {
      await runCycle(world, cycle);
      log(`cycle ${cycle}: ${world.erased.size} people erased, ${world.violations.length} violations`);
    }
    await inspect(world, earlier);
    await searchFiles(world, stop);
    const { violations, erased, kills, people } = world;
    const facts = { people: people.size, erased: erased.size, kills, 'earlier proofs': earlier.count };
    return { cycles, violations, facts };
  } finally {
    for (const server of world.servers) await server.dispose();
    await world.driver.close();
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startServer(world: World, name: string): Promise<void> {
  const server = new SpawnedCommand(['serve'], { env: world.env, dataDir: join(world.folder, name) });
  world.servers.push(server);
  world.urls[world.servers.length - 1] = await server.url();
}

async function load(world: World): Promise<void> {
  const { mark, people } = world;
  for (let i = 0; i < PEOPLE; i++) {
    const subject = planted(mark, `subject-${i}`);
    const decisions = Array.from({ length: DECISIONS_EACH }, (_, n) =>
      plantedDecision(mark, `p${i}-${n}`, subject),
    );
    people.set(subject, decisions);
  }
  const setting = [
    // What is not personal lies open: it shows that the search finds what is there.
    artifact('Dataset', 'applications', [], { fields: { location: planted(mark, 'open') } }),
    artifact('Model', 'credit', [edge('TRAINED_ON', id('Dataset', 'applications'))]),
  ];
  await declare(world, 0, [...setting, ...[...people.values()].flat()]);
}

/** A tenth of those who are left, each erased on a server that may die over it, while more is declared about them. */
async function runCycle(world: World, cycle: number): Promise<void> {
  const left = [...world.people.keys()].filter((subject) => !world.erased.has(subject));
  const chosen = left.slice(0, Math.max(1, Math.floor(PEOPLE / 10)));
  for (const [n, subject] of chosen.entries()) {
    const victim = world.random(2);
    const key = await keyOf(world, subject);
    const late = plantedDecision(world.mark, `late-${cycle}-${n}`, subject);
    const dying = erase(world, victim, subject).catch(() => undefined);
    const writing = declare(world, 1 - victim, [late]);
    if (world.random(2) === 0) {
      await new Promise((resolve) => setTimeout(resolve, world.random(LONGEST)));
      await killAndRestart(world, victim);
    }
    await dying;
    await writing;
    world.people.get(subject)!.push(late);
    const certificate = await erase(world, 1 - victim, subject);
    const again = await erase(world, victim, subject);
    if (certificate !== again) world.violations.push(`cycle ${cycle}: two certificates for person ${n}`);
    world.erased.add(subject);
    world.destroyed.set(`key of person ${cycle}/${n}`, key);
  }
}

async function killAndRestart(world: World, at: number): Promise<void> {
  const server = world.servers[at] as SpawnedCommand;
  await server.end('SIGKILL');
  world.kills++;
  world.said.push(server.stdout, server.stderr);
  const next = new SpawnedCommand(['serve'], { env: world.env, dataDir: server.dataDir });
  world.servers[at] = next;
  world.urls[at] = await next.url();
}

async function inspect(world: World, earlier: EarlierProofs): Promise<void> {
  const { driver, violations, people, erased } = world;
  const keyStore = new EmbeddedKeyStore(world.keysDir);
  violations.push(...(await findLogFaults(driver)), ...(await findEntryFaults(driver, keyStore)));
  await keyStore.close();
  violations.push(...(await earlier.check(doorOf(world))));
  for (const [subject, declarations] of people) {
    const receipts = await declare(world, 0, declarations);
    const isErased = erased.has(subject);
    for (const [i, receipt] of receipts.entries()) {
      if (!receipt.repeated || (receipt.erased ?? false) !== isErased)
        violations.push(
          `${declarations[i]!.id}: repeated ${receipt.repeated}, erased ${receipt.erased ?? false}`,
        );
    }
    for (const at of [0, 1]) violations.push(...(await wrongStates(world, at, declarations, isErased)));
  }
}

async function wrongStates(
  world: World,
  at: number,
  declarations: readonly Declaration[],
  isErased: boolean,
): Promise<string[]> {
  const fields = declarations.map((item, i) => `a${i}: artifact(id: "${item.id}") { personal { state } }`);
  const data = await ask(world, at, `{ ${fields.join(' ')} }`, {});
  return Object.values(data).flatMap((found) => {
    const states = (found as { personal: { state: string }[] }).personal.map(({ state }) => state);
    const wrong = states.length !== 5 || states.some((state) => state !== (isErased ? 'ERASED' : 'OPEN'));
    return wrong ? [`server ${at}: states ${states.join(' ')}, erased ${isErased}`] : [];
  });
}

/** A database that was stopped has everything in its files; the backup is a copy taken then. */
async function searchFiles(world: World, stopDatabase: () => Promise<void>): Promise<void> {
  const { folder, servers, said, violations, mark, destroyed } = world;
  said.push(await exported(world), ...(await servedLogs(doorOf(world))));
  const anew = await checkNewEvidence(
    doorOf(world),
    [...world.erased].map((subject) => world.people.get(subject)![0]!.id),
  );
  said.push(...anew.texts);
  violations.push(...anew.faults);
  for (const server of servers) {
    await server.end('SIGTERM');
    said.push(server.stdout, server.stderr);
  }
  await stopDatabase();
  cpSync(world.keysDir, join(folder, 'backup-of-keys'), { recursive: true });
  cpSync(join(folder, 'database', 'neo4j', 'data'), join(folder, 'backup'), { recursive: true });
  const personal = ['subject', 'feature', 'nested', 'row', 'text'].map((what): [string, Buffer] => [
    what,
    Buffer.from(`${mark}-${what}`),
  ]);
  violations.push(...filesWith(folder, new Map([...personal, ...destroyed])));
  if (filesWith(folder, new Map([['open', Buffer.from(`${mark}-open`)]])).length === 0)
    violations.push('the search finds nothing, not even what lies open');
  for (const [what, bytes] of personal) {
    if (said.some((text) => text.includes(bytes.toString())))
      violations.push(`${what} in what a server said`);
  }
}

/** The whole ancestry of a decision whose person was erased. */
async function exported({ urls, keysDir, people, erased }: World): Promise<string> {
  const [subject] = erased;
  const [decision] = people.get(subject!)!;
  const url = `${urls[0]!}/v1/export?of=${encodeURIComponent(decision!.id)}`;
  const text = await (await fetch(url, { headers: await authorization(keysDir) })).text();
  if (!text.includes(decision!.id)) throw new Error(text.slice(0, 500));
  return text;
}

async function authorization(keysDir: string, role: Role = 'admin'): Promise<{ Authorization: string }> {
  const token = await LocalTokens.open(keysDir).sign({ name: 'torture', role });
  return { Authorization: `Bearer ${token}` };
}

/** What an outsider asks: the first server, whichever process it is now. */
function doorOf(world: World): Door {
  return {
    graphql: (query) => ask(world, 0, query, {}),
    text: async (path, role) => {
      const headers = await authorization(world.keysDir, role);
      const response = await fetch(`${world.urls[0]!}${path}`, { headers });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${String(response.status)} ${text.slice(0, 500)}`);
      return text;
    },
  };
}

async function keyOf({ keysDir }: World, subject: string): Promise<Buffer> {
  const keyStore = new EmbeddedKeyStore(keysDir);
  const { key } = (await keyStore.subjectKeys([subject])).get(subject)!;
  await keyStore.close();
  return Buffer.from(key);
}

/** The certificate as text, to be compared; what an answer says is searched, too. */
async function erase(world: World, at: number, subject: string): Promise<string> {
  const query = `mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "torture") ${CERTIFICATE} }`;
  const certificate = JSON.stringify(await ask(world, at, query, { subject }));
  world.said.push(certificate);
  return certificate;
}

async function ask(world: World, at: number, query: string, variables: object): Promise<object> {
  const text = await post(world, at, '/graphql', { query, variables });
  const { data, errors } = JSON.parse(text) as { data: object; errors?: unknown[] };
  if (errors) throw new Error(text);
  return data;
}

async function declare(world: World, at: number, items: readonly Declaration[]): Promise<AcceptedReceipt[]> {
  const text = await post(world, at, '/v1/declare', items);
  const receipts = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AcceptedReceipt);
  if (receipts.some((receipt) => 'error' in receipt)) throw new Error(text.slice(0, 500));
  return receipts;
}

async function post({ urls, keysDir }: World, at: number, path: string, body: unknown): Promise<string> {
  const response = await fetch(`${urls[at]!}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(await authorization(keysDir)) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${String(response.status)} ${text.slice(0, 500)}`);
  return text;
}

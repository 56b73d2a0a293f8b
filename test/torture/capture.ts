/**
 * `npm run torture -- capture --cycles N`: the server or Neo4j (or both) is killed with SIGKILL at a random moment while
 * plain posts, the SDK's client and the SDK's log of decisions write, and is started again. Nobody is told; they find out.
 *
 * Promised: what was acknowledged is there once, with the digest and the place of its receipt; leaf indexes run without a
 * gap; no request is there in part; whoever sends again gets the first receipt; the server comes back by itself when the
 * database does; what the log of decisions took arrives, by way of its spill folder if need be.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import neo4j, { type Driver } from 'neo4j-driver';

import { LocalTokens } from '../../src/access/token-keys.js';
import { startEmbeddedNeo4j, type RunningNeo4j } from '../../src/neo4j/embedded-neo4j.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { findEntryFaults, findLogFaults, readPlaces, settleLog } from '../support/log.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { DecisionLogger, Gate, RawWriter, SdkWriter, type Surroundings } from './load/producers.js';
import type { Outcome, TortureContext } from './outcome.js';
import { randomFrom, type Random } from './random.js';

/** The longest that a cycle lets everybody write before the kill, in milliseconds. */
const LONGEST = 1_500;
/** Who is killed, in turn. */
const TURNS = ['server', 'database', 'server', 'both'] as const;
/** The longest that coming back may take, so that a run ends also when something never does. */
const BACK_WITHIN_MS = 120_000;
const WRITERS = 3;
/** Cycles after which everything in the database is looked at, and not only at the end. */
const INSPECT_EVERY = 25;

interface Load {
  readonly raw: readonly RawWriter[];
  readonly sdk: SdkWriter;
  readonly logger: DecisionLogger;
}

/** The two processes that are killed. Both come back where they were: same port, same folder. */
class Victims {
  readonly kills = { server: 0, database: 0 };
  private database!: RunningNeo4j;
  private server!: SpawnedCommand;
  private gone: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly ports: { readonly http: number; readonly bolt: number },
    private readonly log: (line: string) => void,
  ) {}

  static async start(folder: string, log: (line: string) => void): Promise<Victims> {
    const victims = new Victims(folder, { http: await freePort(), bolt: await freePort() }, log);
    await victims.startDatabase();
    await victims.startServer();
    return victims;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  get keysDir(): string {
    return join(this.folder, 'server', 'keys');
  }

  driver(): Driver {
    const { uri, user, password } = this.database;
    return neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  }

  async killServer(): Promise<void> {
    this.kills.server++;
    await this.server.end('SIGKILL');
  }

  async killDatabase(): Promise<void> {
    this.kills.database++;
    process.kill(this.database.pid, 'SIGKILL');
    await this.gone;
  }

  async startDatabase(): Promise<void> {
    let ended = (): void => undefined;
    this.gone = new Promise((resolve) => (ended = resolve));
    this.database = await startEmbeddedNeo4j({
      dataDir: join(this.folder, 'database'),
      boltPort: this.ports.bolt,
      heapMb: 512,
      log: (line) => {
        if (!/starting Neo4j|answers on| WARN /.test(line)) this.log(line);
      },
      onExit: () => {
        ended();
      },
    });
  }

  async startServer(): Promise<void> {
    const { uri, user, password } = this.database;
    this.server = new SpawnedCommand(['serve'], {
      dataDir: join(this.folder, 'server'),
      env: {
        NEO4J_URI: uri,
        NEO4J_USERNAME: user,
        NEO4J_PASSWORD: password,
        PEDIGREE_PORT: String(this.ports.http),
      },
    });
    await this.server.url();
  }

  async stop(): Promise<void> {
    await this.server.dispose();
    await this.database.stop();
  }
}

export async function run({ cycles, seed, log }: TortureContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-torture-'));
  const victims = await Victims.start(folder, log);
  const token = await LocalTokens.open(victims.keysDir).sign({
    name: 'torture',
    role: 'writer',
    lifetime: 86_400,
  });
  const violations: string[] = [];
  const stop = new AbortController();
  const gate = new Gate();
  const random = randomFrom(seed);
  const around: Surroundings = {
    target: { url: victims.url, token },
    gate,
    random: randomFrom(seed + 1),
    stop: stop.signal,
    violated: (what) => violations.push(what),
  };
  const spill = join(folder, 'spill');
  const load: Load = {
    raw: Array.from({ length: WRITERS }, (_, w) => new RawWriter(`raw${w}`, around)),
    sdk: new SdkWriter('sdk', around),
    logger: new DecisionLogger(spill, around),
  };
  try {
    const running = [...load.raw, load.sdk, load.logger].map((producer) => producer.run());
    for (let cycle = 0; cycle < cycles; cycle++) {
      const what = TURNS[cycle % TURNS.length]!;
      await runCycle(victims, load, what, random);
      if ((cycle + 1) % INSPECT_EVERY === 0) violations.push(...(await inspectAtRest(victims, load, gate)));
      log(`cycle ${cycle}: ${what} killed; ${violations.length} violations so far`);
    }
    stop.abort();
    await inTime('the last receipts', Promise.all(running));
    await inTime('emptying the spill folder', load.logger.close());
    log(`all is delivered: ${JSON.stringify(factsOf(victims, load))}`);
    violations.push(...(await inspect(victims, load)), ...(await undelivered(victims, load, spill)));
    return { cycles, violations, facts: factsOf(victims, load) };
  } finally {
    stop.abort();
    gate.reopen();
    await victims.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills one of the two, or one soon after the other, and waits until everybody is acknowledged again. */
async function runCycle(
  victims: Victims,
  load: Load,
  what: (typeof TURNS)[number],
  random: Random,
): Promise<void> {
  await sleep(random(LONGEST));
  if (what !== 'server') await victims.killDatabase();
  if (what === 'both') await sleep(random(100));
  if (what !== 'database') await victims.killServer();
  if (what !== 'server') await victims.startDatabase();
  if (what !== 'database') await victims.startServer();
  await inTime(`writing again after ${what} was killed`, acknowledgedAgain(load));
}

/** Resolves when each producer has got further than it is now. */
async function acknowledgedAgain({ raw, sdk, logger }: Load): Promise<void> {
  const marks = (): number[] => [
    ...raw.map(({ batches }) => batches.filter(({ receipts }) => receipts !== undefined).length),
    sdk.receipts.length,
    logger.stats.delivered,
  ];
  const before = marks();
  while (marks().some((mark, i) => mark <= before[i]!)) await sleep(20);
}

async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(BACK_WITHIN_MS, undefined, { signal: over.signal }).then(() => {
    throw new Error(`${what} must take less than ${BACK_WITHIN_MS / 1000} s, but did not`);
  });
  late.catch(() => undefined);
  return Promise.race([work, late]).finally(() => {
    over.abort();
  });
}

/** The same between two cycles: what is on its way arrives first, because the parts of a look are not taken at once. */
async function inspectAtRest(victims: Victims, load: Load, gate: Gate): Promise<string[]> {
  const { raw, sdk, logger } = load;
  gate.close();
  try {
    await inTime('everybody stopping', gate.stopped([...raw, sdk, logger].length));
    await inTime('delivering what was logged', logger.delivered());
    return await inspect(victims, load);
  } finally {
    gate.reopen();
  }
}

/** What the database holds now, against everything that was sent and acknowledged. */
async function inspect(victims: Victims, { raw, sdk }: Load): Promise<string[]> {
  const driver = victims.driver();
  const keyStore = new EmbeddedKeyStore(victims.keysDir);
  try {
    await settleLog(driver);
    const violations = [...(await findLogFaults(driver)), ...(await findEntryFaults(driver, keyStore))];
    const places = await readPlaces(driver);
    const batches = raw.flatMap((writer) => writer.batches);
    for (const { items } of batches) {
      const present = items.filter((item) => places.has(item.id)).length;
      if (present !== 0 && present !== items.length)
        violations.push(`${items[0]!.id}: ${present} of ${items.length} items of its request are there`);
    }
    for (const receipt of [...batches.flatMap(({ receipts = [] }) => receipts), ...sdk.receipts]) {
      const found = places.get(receipt.id) ?? [];
      if (found.length !== 1 || found[0] !== `${receipt.digest} ${receipt.leafIndex}`)
        violations.push(`${receipt.id} is not where its receipt says`);
    }
    return violations;
  } finally {
    await keyStore.close();
    await driver.close();
  }
}

/** Decisions that the log took and that did not arrive, and what is left where nothing should be. */
async function undelivered(victims: Victims, { logger }: Load, spill: string): Promise<string[]> {
  const driver = victims.driver();
  const places = await readPlaces(driver);
  await driver.close();
  const missing = logger.ids.filter((logged) => places.get(logged)?.length !== 1);
  const left = await readdir(spill);
  const { delivered, logged } = logger.stats;
  return [
    ...missing.map((logged) => `${logged} was logged and is not there once`),
    ...left.map((name) => `${name} is left in the spill folder`),
    ...(delivered === logged ? [] : [`${logged} decisions were logged, but ${delivered} delivered`]),
  ];
}

function factsOf({ kills }: Victims, { raw, sdk, logger }: Load): Outcome['facts'] {
  const batches = raw.flatMap((writer) => writer.batches);
  return {
    'server killed': kills.server,
    'Neo4j killed': kills.database,
    'requests acknowledged': batches.filter(({ receipts }) => receipts !== undefined).length,
    'requests sent, repeats included': raw.reduce((sum, { attempts }) => sum + attempts, 0),
    'items by posts': batches.reduce((sum, { items }) => sum + items.length, 0),
    'items by the SDK': sdk.receipts.length,
    'decisions logged': logger.ids.length,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

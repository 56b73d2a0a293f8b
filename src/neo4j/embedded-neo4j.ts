import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { PedigreeError, isPedigreeError } from '../domain/errors.js';
import { claimableBoltPort } from './bolt-port.js';
import { probeBolt } from './bolt-probe.js';
import { RESERVE_BYTES, freeBytes } from './disk-reserve.js';
import { assertFreeSpace } from './free-space.js';
import { findJava } from './java-runtime.js';
import { removeLaunchRecord, stopOrphan, writeLaunchRecord } from './launch-record.js';
import { type MemoryPlan, planMemory } from './memory-plan.js';
import { NEO4J_USER, ensurePassword, openHome, writeConfig } from './neo4j-home.js';
import { type Neo4jJars, resolveJars } from './neo4j-jars.js';
import { Neo4jProcess } from './neo4j-process.js';
import { explainFailure } from './start-failure.js';

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** 0, the default, picks a free port at every start. */
  readonly boltPort?: number;
  /** Sized from the machine unless given. */
  readonly heapMb?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Aborting it ends a start that is under way, and what that start had launched. */
  readonly signal?: AbortSignal | undefined;
  /** Told once when the database ends without having been asked to. */
  readonly onExit?: ((error: PedigreeError) => void) | undefined;
}

export interface RunningNeo4j {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** Asks it to end, and kills it if it has not done so after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/** A database that can be started again where it is: same port, same data. */
export interface EmbeddedNeo4j extends RunningNeo4j {
  /** For one that has met a critical error. Waits for room on its disk first; calls meanwhile wait for the same restart. */
  restart(): Promise<void>;
}

/** Everything that a launch needs and that another attempt does not change. */
interface Launch {
  readonly options: EmbeddedOptions;
  readonly java: string;
  readonly jars: Neo4jJars;
  readonly home: string;
  readonly password: string;
  readonly memory: MemoryPlan;
  readonly env: NodeJS.ProcessEnv;
}

const READY_WITHIN_MS = 180_000;
const PORT_ATTEMPTS = 3;
const ROOM_LOOK_MS = 1_000;
/** How long a database that panicked may take to end, in milliseconds: it has nothing to save, and may not end at all. */
const PANIC_GRACE_MS = 3_000;

/**
 * Starts Neo4j Community in `<dataDir>/neo4j`, on loopback, and resolves once Bolt lets us in with the password.
 * A database that a killed run left there is stopped first. The caller holds the data folder (`lockDataDir`).
 *
 * Throws MISSING_TOOL, DISK_FULL, PORT_IN_USE, ALREADY_RUNNING, CONFIGURATION (password) or DATABASE_UNAVAILABLE;
 * then nothing is left running.
 *
 * @example const neo4j = await startEmbeddedNeo4j({ dataDir, log: console.error }); … await neo4j.stop();
 */
export async function startEmbeddedNeo4j(options: EmbeddedOptions): Promise<EmbeddedNeo4j> {
  const { dataDir, log, signal, env = process.env } = options;
  await mkdir(dataDir, { recursive: true });
  const home = await openHome(dataDir);
  await stopOrphan(home, log);
  await assertFreeSpace(home);
  const java = await findJava(env);
  const jars = await resolveJars({ env, log, signal });
  const password = await ensurePassword(home);
  return restartable({ options, java, jars, home, password, memory: planMemory(options.heapMb), env });
}

async function restartable(launch: Launch): Promise<EmbeddedNeo4j> {
  let current = await launchOnPort(launch);
  const options = { ...launch.options, boltPort: Number(new URL(current.uri).port) };
  let restarting: Promise<void> | undefined;
  let stopping = false;
  const relaunch = async (): Promise<void> => {
    options.log('Neo4j has met a critical error: it is started again');
    await current.stop(PANIC_GRACE_MS);
    while (!stopping && freeBytes(launch.home) < RESERVE_BYTES) await delay(ROOM_LOOK_MS);
    if (!stopping) current = await launchOnPort({ ...launch, options });
  };
  return {
    ...current,
    restart: () =>
      (restarting ??= relaunch().finally(() => {
        restarting = undefined;
      })),
    stop: async () => {
      stopping = true;
      await restarting;
      await current.stop();
    },
  };
}

/** A port that we picked may be taken before Neo4j binds it; then another is picked. One that was asked for is final. */
async function launchOnPort(launch: Launch, attempt = 1): Promise<RunningNeo4j> {
  const wanted = launch.options.boltPort ?? 0;
  try {
    return await launchOnce(launch, await claimableBoltPort(wanted));
  } catch (error) {
    if (wanted !== 0 || attempt === PORT_ATTEMPTS || !isPedigreeError(error, 'PORT_IN_USE')) throw error;
    return launchOnPort(launch, attempt + 1);
  }
}

async function launchOnce(launch: Launch, boltPort: number): Promise<RunningNeo4j> {
  const { options, java, jars, home, password, memory, env } = launch;
  const { log, signal } = options;
  signal?.throwIfAborted();
  await writeConfig(home, boltPort, memory.pageCacheMb);
  log(`starting Neo4j ${jars.version} (heap ${memory.heapMb} MiB, page cache ${memory.pageCacheMb} MiB)`);
  const began = Date.now();
  const neo4j = new Neo4jProcess({ java, jarFolder: jars.folder, home, heapMb: memory.heapMb, env, log });
  if (neo4j.pid !== undefined) writeLaunchRecord(home, neo4j.pid, boltPort);
  try {
    await untilReady(neo4j, launch, boltPort);
  } catch (error) {
    await neo4j.stop();
    removeLaunchRecord(home);
    throw error;
  }
  log(`Neo4j answers on bolt://127.0.0.1:${boltPort} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return supervise(neo4j, { home, boltPort, password, onExit: options.onExit });
}

async function untilReady(
  neo4j: Neo4jProcess,
  { home, password, options }: Launch,
  boltPort: number,
): Promise<void> {
  const waiting = new AbortController();
  const how = await Promise.race([
    neo4j.started.then(() => undefined),
    neo4j.ended,
    delay(READY_WITHIN_MS, `no answer within ${READY_WITHIN_MS / 1000} s`, { signal: waiting.signal }),
    aborted(options.signal, waiting.signal),
  ]);
  waiting.abort();
  options.signal?.throwIfAborted();
  if (how !== undefined) throw explainFailure({ home, boltPort, how, lines: neo4j.lines });
  const verdict = await probeBolt(boltPort, NEO4J_USER, password);
  if (verdict === 'accepted') return;
  if (verdict === 'unavailable')
    throw explainFailure({ home, boltPort, how: 'Bolt does not answer', lines: neo4j.lines });
  throw new PedigreeError(
    'CONFIGURATION',
    `the database's own password is required in ${home}/password, but got: one that it refuses. ` +
      'Restore that file from a backup, or start over with an empty data folder.',
    { home },
  );
}

function supervise(
  neo4j: Neo4jProcess,
  {
    home,
    boltPort,
    password,
    onExit,
  }: { home: string; boltPort: number; password: string; onExit: EmbeddedOptions['onExit'] },
): RunningNeo4j {
  let stopped: Promise<void> | undefined;
  const atExit = (): void => {
    neo4j.terminate();
  };
  process.once('exit', atExit);
  void neo4j.ended.then((how) => {
    process.removeListener('exit', atExit);
    removeLaunchRecord(home);
    if (stopped === undefined) onExit?.(explainFailure({ home, boltPort, how, lines: neo4j.lines }));
  });
  return {
    uri: `bolt://127.0.0.1:${boltPort}`,
    user: NEO4J_USER,
    password,
    pid: neo4j.pid ?? 0,
    stop: (graceMs) => (stopped ??= neo4j.stop(graceMs)),
  };
}

/** Never settles without a signal, so that it can stand in a race. */
async function aborted(signal: AbortSignal | undefined, waiting: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    signal?.addEventListener(
      'abort',
      () => {
        resolve('interrupted');
      },
      { once: true, signal: waiting },
    );
  });
}

import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { PedigreeError } from '../domain/errors.js';
import { packageRoot } from '../domain/package-root.js';
import { setting } from './environment.js';
import { assertFreeSpace } from './free-space.js';
import { missingTool } from './missing-tool.js';
import { tryProcessLock } from './process-lock.js';
import { lastLines, runTool } from './tool-run.js';

export interface Neo4jJars {
  readonly version: string;
  readonly folder: string;
}

export interface JarSource {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Written last, so that a folder with it is complete; it lists each jar's size, so that a damaged cache is noticed. */
const MARKER = 'complete.json';

/**
 * The jars of the pinned Neo4j, fetched by Maven once per user and kept outside `node_modules`, where `npm ci` would
 * delete them. Of several processes that find none, one fetches and the others wait for it.
 * Throws MISSING_TOOL without Maven, DISK_FULL, and DATABASE_UNAVAILABLE when Maven fails.
 */
export async function resolveJars(source: JarSource): Promise<Neo4jJars> {
  const pom = join(packageRoot(), 'src', 'neo4j', 'pom.xml');
  const version = await pinnedVersion(pom);
  const folder = join(cacheRoot(source.env), `neo4j-${version}`);
  while (!(await isComplete(folder))) {
    source.signal?.throwIfAborted();
    const attempt = tryProcessLock(`${folder}.lock`);
    if ('owner' in attempt) {
      await delay(250);
      continue;
    }
    try {
      if (!(await isComplete(folder))) await fetchJars(pom, version, folder, source);
    } finally {
      attempt.lock.release();
    }
  }
  return { version, folder };
}

function cacheRoot(env: NodeJS.ProcessEnv): string {
  const ours = setting(env, 'PEDIGREE_CACHE_DIR');
  if (ours !== undefined) return resolve(ours);
  return join(setting(env, 'XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'pedigree');
}

async function pinnedVersion(pom: string): Promise<string> {
  const version = /<neo4j\.version>([^<]+)</.exec(await readFile(pom, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`no neo4j.version in ${pom}`);
  return version;
}

async function fetchJars(
  pom: string,
  version: string,
  folder: string,
  { env, log, signal }: JarSource,
): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await assertFreeSpace(partial);
  log(`fetching Neo4j ${version} with Maven (about 125 MB, only this once)`);
  const args = [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${partial}`,
    '-DincludeScope=runtime',
  ];
  const run = await runTool('mvn', args, { env, timeoutMs: 15 * 60_000, signal });
  if (run === undefined) {
    const got = 'no mvn on PATH';
    throw missingTool(
      'Maven 3.6 or newer',
      got,
      'Debian and Ubuntu: apt-get install maven; macOS: brew install maven',
    );
  }
  if (run.exitCode !== 0) throw mavenFailure(version, run.output);
  await writeFile(join(partial, MARKER), JSON.stringify(await jarSizes(partial)));
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

function mavenFailure(version: string, output: string): PedigreeError {
  if (output.includes('No space left')) {
    return new PedigreeError(
      'DISK_FULL',
      `space for the jars of Neo4j ${version} is required, but Maven got: No space left on device`,
    );
  }
  return new PedigreeError(
    'DATABASE_UNAVAILABLE',
    `Maven is required to fetch Neo4j ${version} (check the network and Maven's settings), but got:\n${lastLines(output)}`,
  );
}

async function isComplete(folder: string): Promise<boolean> {
  try {
    const expected = JSON.parse(await readFile(join(folder, MARKER), 'utf8')) as Record<string, number>;
    const found = await jarSizes(folder);
    return Object.entries(expected).every(([jar, size]) => found[jar] === size);
  } catch {
    return false;
  }
}

async function jarSizes(folder: string): Promise<Record<string, number>> {
  const jars = (await readdir(folder)).filter((name) => name.endsWith('.jar'));
  return Object.fromEntries(
    await Promise.all(jars.map(async (jar) => [jar, (await stat(join(folder, jar))).size] as const)),
  );
}

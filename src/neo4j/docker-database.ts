import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { PedigreeError } from '../domain/errors.js';
import { packageRoot } from '../domain/package-root.js';
import { probeBolt } from './bolt-probe.js';
import type { Database } from './database.js';
import { setting } from './environment.js';
import { NEO4J_USER } from './neo4j-home.js';
import { newSecret, readSecret, writeSecret } from './secret-file.js';
import { type ToolRun, lastLines, runTool } from './tool-run.js';

export interface DockerOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `docker compose` on this data folder's own project. */
type Compose = (args: readonly string[], timeoutMs?: number) => Promise<ToolRun>;

const ANSWER_WITHIN_MS = 60_000;

/** True when a Docker engine answers within five seconds and its client has the compose plugin. */
export async function hasDocker(env: NodeJS.ProcessEnv): Promise<boolean> {
  const engine = await runTool('docker', ['info', '--format', '{{.ServerVersion}}'], {
    env,
    timeoutMs: 5_000,
  });
  if (engine?.exitCode !== 0) return false;
  const plugin = await runTool('docker', ['compose', 'version'], { env, timeoutMs: 5_000 });
  return plugin?.exitCode === 0;
}

/**
 * The `neo4j` service of `docker-compose.yml`, in a compose project of the data folder's own: a volume belongs to one
 * password, and the password is kept in the data folder. Stopped by `stop()` only if it did not run before.
 * Throws DATABASE_UNAVAILABLE or CONFIGURATION (another password); then what was started is stopped again.
 */
export async function dockerDatabase(options: DockerOptions): Promise<Database> {
  const { env, log, signal } = options;
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const password = await keptPassword(dataDir);
  const compose = composeFor(dataDir, {
    ...env,
    NEO4J_BOLT_PORT: setting(env, 'NEO4J_BOLT_PORT') ?? '0',
    NEO4J_PASSWORD: password,
  });
  const ranBefore = (await compose(['ps', '--status', 'running', '--quiet', 'neo4j'])).stdout.trim() !== '';
  const stop = async (): Promise<void> => {
    if (!ranBefore) await compose(['stop', 'neo4j']);
  };
  try {
    log('starting Neo4j with docker compose (the first time its image is pulled)');
    await compose(['up', '--detach', '--wait', 'neo4j'], 15 * 60_000);
    signal?.throwIfAborted();
    const port = publishedPort(await compose(['port', 'neo4j', '7687']));
    await untilAccepted(port, password, signal);
    let stopped: Promise<void> | undefined;
    return {
      uri: `bolt://127.0.0.1:${port}`,
      user: NEO4J_USER,
      password,
      how: 'docker',
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await stop().catch(() => undefined); // The first failure is the one to report.
    throw error;
  }
}

/** Where a data folder keeps its Docker database's password; it is there as soon as Docker was chosen. */
export function dockerFolder(dataDir: string): string {
  return join(dataDir, 'neo4j-docker');
}

async function keptPassword(dataDir: string): Promise<string> {
  const folder = dockerFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'password');
  const known = await readSecret(file);
  if (known !== undefined) return known;
  const password = newSecret();
  await writeSecret(file, password);
  return password;
}

function composeFor(dataDir: string, env: NodeJS.ProcessEnv): Compose {
  const project = `pedigree-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const prefix = ['compose', '--project-name', project, '--file', join(packageRoot(), 'docker-compose.yml')];
  return async (args, timeoutMs = 90_000) => {
    const run = await runTool('docker', [...prefix, ...args], { env, timeoutMs });
    if (run?.exitCode === 0) return run;
    throw new PedigreeError(
      'DATABASE_UNAVAILABLE',
      `docker compose ${args[0] ?? ''} must succeed, but got (exit code ${String(run?.exitCode)}):\n${lastLines(run?.output ?? '')}`,
    );
  };
}

/** `127.0.0.1:49153` → 49153. */
function publishedPort({ stdout }: ToolRun): number {
  const port = /:(\d+)\s*$/.exec(stdout)?.[1];
  if (port === undefined) {
    throw new PedigreeError(
      'DATABASE_UNAVAILABLE',
      `docker compose must publish Bolt's port 7687, but got: "${stdout.trim()}"`,
    );
  }
  return Number(port);
}

/** The service's health check asks HTTP; Bolt and the password are asked here. */
async function untilAccepted(port: number, password: string, signal: AbortSignal | undefined): Promise<void> {
  const deadline = Date.now() + ANSWER_WITHIN_MS;
  for (;;) {
    const verdict = await probeBolt(port, NEO4J_USER, password);
    if (verdict === 'accepted') return;
    if (verdict === 'refused') {
      throw new PedigreeError(
        'CONFIGURATION',
        'the password of the Docker volume is required, but got: one that Neo4j refuses. ' +
          'Restore <data folder>/neo4j-docker/password, or remove the volume (docker compose down --volumes).',
      );
    }
    if (Date.now() > deadline) {
      throw new PedigreeError(
        'DATABASE_UNAVAILABLE',
        `Bolt must answer on port ${port} within 60 s, but got: no answer`,
      );
    }
    await delay(500, undefined, signal === undefined ? {} : { signal });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { STOP_GRACE_MS, homeArguments } from './launch-record.js';

/** The flags of Neo4j's own packaging. Growing from a small heap keeps a quiet development machine quiet. */
const JVM_FLAGS = [
  '-Xms128m',
  '-XX:+UseG1GC',
  '-XX:-OmitStackTraceInFastThrow',
  '-XX:+DisableExplicitGC',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djdk.nio.maxCachedBufferSize=1024',
  '-Dio.netty.tryReflectionSetAccessible=true',
  '-Dlog4j2.disable.jmx=true',
  '-Dfile.encoding=UTF-8',
  ...['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'].map(
    (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
  ),
  '--add-modules=jdk.incubator.vector',
];

const LINES_KEPT = 25;

export interface Neo4jCommand {
  readonly java: string;
  readonly jarFolder: string;
  readonly home: string;
  readonly heapMb: number;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/** One running database: what it last printed, when it was ready, how it ended. */
export class Neo4jProcess {
  /** Resolves with `exit code N` or `signal NAME`. It never rejects. */
  readonly ended: Promise<string>;
  /** Resolves when Neo4j says that it has started; stays pending when it never does. */
  readonly started: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #hasEnded = false;

  /** Starts the database in a session of its own, so that a terminal's Ctrl-C reaches only us and we stop it in order. */
  constructor(command: Neo4jCommand) {
    this.#child = spawn(command.java, javaArguments(command), {
      cwd: command.home,
      env: command.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.#hasEnded = true;
        resolve(how);
      };
      this.#child.on('error', (error) => {
        end(error.message);
      });
      this.#child.on('close', (code, signal) => {
        end(signal === null ? `exit code ${code}` : `signal ${signal}`);
      });
    });
    this.started = new Promise((resolve) => {
      this.#readLines((line) => {
        this.#lines.push(line);
        if (this.#lines.length > LINES_KEPT) this.#lines.shift();
        if (/ (WARN|ERROR) /.test(line)) command.log(`neo4j: ${line}`);
        if (line.endsWith('Started.')) resolve();
      });
    });
  }

  /** `undefined` when it could not even be started; `ended` says why. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Asks it to end, and kills it when it has not done so in time. Resolves when it is gone. */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    this.terminate();
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(killer);
  }

  /** Asks it to end and does not wait: all that can be done while our own process exits. */
  terminate(): void {
    if (!this.#hasEnded) this.#child.kill('SIGTERM');
  }

  #readLines(take: (line: string) => void): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', take);
    }
  }
}

function javaArguments({ jarFolder, home, heapMb }: Neo4jCommand): string[] {
  const classPath = ['-cp', join(jarFolder, '*')];
  const main = ['org.neo4j.server.CommunityEntryPoint', ...homeArguments(home), '--console-mode'];
  return [...JVM_FLAGS, `-Xmx${heapMb}m`, ...classPath, ...main];
}

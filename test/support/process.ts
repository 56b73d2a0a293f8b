/** A program of ours in a process of its own, as a user starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { testDatabase } from './database.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class PedigreeProcess {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  /** Starts `pedigree …args` on the run's database, with a data folder and any further environment. */
  constructor(
    args: readonly string[],
    readonly dataDir: string,
    env: Readonly<Record<string, string>> = {},
  ) {
    const { uri, user, password } = testDatabase();
    this.child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/cli/main.js', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NEO4J_URI: uri,
        NEO4J_USERNAME: user,
        NEO4J_PASSWORD: password,
        PEDIGREE_DATA_DIR: dataDir,
        PEDIGREE_PORT: '0',
        ...env,
      },
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Resolves when standard error has this text; fails when the program ends before. */
  async says(text: string): Promise<void> {
    const ended = this.ended.then((code) => {
      throw new Error(`ended with ${code} before it said ${JSON.stringify(text)}:\n${this.stderr}`);
    });
    while (!this.stderr.includes(text)) {
      const said = once(this.child.stderr ?? this.child, 'data');
      await Promise.race([said, ended]);
    }
    ended.catch(() => undefined);
  }

  /** What the server wrote about itself. */
  get server(): { readonly url: string; readonly pid: number } {
    return JSON.parse(readFileSync(join(this.dataDir, 'server.json'), 'utf8')) as {
      url: string;
      pid: number;
    };
  }

  async end(signal?: NodeJS.Signals): Promise<Ended> {
    if (signal) this.child.kill(signal);
    return { code: await this.ended, stdout: this.stdout, stderr: this.stderr };
  }
}

/** The server as a process of its own, as its users start it. Global setup has built `dist/`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SpawnOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Data folder; left out, a new one that goes when the process is disposed of. */
  readonly dataDir?: string;
  /** What is run in the place of the command, below the package's folder. */
  readonly script?: string;
}

const ROOT = join(import.meta.dirname, '../..');
const MAIN = 'dist/src/cli/main.js';

/** One run of the command `pedigree`. */
export class SpawnedCommand {
  readonly child: ChildProcess;
  readonly dataDir: string;
  stdout = '';
  stderr = '';
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  private readonly ownsFolder: boolean;

  constructor(args: readonly string[], { env, dataDir, script = MAIN }: SpawnOptions) {
    this.ownsFolder = dataDir === undefined;
    this.dataDir = dataDir ?? mkdtempSync(join(tmpdir(), 'pedigree-test-'));
    this.child = spawn(process.execPath, [join(packageFolder(), script), ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PEDIGREE_PORT: '0',
        PEDIGREE_DATA_DIR: this.dataDir,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.on('data', (chunk) => (this.stdout += String(chunk)));
    this.child.stderr!.on('data', (chunk) => (this.stderr += String(chunk)));
    this.ended = new Promise((resolve) =>
      this.child.once('close', (code, signal) => resolve(code ?? signal)),
    );
  }

  /** The address, once the server has said it; throws with what it printed if it ends before. */
  async url(): Promise<string> {
    const [, url] = await this.says(/Pedigree is at (\S+)\n.*sign-in/);
    return url!;
  }

  /** What standard error says, once it matches; throws with what was printed if the process ends before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const said = new Promise<RegExpExecArray>((resolve) => {
      const look = (): void => {
        const match = pattern.exec(this.stderr);
        if (match) resolve(match);
      };
      look();
      this.child.stderr!.on('data', look);
    });
    const ended = this.ended.then((code) => {
      throw new Error(`pedigree ended with ${String(code)}:\n${this.stderr}`);
    });
    return Promise.race([said, ended]);
  }

  /** What the server wrote for scripts of this machine. */
  announced(): { url: string; pid: number } {
    return JSON.parse(readFileSync(join(this.dataDir, 'server.json'), 'utf8')) as {
      url: string;
      pid: number;
    };
  }

  /** Ends the process by a signal, waits for it, and says how it ended. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Ends what is left, and throws the data folder away if it was made here. */
  async dispose(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.end('SIGKILL');
    if (this.ownsFolder) rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Also from `dist/test/support`, where the torture runs are. */
function packageFolder(): string {
  return ROOT.endsWith('dist') ? join(ROOT, '..') : ROOT;
}

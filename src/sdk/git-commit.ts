/** The code version of what runs, from git itself. */
import { execFile } from 'node:child_process';
import { basename, posix } from 'node:path';
import { promisify } from 'node:util';

import type { CodeVersion } from '../domain/declaration.js';

const run = promisify(execFile);
const LIMITS = { timeout: 10_000, maxBuffer: 1_048_576 };

/**
 * The commit that last changed `path` (a file or folder, relative to `cwd`), or the checked-out commit without one.
 * Undefined where there is no honest answer: no git, no repository, never committed, or changed since. In a shallow
 * clone it is the oldest commit that the clone has, if nothing later changed the path.
 *
 * The repository is the address of the remote `origin` without user and password; the folder's name if there is none.
 *
 * @example await gitCommit(process.cwd(), 'steps/clean.ts')
 *          // { repository: "https://example.org/lending.git", commit: "9fceb02d…", path: "steps/clean.ts" }
 */
export async function gitCommit(cwd: string, path?: string): Promise<CodeVersion | undefined> {
  const git = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
    return (await run('git', ['-C', cwd, ...args], { ...LIMITS, env })).stdout.trim();
  };
  const scope = path === undefined ? [] : ['--', path];
  try {
    const commit = await git('log', '-1', '--format=%H', ...scope);
    if (commit === '' || (await git('status', '--porcelain', '--untracked-files=no', ...scope)) !== '')
      return undefined;
    const repository = await repositoryOf(git);
    if (path === undefined) return { repository, commit };
    return { repository, commit, path: posix.join(await git('rev-parse', '--show-prefix'), path) };
  } catch {
    return undefined;
  }
}

async function repositoryOf(git: (...args: string[]) => Promise<string>): Promise<string> {
  const remote = await git('config', '--get', 'remote.origin.url').catch(() => '');
  if (/^(https?|ssh|git):/.test(remote)) return withoutUser(remote);
  // "user@host:path" is an address; a bare path says where a folder lies on this machine, which is nobody's business.
  if (/^[^/@]+@[^/]+:/.test(remote)) return remote;
  return basename(remote === '' ? await git('rev-parse', '--show-toplevel') : remote);
}

function withoutUser(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

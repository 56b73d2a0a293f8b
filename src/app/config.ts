/** The settings of a server, from its environment. docs/configuration.md lists them. */
import { join, resolve } from 'node:path';
import { PedigreeError, required } from '../domain/errors.js';
import { packageRoot } from '../domain/package-root.js';

export interface Config {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** Where keys live; servers of one host that share a database share it. */
  readonly keysDir: string;
  readonly logLevel: string;
  /** Longest that one database transaction may run, in milliseconds. */
  readonly queryTimeoutMs: number;
  /** Beginning of the names of new logs, without a scheme: `lineage.example.com/log`. */
  readonly logOrigin: string | undefined;
  /** True if checkpoints and hash tiles may be read without a token. */
  readonly openLog: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** Error: `CONFIGURATION`, naming the variable. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const dataDir = resolve(setting(env, 'PEDIGREE_DATA_DIR') ?? join(packageRoot(), '.pedigree'));
  return {
    host: setting(env, 'PEDIGREE_HOST') ?? '127.0.0.1',
    port: integer(env, 'PEDIGREE_PORT', 4000, 65_535),
    dataDir,
    keysDir: resolve(setting(env, 'PEDIGREE_KEYS_DIR') ?? join(dataDir, 'keys')),
    logLevel: setting(env, 'PEDIGREE_LOG_LEVEL') ?? 'warn',
    logOrigin: origin(env),
    openLog: flag(env, 'PEDIGREE_LOG_PUBLIC', true),
    queryTimeoutMs: integer(env, 'PEDIGREE_QUERY_TIMEOUT_MS', 30_000, 3_600_000),
    env,
  };
}

/** An empty variable counts as not set. */
function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/** A name as C2SP tlog-checkpoint recommends it: a URL without a scheme, spaces, "+" or a slash at its end. */
function origin(env: NodeJS.ProcessEnv): string | undefined {
  const text = setting(env, 'PEDIGREE_LOG_ORIGIN');
  if (text === undefined || /^[\w.-]+(\/[\w.-]+)*$/.test(text)) return text;
  throw new PedigreeError(
    'CONFIGURATION',
    required('PEDIGREE_LOG_ORIGIN must be a URL without a scheme, such as lineage.example.com/log', text),
  );
}

function flag(env: NodeJS.ProcessEnv, name: string, fallback: boolean): boolean {
  const text = setting(env, name) ?? String(fallback);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new PedigreeError('CONFIGURATION', required(`${name} must be true or false`, text));
}

function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, max: number): number {
  const text = setting(env, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new PedigreeError(
    'CONFIGURATION',
    required(`${name} must be an integer from 0 to ${String(max)}`, text),
  );
}

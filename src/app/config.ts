/** The settings of a server, from its environment. docs/configuration.md lists them. */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { RESTRICTIONS, type Restriction } from '../access/registered-operations.js';
import type { WriteRates } from '../capture/write-limits.js';
import { PedigreeError, required } from '../domain/errors.js';
import { MAX_COST } from '../graphql/cost.js';
import { packageRoot } from '../domain/package-root.js';

export interface Config {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** Where keys live; servers of one host that share a database share it. */
  readonly keysDir: string;
  readonly logLevel: string;
  /** Units of query cost that one token may ask for in a minute; 0 for no limit. */
  readonly readBudget: number;
  /** Longest that one database transaction may run, in milliseconds. */
  readonly queryTimeoutMs: number;
  /** What one token may write. */
  readonly writeRates: WriteRates;
  /** Threads beside the server's own that prepare what is declared; 0 for none. */
  readonly prepareThreads: number;
  /** File with the identity providers whose tokens are accepted. */
  readonly identityProviders: string | undefined;
  /** Manifest of the registered operations. */
  readonly operations: string | undefined;
  /** Who may run registered operations only. */
  readonly operationsOnly: Restriction;
  /** File with the retention rules. */
  readonly retention: string | undefined;
  /** Whether tokens of the local key are accepted, and the sign-in link is printed. */
  readonly localTokens: boolean;
  /** Where browsers reach this server: an origin. */
  readonly publicUrl: string | undefined;
  /** Origins whose pages may ask with a bearer token. */
  readonly corsOrigins: readonly string[];
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
    openLog: toggle(env, 'PEDIGREE_LOG_PUBLIC', true),
    queryTimeoutMs: integer(env, 'PEDIGREE_QUERY_TIMEOUT_MS', 30_000, 3_600_000),
    writeRates: {
      itemsPerSecond: integer(env, 'PEDIGREE_ITEMS_PER_SECOND', 50_000, 1_000_000_000),
      bytesPerSecond: integer(env, 'PEDIGREE_BYTES_PER_SECOND', 104_857_600, 1_000_000_000_000),
    },
    prepareThreads: integer(env, 'PEDIGREE_PREPARE_THREADS', usualThreads(), 64),
    readBudget: readBudget(env, 'PEDIGREE_READ_BUDGET'),
    identityProviders: setting(env, 'PEDIGREE_IDENTITY_PROVIDERS'),
    operations: setting(env, 'PEDIGREE_OPERATIONS'),
    operationsOnly: restriction(env, 'PEDIGREE_OPERATIONS_ONLY'),
    retention: setting(env, 'PEDIGREE_RETENTION'),
    localTokens: toggle(env, 'PEDIGREE_LOCAL_TOKENS', true),
    publicUrl: publicUrl(env, 'PEDIGREE_PUBLIC_URL'),
    corsOrigins: origins(env, 'PEDIGREE_CORS_ORIGINS'),
    env,
  };
}

/** One core is for the server's own thread; more than two would prepare faster than one log can be written. */
function usualThreads(): number {
  return Math.min(availableParallelism() - 1, 2);
}

/** An empty variable counts as not set. */
export function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
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

function toggle(env: NodeJS.ProcessEnv, name: string, fallback: boolean): boolean {
  const text = setting(env, name);
  if (text === undefined) return fallback;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new PedigreeError('CONFIGURATION', required(`${name} must be "on" or "off"`, text));
}

function restriction(env: NodeJS.ProcessEnv, name: string): Restriction {
  const text = setting(env, name) ?? 'nobody';
  const known = RESTRICTIONS.find((each) => each === text);
  if (known) return known;
  throw new PedigreeError(
    'CONFIGURATION',
    required(`${name} must be one of ${RESTRICTIONS.join(', ')}`, text),
  );
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

/** A budget below the cost of the largest query would promise for ever that the query may come back later. */
function readBudget(env: NodeJS.ProcessEnv, name: string): number {
  const units = integer(env, name, 10_000_000, 1_000_000_000_000);
  if (units === 0 || units >= MAX_COST) return units;
  throw new PedigreeError(
    'CONFIGURATION',
    required(`${name} must be 0 or at least ${String(MAX_COST)}, which one query may cost`, units),
  );
}

/** An origin, because the pages are at the root of it. */
function publicUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const [url, ...more] = origins(env, name);
  if (more.length === 0) return url;
  throw new PedigreeError('CONFIGURATION', required(`${name} must be one origin`, setting(env, name)));
}

/** Exact origins (RFC 6454), separated by blanks or commas. `*` is none. */
function origins(env: NodeJS.ProcessEnv, name: string): string[] {
  const words = (setting(env, name) ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !URL.canParse(word) || new URL(word).origin !== word);
  if (wrong === undefined) return words;
  throw new PedigreeError(
    'CONFIGURATION',
    required(`${name} must list origins like "https://app.example"`, wrong),
  );
}

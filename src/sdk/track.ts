/** Provenance by default: a function that is tracked says what ran, on what, with which code, and how it ended. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

import type { CodeVersion } from '../domain/declaration.js';
import type { JsonObject } from '../domain/json.js';
import { transform } from './builders.js';
import { gitCommit } from './git-commit.js';
import { RunRecorder, type Declarer, type RunEnd } from './run-recorder.js';
import type { Run } from './run.js';

export interface TrackerOptions {
  readonly namespace: string;
  /** A folder in the repository of the code that runs; the current one by default. */
  readonly cwd?: string;
  /** What to say of the surroundings, beside the versions of Node and of the platform. */
  readonly environment?: JsonObject;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** The text of a failure as it is declared; its name and message, if left out. It must hold no personal data. */
  readonly describeError?: (error: unknown) => string;
  /**
   * Called when lineage could not be declared, and the result is then returned all the same. If left out, such
   * errors become warnings of the process, and `track` throws the first one if the function itself succeeded.
   */
  readonly onCaptureError?: (error: unknown, run: string) => void;
}

export interface TrackOptions {
  /** Distinguishes this run from all others of the name; a random UUID if left out. */
  readonly runId?: string;
  readonly parameters?: JsonObject;
  /** The code, or its path relative to `cwd`; the checked-out commit if left out. */
  readonly code?: CodeVersion | string;
  readonly environment?: JsonObject;
  readonly description?: string;
  readonly owner?: string;
}

/** Runs `fn` and declares the run as a Transform; returns or throws what `fn` does. */
export type Track = <T>(name: string, fn: (run: Run) => T | Promise<T>, options?: TrackOptions) => Promise<T>;

/** The run that this code runs in. */
const enclosing = new AsyncLocalStorage<Run>();

/**
 * Makes `track` for one namespace.
 *
 * The run, and that it began, is declared before `fn` starts to wait for anything; its edges, times and state when it
 * has ended, whether it returned or threw. A run within a run names the outer one in `extra.parent`.
 *
 * @example
 * const track = tracker(client, { namespace: 'lending' });
 * await track('clean', async (run) => { run.reads(raw); run.writes({ name: 'clean' }); }, { parameters: { minimum: 3 } });
 */
export function tracker(client: Declarer, options: TrackerOptions): Track {
  const codeOf = codeVersions(options.cwd ?? process.cwd());
  const now = options.now ?? Date.now;
  return async (name, fn, { runId = randomUUID(), code, parameters, environment, ...described } = {}) => {
    const version = typeof code === 'object' ? code : await codeOf(code);
    const parent = enclosing.getStore()?.id;
    const startedAt = now();
    const declaration = transform({
      ...described,
      namespace: options.namespace,
      name,
      version: runId,
      occurredAt: startedAt,
      environment: { ...surroundings(), ...options.environment, ...environment },
      ...(version === undefined ? {} : { code: version }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(parent === undefined ? {} : { extra: { parent } }),
    });
    const run = new RunRecorder(client, declaration, { namespace: options.namespace, runId }, now);
    run.begin(startedAt);
    return conclude(run, startedAt, fn, options);
  };
}

async function conclude<T>(
  run: RunRecorder,
  startedAt: number,
  fn: (run: Run) => T | Promise<T>,
  { describeError = textOf, onCaptureError }: TrackerOptions,
): Promise<T> {
  const report = onCaptureError ?? warn;
  let result: T;
  try {
    result = await enclosing.run(run, () => fn(run));
  } catch (error) {
    const end: RunEnd = { state: 'FAILED', error: shortened(describeError(error)) };
    // The function's own error is what its caller must see: a failure of ours may not stand in for it.
    for (const failure of await run.end(startedAt, end)) report(failure, run.id);
    throw error;
  }
  const failures = await run.end(startedAt, { state: 'COMPLETED' });
  for (const failure of failures) report(failure, run.id);
  if (failures.length > 0 && onCaptureError === undefined) throw failures[0];
  return result;
}

/** What runs was loaded when the process began: a commit made since then is not its commit, so each is asked for once. */
function codeVersions(cwd: string): (path: string | undefined) => Promise<CodeVersion | undefined> {
  const known = new Map<string | undefined, Promise<CodeVersion | undefined>>();
  return (path) => {
    const found = known.get(path) ?? gitCommit(cwd, path);
    known.set(path, found);
    return found;
  };
}

function surroundings(): JsonObject {
  return { node: process.versions.node, platform: process.platform, arch: process.arch };
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

const MAX_ERROR = 2_000;

function shortened(text: string): string {
  if (text.length <= MAX_ERROR) return text.toWellFormed() || 'an error without a text';
  return `${text.slice(0, MAX_ERROR).toWellFormed()} … (${text.length - MAX_ERROR} more characters)`;
}

function warn(error: unknown, run: string): void {
  process.emitWarning(`lineage of ${run} could not be declared: ${textOf(error)}`, 'PedigreeCaptureWarning');
}

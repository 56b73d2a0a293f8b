/** Whether a database still has what its log has signed, and what is said when it has not. */
import { PedigreeError, type ErrorCode } from '../domain/errors.js';
import { base64 } from '@scure/base';
import { TileBuilder } from '../ledger/tile-builder.js';
import { LINEAGE_LOG, type LogName } from './as-of.js';
import type { SignedHead, Standing } from './keys/head-store.js';
import type { LogTiles } from './log-tiles.js';

const CODES = { BEHIND: 'LOG_BEHIND', DIVERGED: 'LOG_DIVERGED' } as const satisfies Record<string, ErrorCode>;

/** The tiles of a tree as far as they are signed: where a new head has to begin. */
export interface SignedTree {
  readonly standing: Standing;
  /** Set if the standing is `SOUND`. */
  readonly builder?: TileBuilder;
}

/** Compares a database of `size` entries with the last signed head: rebuilds that head's root from the tiles. */
export async function compareWithSigned(
  tiles: LogTiles,
  signed: SignedHead,
  size: number,
): Promise<SignedTree> {
  if (size < signed.size) return { standing: behind(tiles.log, signed, size) };
  try {
    const builder = await TileBuilder.resume(signed.size, tiles);
    if (base64.encode(builder.root()) === signed.root) {
      return { standing: { state: 'SOUND', size, message: '' }, builder };
    }
  } catch (error) {
    if (!(error instanceof PedigreeError) || error.code !== 'LOG_DIVERGED') throw error;
  }
  return { standing: diverged(tiles.log, signed, size) };
}

/** Error: `LOG_BEHIND` or `LOG_DIVERGED`. */
export function requireSound(standing: Standing): void {
  const problem = problemOf(standing);
  if (problem) throw problem;
}

/** Why a log of this standing takes no entries; undefined if it does. */
export function problemOf({ state, message }: Standing): PedigreeError | undefined {
  if (state === 'SOUND') return undefined;
  return new PedigreeError(CODES[state], message, { retryAfterSeconds: 30 });
}

export function behind(log: LogName, signed: SignedHead, size: number): Standing {
  return {
    state: 'BEHIND',
    size,
    message:
      `the database must have the ${String(signed.size)} entries that ${signed.origin} has signed, but has ${String(size)}: ` +
      `it is ${stopped(log)} until a newer backup is restored, or "${newOrigin(log)}" gives the entries from ${String(size)} on up`,
  };
}

function diverged(log: LogName, signed: SignedHead, size: number): Standing {
  return {
    state: 'DIVERGED',
    size,
    message:
      `the first ${String(signed.size)} entries of the database must be those that ${signed.origin} has signed, but they are others: ` +
      `it is ${stopped(log)} until the right backup is restored, or "${newOrigin(log)}" gives the signed head up`,
  };
}

/** What cannot be recorded is not done: no declaration, or no read of a personal value. */
function stopped(log: LogName): string {
  return log === LINEAGE_LOG ? 'read-only' : 'closed for reads of personal values';
}

function newOrigin(log: LogName): string {
  return `pedigree log new-origin${log === LINEAGE_LOG ? '' : ` --log ${log}`}`;
}

/** The database says that the log was signed, but nothing is known of it. */
export function headLost(log: LogName, origin: string, size: number): Standing {
  return {
    state: 'DIVERGED',
    size,
    message:
      `the last signed head of ${origin} must be in the folder "heads" of the key store, but is not: ` +
      `it is ${stopped(log)} until that folder is restored from its backup`,
  };
}

/**
 * Stops writing before the disk is full: a Neo4j that finds no room in the middle of a commit panics, and then does not
 * even answer questions until it is restarted. With a reserve, questions go on, and writing goes on when there is room.
 */
import { statfsSync } from 'node:fs';

import { PedigreeError } from '../domain/errors.js';

const MIB = 1024 * 1024;
/** Neo4j's store files grow by 64 MiB at a time, and its next transaction log is reserved at once. */
export const RESERVE_BYTES = 256 * MIB;
/** A look at the disk holds for so long, in milliseconds: what is written meanwhile is far less than the reserve. */
const LOOK_EVERY = 500;
const RETRY_AFTER_SECONDS = 5;

/** Bytes that we may still write on the file system of a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** A function that says why nothing may be written now; undefined if it may. Cheap enough to be asked for each write. */
export function diskReserve(
  folder: string,
  free: () => number = () => freeBytes(folder),
): () => PedigreeError | undefined {
  let looked = -Infinity;
  let refusal: PedigreeError | undefined;
  return () => {
    const now = performance.now();
    if (now - looked >= LOOK_EVERY || refusal) {
      looked = now;
      refusal = refusalFor(folder, free());
    }
    return refusal;
  };
}

function refusalFor(folder: string, free: number): PedigreeError | undefined {
  if (free >= RESERVE_BYTES) return undefined;
  const [required, got] = [RESERVE_BYTES, free].map((bytes) => String(Math.floor(bytes / MIB)));
  return new PedigreeError(
    'DISK_FULL',
    `${required ?? ''} MiB of free disk space are required at ${folder} to write, but got: ${got ?? ''} MiB. ` +
      'Free some space: writing then goes on by itself. Reading goes on meanwhile.',
    { folder, required: RESERVE_BYTES, free, retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}

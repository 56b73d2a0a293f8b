import { statfs } from 'node:fs/promises';

import { PedigreeError } from '../domain/errors.js';

const MIB = 1024 * 1024;

/** Two databases preallocate their logs, so that a nearly full disk fails before Neo4j's first start and not in its middle. */
const ROOM_TO_START = 512 * MIB;

/** Throws DISK_FULL unless `bytes` are free for us on the file system of `folder`. */
export async function assertFreeSpace(folder: string, bytes = ROOM_TO_START): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new PedigreeError(
    'DISK_FULL',
    `${inMib(bytes)} MiB of free disk space are required at ${folder}, but got: ${inMib(free)} MiB. ` +
      'Free some space, or choose another folder (PEDIGREE_DATA_DIR for data, PEDIGREE_CACHE_DIR for downloads).',
    { folder, required: bytes, free },
  );
}

function inMib(bytes: number): string {
  return String(Math.floor(bytes / MIB));
}

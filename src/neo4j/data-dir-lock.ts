import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PedigreeError } from '../domain/errors.js';
import { type ProcessLock, tryProcessLock } from './process-lock.js';

/**
 * Takes the data folder for this process until `release()` or its death, whichever comes first. The keys and the
 * embedded database in it have one owner. Throws ALREADY_RUNNING, naming the other process and its address.
 * It sees the processes of its own machine only: two containers must not be given the same folder.
 */
export function lockDataDir(dataDir: string): ProcessLock {
  const attempt = tryProcessLock(join(dataDir, 'lock'));
  if ('lock' in attempt) return attempt.lock;
  const { pid } = attempt.owner;
  const url = serverUrl(dataDir, pid);
  throw new PedigreeError(
    'ALREADY_RUNNING',
    `a data folder of its own is required, but got: ${dataDir}, which process ${pid} is using` +
      `${url === undefined ? '' : ` to serve ${url}`}. Use that one, stop it (kill ${pid}), ` +
      'or choose another folder with PEDIGREE_DATA_DIR.',
    { dataDir, pid, ...(url === undefined ? {} : { url }) },
  );
}

/** The address in `server.json`, unless an earlier process left the file behind. */
function serverUrl(dataDir: string, pid: number): string | undefined {
  try {
    const file = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as {
      url?: unknown;
      pid?: unknown;
    };
    if (typeof file.url !== 'string' || (file.pid !== undefined && file.pid !== pid)) return undefined;
    return file.url;
  } catch {
    return undefined;
  }
}

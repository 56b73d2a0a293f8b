/** A full disk under the key store, as an error that says so. */
import { PedigreeError } from '../../domain/errors.js';

/**
 * What the system and LMDB call it: also a quota, and a limit on the size of the process's files. LMDB says EIO when a
 * write was cut short, which a full disk does; a broken one does, too, and then the words in the message tell.
 */
const FULL =
  /ENOSPC|EDQUOT|EFBIG|MDB_MAP_FULL|No space left|File too large|quota exceeded|Input\/output error/i;

/** Runs `work` on the store in `folder`. Error: `DISK_FULL`; nothing of it is kept then. */
export function unlessDiskFull<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const said = reasonsOf(error).find((reason) => FULL.test(reason));
    if (said === undefined) throw error;
    throw new PedigreeError(
      'DISK_FULL',
      `the key store in ${folder} must have room for new keys, but the disk said: ${said}`,
      { retryAfterSeconds: 5 },
      error,
    );
  }
}

/** LMDB tells the reason of a commit that failed beside the error, as another error. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code, commitError } = error as NodeJS.ErrnoException & { readonly commitError?: unknown };
  return [error.message, String(code), ...reasonsOf(commitError)];
}

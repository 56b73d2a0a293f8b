/** A follower's own copy of the last checkpoint: the signed note itself, so that it proves what was seen. */
import { open, readFile, rename } from 'node:fs/promises';
import type { NoteVerifier } from '../../ledger/signed-note.js';
import { readCheckpoint, type Followed } from './follower.js';
import { FollowError } from './verdict.js';

/** undefined if nothing was seen yet. Error: `STATE_UNREADABLE`. */
export async function readState(path: string, verifier: NoteVerifier): Promise<Followed | undefined> {
  let note: string;
  try {
    note = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new FollowError('STATE_UNREADABLE', `${path} must be readable, but: ${(error as Error).message}`);
  }
  try {
    return readCheckpoint(note, verifier);
  } catch (error) {
    throw new FollowError(
      'STATE_UNREADABLE',
      `${path} must be a checkpoint of this log and key, but: ${(error as Error).message}`,
    );
  }
}

/** Replaces the copy by a whole new one that is on disk when this returns. */
export async function writeState(path: string, note: string): Promise<void> {
  const draft = `${path}.new`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(note);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

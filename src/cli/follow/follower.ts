/**
 * Follows a log as an outsider: each checkpoint must be signed by the log's key and its tree must extend that of the one
 * before. What a log says of itself is never taken on trust; only the first checkpoint that is seen has none before it.
 */
import { openCheckpoint, type OpenCheckpoint } from '../../ledger/checkpoint.js';
import { sameBytes } from '../../ledger/merkle.js';
import type { NoteVerifier } from '../../ledger/signed-note.js';
import { TileBuilder } from '../../ledger/tile-builder.js';
import { EntryAudit, TreeAudit } from './audit.js';
import type { LogSource } from './log-source.js';
import { FollowError } from './verdict.js';

export interface FollowOptions {
  readonly verifier: NoteVerifier;
  /** Also read the entries and compare them with their hashes. */
  readonly entries: boolean;
  /** Check all tiles again and not only those that are new. */
  readonly all: boolean;
}

/** A checkpoint that was proved, with the note that says it. */
export interface Followed extends OpenCheckpoint {
  readonly note: string;
}

/**
 * Takes one step from the checkpoint that is known, if any, to the one that is served now.
 * Throws a `FollowError` that names what is wrong; the known checkpoint then stays the one to go on from.
 */
export async function followOnce(
  source: LogSource,
  known: Followed | undefined,
  { verifier, entries, all }: FollowOptions,
): Promise<Followed> {
  const head = readCheckpoint(await source.checkpoint(), verifier);
  if (known) refuseOlder(known, head);
  const from = all ? 0 : (known?.size ?? 0);
  if (head.size > from) {
    const tree = new TreeAudit(source, head);
    const audit = new EntryAudit(source);
    await tree.check(from, (tile, hashes) => (entries ? audit.check(tile, hashes) : Promise.resolve()));
    if (known) await requireExtension(tree, known, head);
  }
  return head;
}

/** Error: `CHECKPOINT_REFUSED`. */
export function readCheckpoint(note: string, verifier: NoteVerifier): Followed {
  try {
    return { ...openCheckpoint(note, verifier), note };
  } catch (error) {
    throw new FollowError('CHECKPOINT_REFUSED', (error as Error).message, note);
  }
}

function refuseOlder(known: Followed, head: Followed): void {
  if (head.size < known.size) {
    throw new FollowError(
      'ROLLED_BACK',
      `the log had ${String(known.size)} entries and now says ${String(head.size)}`,
      head.note,
    );
  }
  if (head.size === known.size && !sameBytes(head.root, known.root)) {
    throw new FollowError(
      'FORKED',
      `the log has signed two different trees of ${String(head.size)} entries`,
      head.note,
    );
  }
}

/** The tiles of the new tree were checked by then; their beginning must be the old tree. */
async function requireExtension(tree: TreeAudit, known: Followed, head: Followed): Promise<void> {
  const builder = await TileBuilder.resume(known.size, tree);
  if (sameBytes(builder.root(), known.root)) return;
  throw new FollowError(
    'FORKED',
    `the tree of ${String(head.size)} entries does not extend that of ${String(known.size)}: entries were changed, dropped or reordered`,
    head.note,
  );
}

/** What a follower finds wrong with a log. Each has a name, a message that says where, and an exit code. */

const EXIT_CODE = {
  /** The checkpoint is not signed by the log's key, or is of another log, or is no checkpoint. */
  CHECKPOINT_REFUSED: 1,
  /** The signed tree is smaller than one that was seen before: an old head is replayed. */
  ROLLED_BACK: 1,
  /** The signed tree does not extend one that was seen before: there are two histories. */
  FORKED: 1,
  /** A tile is not that of the signed tree. */
  TILE_ALTERED: 1,
  /** An entry is not the one whose hash is in the tree. */
  ENTRY_ALTERED: 1,
  /** An entry says that it was recorded before the one ahead of it. */
  BACK_DATED: 1,
  /** The server does not give what its checkpoint says there is. */
  WITHHELD: 2,
  /** The follower's own copy of the last checkpoint cannot be read. */
  STATE_UNREADABLE: 3,
  /** The server does not answer. */
  UNREACHABLE: 5,
} as const satisfies Record<string, number>;

export type Finding = keyof typeof EXIT_CODE;

export class FollowError extends Error {
  override readonly name = 'FollowError';

  constructor(
    readonly finding: Finding,
    message: string,
    /** The checkpoint that proves it, where one does. */
    readonly note?: string,
  ) {
    super(message);
  }

  get exitCode(): number {
    return EXIT_CODE[this.finding];
  }
}

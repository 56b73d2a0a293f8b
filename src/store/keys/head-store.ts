/**
 * The last head that each log has signed, kept outside the database beside the keys: a database that was restored from
 * an older backup is recognised by it. One store serves all servers of a database, as the key store does.
 */

export interface SignedHead {
  /** Names the log: the first line of its checkpoints. */
  readonly origin: string;
  readonly size: number;
  /** Base64, as in the checkpoint. */
  readonly root: string;
  /** The signed checkpoint. */
  readonly note: string;
  /** Milliseconds since the epoch. */
  readonly signedAt: number;
}

/** What an operator has decided about a log whose signed entries are lost: to go on under another name. */
export interface NewOriginOrder {
  readonly origin: string;
  /** The signed checkpoint that is given up; the order is void for any other. */
  readonly givesUp: string;
  /** Number of entries that the database has. */
  readonly kept: number;
  /** Index of the first lost entry; unset where it cannot be told which entries are the old ones. */
  readonly lostFrom?: number;
  readonly reason: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a server found when it compared the database with the last signed head. */
export interface Standing {
  readonly state: 'SOUND' | 'BEHIND' | 'DIVERGED';
  /** Entries in the database. */
  readonly size: number;
  /** What is wrong and what to do; empty for `SOUND`. */
  readonly message: string;
}

export interface HeadStore {
  /** The last signed head of a log; undefined if none was ever signed. */
  read(log: string): Promise<SignedHead | undefined>;
  /**
   * Replaces the last signed head if it is the expected one, for all processes at once; false if it is another by now.
   * On disk when it returns. A head of another origin ends the order that asked for it.
   */
  replace(log: string, expected: SignedHead | undefined, next: SignedHead): Promise<boolean>;
  order(log: string): Promise<NewOriginOrder | undefined>;
  putOrder(log: string, order: NewOriginOrder): Promise<void>;
  standing(log: string): Promise<Standing | undefined>;
  putStanding(log: string, standing: Standing): Promise<void>;
  close(): Promise<void>;
}

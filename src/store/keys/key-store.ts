/**
 * Where keys live: outside Neo4j, so that destroying a key erases what it sealed, also in every copy of the database.
 * The embedded store is for the servers of one host. Everything that a vault or a key management service would answer
 * over the network is asynchronous and takes lists; docs/erasure.md says what such a store has to keep.
 */
export interface SubjectKey {
  /** Names the key on nodes; random, so it says nothing about the subject. */
  readonly kid: string;
  /** 1 for a subject's first key; one more after each erasure. */
  readonly generation: number;
  /** How many subjects' keys the store had made when it had made this one: a store that has made fewer is older. */
  readonly serial: number;
  readonly key: Uint8Array;
}

/** `CURRENT` seals new values; `RETIRED` only opens old ones, until it is destroyed. */
export type GenerationState = 'CURRENT' | 'RETIRED' | 'DESTROYED';

export interface Generation {
  readonly kid: string;
  readonly generation: number;
  readonly state: GenerationState;
}

/** A key by its name: its bytes, or that it was destroyed. A name that is not in the answer was never known: it is lost. */
export type KeysByName = ReadonlyMap<string, Uint8Array | 'DESTROYED'>;

/** The same for whoever may not see what is kept only because of a duty. */
export type ReadableKeys = ReadonlyMap<string, Uint8Array | 'DESTROYED' | 'RESTRICTED'>;

/** What a reader of personal values needs. */
export interface KeyReader {
  /** Looked up anew each time, so that a destroyed key is gone for every server at once. */
  keysOf(kids: readonly string[]): Promise<ReadableKeys>;
}

export interface KeyStore extends KeyReader {
  /** Restricted keys, too: for what the server does itself. */
  keysOf(kids: readonly string[]): Promise<KeysByName>;
  /** Pinned in the database: another store cannot be taken for this one. */
  readonly id: string;
  /** Version of the log key under which new entries are made. */
  readonly currentLogKey: number;
  /** The log key of a version, all of which are held since the store was opened; throws `KEY_LOST` if it is not there. */
  logKey(version: number): Uint8Array;
  /** The current keys of these subjects; missing ones are created and durable when this resolves. */
  subjectKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>;
  /** The generations of a subject's key, oldest first; empty if the store never made one. Makes none. */
  generationsOf(subject: string): Promise<readonly Generation[]>;
  /** Seals nothing under these keys any more: their subjects' next values get a new generation. Durable, repeatable. */
  retire(kids: readonly string[]): Promise<void>;
  /** Retires keys, and marks them as restricted: `ReaderKeys` gives them to nobody. Durable, repeatable. */
  restrict(kids: readonly string[]): Promise<void>;
  /** Which of these keys are restricted; those that are destroyed are not among them. */
  restrictedOf(kids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Destroys keys for good. When this resolves, no copy of them is left in the store, and no server can read them. A name
   * that the store does not know is remembered, so that an older copy of the store cannot bring it back. Repeatable.
   */
  destroy(kids: readonly string[]): Promise<void>;
  /** The serials of these keys; those that are destroyed or unknown are left out. */
  serialsOf(kids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** How many subjects' keys were ever made here, as far as they are still there to be read. */
  lastSerial(): Promise<number>;
  close(): Promise<void>;
}

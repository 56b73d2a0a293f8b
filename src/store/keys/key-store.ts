/**
 * Where keys live: outside Neo4j, so that erasing a key erases what it sealed, also in every copy of the database.
 * The embedded store is for the servers of one host; the interface fits a vault or a key management service.
 */
export interface SubjectKey {
  /** Names the key on nodes; random, so it says nothing about the subject. */
  readonly kid: string;
  readonly generation: number;
  readonly key: Uint8Array;
}

export interface KeyStore {
  /** Pinned in the database: another store cannot be taken for this one. */
  readonly id: string;
  /** Version of the log key under which new entries are made. */
  readonly currentLogKey: number;
  /** The log key of a version; throws `KEY_LOST` if it is not there. */
  logKey(version: number): Uint8Array;
  /** The current keys of these subjects; missing ones are created and durable when this returns. */
  subjectKeys(subjects: readonly string[]): ReadonlyMap<string, SubjectKey>;
  /** The key of this name, or undefined if it was destroyed or never existed. */
  keyOf(kid: string): Uint8Array | undefined;
  close(): Promise<void>;
}

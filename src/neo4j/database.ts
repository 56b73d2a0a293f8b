/** Which of the three ways led to a database. */
export type DatabaseSource = 'external' | 'docker' | 'embedded';

/** A Neo4j that can be connected to, and the way to end it if it was started for us. */
export interface Database {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly how: DatabaseSource;
  /** Where its data is, if it was started by us on a disk of ours. */
  readonly folder?: string;
  /** Starts it again where it is, after a critical error of its own; only for one that was started by us. */
  readonly restart?: () => Promise<void>;
  /** Stops what was started to get this database, and nothing else. Repeated calls wait for the same stop. */
  stop(): Promise<void>;
}

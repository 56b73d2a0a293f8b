/** The access log in the database: records of reads, appended in one transaction with their leaves, and listed. */
import type { Clock } from '../domain/clock.js';
import type { Entry } from '../ledger/entry.js';
import { ACCESS_LOG } from './as-of.js';
import type { Database } from './database.js';
import { bundleRows, lockHead } from './log-append.js';
import type { WriteGuard } from './log-publisher.js';
import {
  accessCreateLooks,
  accessCreateRecords,
  accessFindRecord,
  accessListIntents,
  accessListLooks,
  logAdvanceHead,
  logAppendBundles,
} from './queries.gen.js';
import type { StoredProps } from './stored-values.js';

/** A record ready to be written. */
export interface PreparedAccess {
  readonly id: string;
  readonly entry: Entry;
  /** Node properties; leaf index and time come with the transaction. */
  readonly props: Readonly<Record<string, unknown>>;
  /** For an outcome: the artifacts whose personal values were returned, and the leaf index of the intent. */
  readonly looks?: {
    readonly artifacts: readonly string[];
    readonly request: string;
    readonly intent: number;
  };
}

export interface AccessFilter {
  readonly by?: string | undefined;
  /** Only reads that returned personal values of one of these. */
  readonly artifacts?: readonly string[] | undefined;
  /** Milliseconds since the epoch; `to` is excluded. */
  readonly from: number;
  readonly to: number;
}

/** An intent, and its outcome if there is one. */
export interface AccessPair {
  readonly intent: StoredProps;
  readonly outcome: StoredProps | null;
}

export class AccessLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly guard?: WriteGuard,
  ) {}

  /**
   * Appends records; their leaf indexes, in order, once they are committed. Errors: `LOG_BEHIND`, `LOG_DIVERGED` while the
   * database has not what this log has signed.
   */
  async append(records: readonly PreparedAccess[]): Promise<number[]> {
    const indexes = await this.database.write(async (tx) => {
      const head = await lockHead(tx, ACCESS_LOG);
      await this.guard?.check(head.size);
      const at = Math.max(this.clock(), head.at);
      const rows = records.map(({ props }, i) => ({
        props: { ...props, leafIndex: head.size + i, recordedAt: at },
      }));
      const looks = records.flatMap(({ looks: seen }) =>
        (seen?.artifacts ?? []).map((artifact) => ({
          artifact,
          request: seen?.request as string,
          intent: seen?.intent as number,
        })),
      );
      await Promise.all([
        tx.run(accessCreateRecords, { rows }),
        ...(looks.length > 0 ? [tx.run(accessCreateLooks, { rows: looks })] : []),
        tx.run(logAppendBundles, { log: ACCESS_LOG, bundles: bundleRows(head.size, records, at) }),
        tx.run(logAdvanceHead, { ...head, log: ACCESS_LOG, size: head.size + records.length, at }),
      ]);
      return records.map((_, i) => head.size + i);
    });
    this.guard?.committed();
    return indexes;
  }

  /** The leaf index of a record; undefined if there is none of this id. */
  async placeOf(id: string): Promise<number | undefined> {
    const [row] = await this.database.run(accessFindRecord, { id });
    return row?.leafIndex;
  }

  /** Reads before a leaf index, newest first. */
  async list(
    { by, artifacts, from, to }: AccessFilter,
    before: number,
    first: number,
  ): Promise<readonly AccessPair[]> {
    const page = { by: by ?? null, from, to, before, first };
    return artifacts
      ? this.database.run(accessListLooks, { ...page, artifacts })
      : this.database.run(accessListIntents, page);
  }
}

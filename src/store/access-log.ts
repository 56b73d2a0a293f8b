/** The access log in the database: records of reads, appended in one transaction with their leaves, and listed. */
import type { Clock } from '../domain/clock.js';
import type { Entry } from '../ledger/entry.js';
import { ACCESS_LOG } from './as-of.js';
import type { Database, StatementRunner } from './database.js';
import { bundleRows, lockHead } from './log-append.js';
import type { WriteGuard } from './log-publisher.js';
import {
  accessCreateLooks,
  accessCreateRecords,
  accessFindRecords,
  accessListGrants,
  accessListIntents,
  accessListLooks,
  accessListProfiles,
  accessListSubjectLooks,
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
  /** For the intent of a read under a grant: its id. The record is written only if that is not revoked. */
  readonly grant?: string;
  /** For an outcome: whose personal values were returned. */
  readonly looks?: readonly AccessLook[];
}

/** That a read returned personal values of an artifact. */
export interface AccessLook {
  readonly artifact: string;
  readonly request: string;
  /** Leaf index of the read's intent. */
  readonly intent: number;
  /** The mark of the person whom the values concern; null if the key was destroyed meanwhile. */
  readonly subject: string | null;
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

/** A grant as it was issued, and its revocation if there is one. */
export interface GrantPair {
  readonly grant: StoredProps;
  readonly revocation: StoredProps | null;
}

/** Ids of the records that say that a grant was issued, and that it was revoked. */
export const grantRecord = (grant: string): string => `access:grant/${grant}@issued`;
export const revocationRecord = (grant: string): string => `access:grant/${grant}@revoked`;

/** Id of the record that says what a version of a redaction profile is. */
export const profileRecord = (name: string, digest: string): string => `access:profile/${name}@${digest}`;

export class AccessLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly publisher?: Pick<WriteGuard, 'committed'>,
  ) {}

  /**
   * Appends records; their leaf indexes, in order, once they are committed. Undefined for the intent of a read under a
   * grant whose revocation came first: under the lock of this log, one of the two did.
   */
  async append(prepared: readonly PreparedAccess[]): Promise<(number | undefined)[]> {
    const indexes = await this.database.write(async (tx) => {
      const head = await lockHead(tx, ACCESS_LOG);
      const at = Math.max(this.clock(), head.at);
      const revoked = await revokedAmong(tx, prepared);
      const isWritten = ({ grant }: PreparedAccess): boolean => grant === undefined || !revoked.has(grant);
      const records = prepared.filter(isWritten);
      if (records.length === 0) return prepared.map(() => undefined);
      const rows = records.map(({ props }, i) => ({
        props: { ...props, leafIndex: head.size + i, recordedAt: at },
      }));
      const looks = records.flatMap((record) => record.looks ?? []);
      await Promise.all([
        tx.run(accessCreateRecords, { rows }),
        ...(looks.length > 0 ? [tx.run(accessCreateLooks, { rows: looks })] : []),
        tx.run(logAppendBundles, { log: ACCESS_LOG, bundles: bundleRows(head.size, records, at) }),
        tx.run(logAdvanceHead, { ...head, log: ACCESS_LOG, size: head.size + records.length, at }),
      ]);
      let next = head.size;
      return prepared.map((record) => (isWritten(record) ? next++ : undefined));
    });
    this.publisher?.committed();
    return indexes;
  }

  /** Reads of one person's values before a leaf index, newest first, each with the artifacts where they stood. */
  async listOfSubject(
    subjects: readonly string[],
    { from, to }: Pick<AccessFilter, 'from' | 'to'>,
    before: number,
    first: number,
  ): Promise<readonly (AccessPair & { readonly artifacts: readonly string[] })[]> {
    return this.database.run(accessListSubjectLooks, { subjects, from, to, before, first });
  }

  /** Records by their ids; one that is not there is left out. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, StoredProps>> {
    const rows = await this.database.run(accessFindRecords, { ids });
    return new Map(rows.map(({ id, props }) => [id, props]));
  }

  /** Grants before a leaf index, newest first. */
  async listGrants(before: number, first: number): Promise<readonly GrantPair[]> {
    return this.database.run(accessListGrants, { before, first });
  }

  /** Redaction profiles, of one name or of all, newest first. */
  async listProfiles(name: string | undefined, first: number): Promise<readonly StoredProps[]> {
    const rows = await this.database.run(accessListProfiles, { name: name ?? null, first });
    return rows.map(({ props }) => props);
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

async function revokedAmong(
  tx: StatementRunner,
  records: readonly PreparedAccess[],
): Promise<ReadonlySet<string>> {
  const grants = [...new Set(records.flatMap(({ grant }) => grant ?? []))];
  if (grants.length === 0) return new Set();
  const found = await tx.run(accessFindRecords, { ids: grants.map(revocationRecord) });
  const ids = new Set(found.map(({ id }) => id));
  return new Set(grants.filter((grant) => ids.has(revocationRecord(grant))));
}

/** Which decisions an artifact affects, as one reader may know it: where impact gets its decisions and deployments from. */
import type { Database } from '../store/database.js';
import { ImpactReader, type Deployment, type TimeWindow } from '../store/impact-reader.js';
import type { KeyReader } from '../store/keys/key-store.js';
import type { Bounded } from '../store/lineage-reader.js';
import { findAffected, type AffectedDecisions } from './affected-decisions.js';
import { followRows } from './affected-rows.js';
import type { Looked } from './row-keys.js';

export interface AffectedBy {
  readonly of: string;
  readonly asOf: number;
  /** Row keys are personal: without this rows are not followed, and the precision says so. */
  readonly looked: Looked | undefined;
  /** Decision time that is asked about. */
  readonly window: TimeWindow;
}

export interface DecisionSource {
  /**
   * Gives `work` the affected decisions, a reader of them, and the part of the window that may be looked at, all in one
   * transaction. Errors: `BAD_INPUT` (too many groups), `TIMEOUT`.
   */
  affected<T>(
    question: AffectedBy,
    work: (reader: ImpactReader, affected: AffectedDecisions, decidedIn: TimeWindow) => Promise<T>,
  ): Promise<T>;
  /** Where the affected models are deployed and not retired since: oldest first, at most `first`. */
  deployments(of: string, asOf: number, first: number): Promise<Bounded<Deployment>>;
}

/** All stored decisions. */
export class StoredDecisions implements DecisionSource {
  constructor(
    private readonly database: Database,
    private readonly keyStore: KeyReader,
  ) {}

  affected<T>(
    { of, asOf, looked, window }: AffectedBy,
    work: (reader: ImpactReader, affected: AffectedDecisions, decidedIn: TimeWindow) => Promise<T>,
  ): Promise<T> {
    return this.database.read(async (runner) => {
      const reader = new ImpactReader(runner, asOf);
      const access = { runner, keyStore: this.keyStore, looked };
      const affected = await findAffected(reader, of, (groups) =>
        followRows(reader, access, { of, asOf, groups }),
      );
      return work(reader, affected, window);
    });
  }

  deployments(of: string, asOf: number, first: number): Promise<Bounded<Deployment>> {
    return new ImpactReader(this.database, asOf).deployments(of, first);
  }
}

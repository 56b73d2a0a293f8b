/**
 * What the store derives from entries and keeps beside them, in pages: columns, links between decision groups, ties to
 * further keys, what is noted of runs and of reads, what is awaited, and what artifacts are found by. Only `fsck` asks all of it; what it gets may be anything.
 */
import { OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  accessFindRecords,
  fsckCountDerived,
  fsckFindRuns,
  fsckListAmendments,
  fsckListAwaited,
  fsckListCascades,
  fsckListColumnLinks,
  fsckListColumns,
  fsckListFeeds,
  fsckListFurtherKeys,
  fsckListLooks,
  fsckListTerms,
  fsckListVersions,
  fsckScanAwaited,
  fsckScanColumns,
  fsckScanFurtherKeys,
  fsckScanLooks,
  fsckScanRecords,
  fsckScanRuns,
  fsckScanTerms,
  type FsckCountDerivedRow,
  type FsckListAmendmentsRow,
  type FsckListAwaitedRow,
  type FsckListCascadesRow,
  type FsckListColumnLinksParams,
  type FsckListColumnLinksRow,
  type FsckListFeedsRow,
  type FsckListLooksRow,
  type FsckListTermsParams,
  type FsckListTermsRow,
  type FsckListVersionsRow,
  type FsckScanAwaitedRow,
  type FsckScanColumnsRow,
  type FsckScanFurtherKeysRow,
  type FsckScanLooksRow,
  type FsckScanRecordsRow,
  type FsckScanRunsRow,
  type FsckScanTermsParams,
  type FsckScanTermsRow,
} from './queries.gen.js';
import type { StoredProps } from './stored-values.js';

const NOTHING: FsckCountDerivedRow = {
  columns: 0,
  furtherKeys: 0,
  erasures: 0,
  runs: 0,
  records: 0,
  looks: 0,
  terms: 0,
  awaited: 0,
};

/** Methods that take lists give nothing for an empty one, without asking; those that scan give what comes after a place. */
export class DerivedReader {
  constructor(private readonly runner: StatementRunner) {}

  async counts(): Promise<FsckCountDerivedRow> {
    const [row] = await this.runner.run(fsckCountDerived, {});
    return row ?? NOTHING;
  }

  /** Columns by their keys. */
  async columns(keys: readonly string[]): Promise<ReadonlyMap<string, StoredProps>> {
    const rows = keys.length === 0 ? [] : await this.runner.run(fsckListColumns, { keys });
    return new Map(rows.map(({ key, props }) => [key, props]));
  }

  async columnLinks(rows: FsckListColumnLinksParams['rows']): Promise<readonly FsckListColumnLinksRow[]> {
    return rows.length === 0 ? [] : this.runner.run(fsckListColumnLinks, { rows });
  }

  scanColumns(after: string, first: number): Promise<FsckScanColumnsRow[]> {
    return this.runner.run(fsckScanColumns, { after, first });
  }

  /** Since when these terms are there; those that are not are left out. */
  async terms(rows: FsckListTermsParams['rows']): Promise<readonly FsckListTermsRow[]> {
    return rows.length === 0 ? [] : this.runner.run(fsckListTerms, { rows });
  }

  scanTerms(after: Omit<FsckScanTermsParams, 'first'>, first: number): Promise<FsckScanTermsRow[]> {
    return this.runner.run(fsckScanTerms, { ...after, first });
  }

  /** Of each name, by its id without a version, the first and the newest version in a log of this size. */
  async versions(names: readonly string[], size: number): Promise<ReadonlyMap<string, FsckListVersionsRow>> {
    const rows = names.length === 0 ? [] : await this.runner.run(fsckListVersions, { names, size });
    return new Map(rows.map((row) => [row.of, row]));
  }

  /** Whether some artifacts are noted as awaited, and whether they are declared by now. */
  async awaited(ids: readonly string[]): Promise<readonly FsckListAwaitedRow[]> {
    return ids.length === 0 ? [] : this.runner.run(fsckListAwaited, { ids });
  }

  scanAwaited(after: string, first: number): Promise<FsckScanAwaitedRow[]> {
    return this.runner.run(fsckScanAwaited, { after, first });
  }

  /** Between which groups the edges of some decisions make a cascade. */
  async cascades(ids: readonly string[]): Promise<readonly FsckListCascadesRow[]> {
    return ids.length === 0 ? [] : this.runner.run(fsckListCascades, { ids });
  }

  /** What is kept of some pairs of groups. */
  async feeds(
    rows: readonly { readonly fed: number; readonly feeding: number }[],
  ): Promise<readonly FsckListFeedsRow[]> {
    const pairs = rows.map(({ fed, feeding }) => ({ fed, feeding }));
    return pairs.length === 0 ? [] : this.runner.run(fsckListFeeds, { rows: pairs });
  }

  /** The edges of some decisions that another entry stated or ended. */
  async amendments(ids: readonly string[]): Promise<readonly FsckListAmendmentsRow[]> {
    return ids.length === 0 ? [] : this.runner.run(fsckListAmendments, { ids, open: OPEN_UNTIL });
  }

  /** How often each of these ties is there. */
  async furtherKeys(
    rows: readonly { readonly kid: string; readonly id: string }[],
  ): Promise<readonly { readonly kid: string; readonly id: string; readonly count: number }[]> {
    return rows.length === 0 ? [] : this.runner.run(fsckListFurtherKeys, { rows });
  }

  scanFurtherKeys(
    after: { readonly kid: string; readonly id: string },
    first: number,
  ): Promise<FsckScanFurtherKeysRow[]> {
    return this.runner.run(fsckScanFurtherKeys, { ...after, first });
  }

  /** Those of these runs of which something is noted. */
  async knownRuns(runs: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = runs.length === 0 ? [] : await this.runner.run(fsckFindRuns, { runs });
    return new Set(rows.map(({ run }) => run));
  }

  scanRuns(after: string, first: number): Promise<FsckScanRunsRow[]> {
    return this.runner.run(fsckScanRuns, { after, first });
  }

  /** Records of the access log by id. */
  async records(ids: readonly string[]): Promise<ReadonlyMap<string, StoredProps>> {
    const rows = ids.length === 0 ? [] : await this.runner.run(accessFindRecords, { ids });
    return new Map(rows.map(({ id, props }) => [id, props]));
  }

  scanRecords(after: string, first: number): Promise<FsckScanRecordsRow[]> {
    return this.runner.run(fsckScanRecords, { after, first });
  }

  /** Which reads are noted as having looked at artifacts. */
  async looks(
    rows: readonly { readonly artifact: string; readonly intent: number }[],
  ): Promise<readonly FsckListLooksRow[]> {
    return rows.length === 0 ? [] : this.runner.run(fsckListLooks, { rows });
  }

  scanLooks(
    after: { readonly artifact: string; readonly intent: number },
    first: number,
  ): Promise<FsckScanLooksRow[]> {
    return this.runner.run(fsckScanLooks, { ...after, first });
  }
}

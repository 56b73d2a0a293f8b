/**
 * The one transaction in which entries come into being: lock, checks, nodes, edges, bundles, head.
 * All of it is committed, or nothing.
 */
import type { Clock } from '../domain/clock.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import {
  mentionedIds,
  planBatch,
  type BatchPlan,
  type ItemOutcome,
  type KnownNode,
  type PlacedEntry,
  type StaleOutcome,
} from './batch-plan.js';
import { ColumnWriter, type ColumnRows } from './column-writer.js';
import { cycleJudge, reachQuestion } from './cycle-check.js';
import type { Database, StatementRunner } from './database.js';
import { findGroups, placeInGroups, type DecisionPlaces } from './decision-groups.js';
import { writeDecisionLinks } from './decision-links.js';
import { splitDecisions } from './decision-writer.js';
import { writeGraph } from './graph-writer.js';
import { writeAwaited } from './awaited-writer.js';
import type { WriteGuard } from './log-publisher.js';
import { bundleRows, lockHead } from './log-append.js';
import type { PreparedEntry } from './prepared-entry.js';
import { SearchWriter, type SearchRows } from './search-writer.js';
import { refuseUnstated } from './withdrawn-check.js';
import {
  artifactFindMentioned,
  artifactFindReachable,
  attestationFindAttestations,
  erasureFindErased,
  erasureIndexSealed,
  erasureNoteSerial,
  erasureReadKept,
  logAdvanceHead,
  logAppendBundles,
  type DecisionFindGroupsRow,
  type ErasureReadKeptRow,
  type LogLockHeadRow,
} from './queries.gen.js';

export type KeptNode = ErasureReadKeptRow;

/** What the database has of a batch under the log's lock. */
interface Found {
  readonly head: LogLockHeadRow;
  readonly known: ReadonlyMap<string, KnownNode>;
  readonly groups: readonly DecisionFindGroupsRow[];
}

/** What a batch adds to the indexes that are made from its entries. */
interface DerivedRows {
  readonly columns: ColumnRows;
  readonly search: SearchRows;
}

export class EntryWriter {
  private readonly columns = new ColumnWriter();
  private readonly search = new SearchWriter();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly guard?: WriteGuard,
  ) {}

  /**
   * Writes a batch; the outcomes are in the order of the items. An outcome is returned only after the commit, so what
   * is acknowledged is there. Writing the same items again gives the same outcomes, marked as repeated.
   */
  async append(items: readonly PreparedEntry[]): Promise<readonly (ItemOutcome | StaleOutcome)[]> {
    if (items.length === 0) return [];
    const outcomes = await this.appendOnce(items);
    const again = judgedTooSoon(items, outcomes);
    if (again.size === 0) return outcomes;
    const second = (await this.appendOnce(items.filter((item) => again.has(item)))).values();
    return items.map((item, i) =>
      again.has(item)
        ? (second.next().value as ItemOutcome | StaleOutcome)
        : (outcomes[i] as ItemOutcome | StaleOutcome),
    );
  }

  private async appendOnce(
    items: readonly PreparedEntry[],
  ): Promise<readonly (ItemOutcome | StaleOutcome)[]> {
    const { outcomes, derived } = await this.database.write(async (tx) => {
      // All three are on their way before the first is answered: the lock is taken before anything is read.
      const [head, known, groups] = await Promise.all([
        lockHead(tx, LINEAGE_LOG),
        findKnown(tx, items),
        findGroups(tx, items),
      ]);
      await this.guard?.check(head.size);
      const stale = await findStale(tx, head, items);
      const settled = new Map<PreparedEntry, ItemOutcome | StaleOutcome>([
        ...(await refuseUnstated(tx, items, known)),
        ...stale,
      ]);
      const fresh = items.filter((item) => !settled.has(item));
      const question = reachQuestion(fresh, known);
      const reachable = question
        ? await tx.run(artifactFindReachable, { ...question, open: OPEN_UNTIL })
        : [];
      const plan = planBatch(fresh, known, head, cycleJudge(reachable));
      const columns = this.columns.rowsOf(plan.placed);
      const derived = { columns, search: this.search.rowsOf(plan, columns) };
      if (plan.placed.length > 0) await this.write(tx, { head, known, groups }, plan, derived);
      const planned = plan.outcomes.values();
      const outcomes = items.map((item) => settled.get(item) ?? (planned.next().value as ItemOutcome));
      return { outcomes, derived };
    });
    this.columns.remember(derived.columns);
    this.search.remember(derived.search);
    this.guard?.committed();
    return outcomes;
  }

  /** What these entries' nodes keep of their personal values; entries that are not declared are left out. */
  async kept(ids: readonly string[]): Promise<ReadonlyMap<string, KeptNode>> {
    const rows = await this.database.run(erasureReadKept, { ids });
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async write(
    tx: StatementRunner,
    { head, known, groups }: Found,
    plan: BatchPlan,
    derived: DerivedRows,
  ): Promise<void> {
    const at = Math.max(this.clock(), head.at);
    const decisions = placeInGroups(groups, plan.placed, head.nextGroup);
    const split = splitDecisions(plan.placed, known);
    await Promise.all([
      ...writeGraph(tx, known, plan, split, decisions, at),
      ...this.columns.write(tx, derived.columns),
      ...this.search.write(tx, derived.search),
      ...writeAwaited(tx, plan, known),
      ...decisions.write(tx),
      ...writeDecisionLinks(tx, plan.placed, known),
      ...writeKeys(tx, head, plan.placed),
      ...this.writeLog(tx, head, plan, decisions, at),
    ]);
  }

  private writeLog(
    tx: StatementRunner,
    head: LogLockHeadRow,
    { placed, newNodes }: BatchPlan,
    decisions: DecisionPlaces,
    at: number,
  ): Promise<unknown>[] {
    const bundles = bundleRows(
      head.size,
      placed.map(({ item }) => item),
      at,
    );
    return [
      tx.run(logAppendBundles, { log: LINEAGE_LOG, bundles }),
      tx.run(logAdvanceHead, {
        log: LINEAGE_LOG,
        size: head.size + placed.length,
        at,
        nextSeq: head.nextSeq + newNodes.size,
        nextGroup: decisions.nextGroup,
      }),
    ];
  }
}

/** The items that seal under keys that are being erased. While nothing was ever erased, nothing is asked. */
async function findStale(
  tx: StatementRunner,
  { erasures }: LogLockHeadRow,
  items: readonly PreparedEntry[],
): Promise<ReadonlyMap<PreparedEntry, StaleOutcome>> {
  const kids = erasures === 0 ? [] : [...new Set(items.flatMap((item) => item.kids))];
  const found = kids.length === 0 ? [] : await tx.run(erasureFindErased, { kids });
  const erased = new Set(found.map(({ kid }) => kid));
  return new Map(
    items.flatMap((item) => {
      const erasedKids = item.kids.filter((kid) => erased.has(kid));
      return erasedKids.length === 0 ? [] : [[item, { accepted: false, erasedKids }]];
    }),
  );
}

/** Ties entries to their further keys, and notes the newest key of all. */
function writeKeys(
  tx: StatementRunner,
  { keySerial }: LogLockHeadRow,
  placed: readonly PlacedEntry[],
): Promise<unknown>[] {
  const rows = placed.flatMap(({ item }) => item.kids.slice(1).map((kid) => ({ kid, id: item.id })));
  const serial = placed.reduce((max, { item }) => Math.max(max, item.keySerial), 0);
  return [
    ...unlessEmpty(rows, (further) => tx.run(erasureIndexSealed, { rows: further })),
    ...(serial > keySerial ? [tx.run(erasureNoteSerial, { log: LINEAGE_LOG, serial })] : []),
  ];
}

/**
 * Items refused as cycles after an item that ends edges: the way back may have gone through those. What the database
 * knows of ways does not say which edges they take, so such items are judged again when the ends are committed.
 */
function judgedTooSoon(
  items: readonly PreparedEntry[],
  outcomes: readonly (ItemOutcome | StaleOutcome)[],
): ReadonlySet<PreparedEntry> {
  const firstEnd = items.findIndex((item) => item.ends.length > 0);
  if (firstEnd === -1) return new Set();
  return new Set(
    items.filter((_, i) => {
      const outcome = outcomes[i];
      return i > firstEnd && outcome && 'error' in outcome && outcome.error.code === 'CYCLE';
    }),
  );
}

async function findKnown(
  tx: StatementRunner,
  items: readonly PreparedEntry[],
): Promise<Map<string, KnownNode>> {
  const { artifacts, attestations } = mentionedIds(items);
  const found = await Promise.all([
    artifacts.length > 0 ? tx.run(artifactFindMentioned, { ids: artifacts }) : [],
    attestations.length > 0 ? tx.run(attestationFindAttestations, { ids: attestations }) : [],
  ]);
  return new Map(found.flat().map((node) => [node.id, node]));
}

function unlessEmpty<T>(
  rows: readonly T[],
  send: (rows: readonly T[]) => Promise<unknown>,
): Promise<unknown>[] {
  return rows.length === 0 ? [] : [send(rows)];
}

/**
 * The one transaction in which entries come into being: lock, checks, nodes, edges, bundles, head.
 * All of it is committed, or nothing.
 */
import type { Clock } from '../domain/clock.js';
import { PedigreeError } from '../domain/errors.js';
import { packBundles } from '../ledger/bundle.js';
import { leafOf } from '../ledger/entry.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import { mentionedIds, planBatch, type BatchPlan, type ItemOutcome, type KnownNode } from './batch-plan.js';
import { ColumnWriter, type ColumnRows } from './column-writer.js';
import { cycleJudge, reachQuestion } from './cycle-check.js';
import type { Database, StatementRunner } from './database.js';
import { placeInGroups, type DecisionPlaces } from './decision-groups.js';
import { writeDecisionLinks } from './decision-links.js';
import { splitDecisions, writeDecisions, type SplitPlan } from './decision-writer.js';
import { edgeRows, endRows, nodeRows } from './entry-rows.js';
import type { PreparedEntry } from './prepared-entry.js';
import {
  artifactCreateArtifacts,
  artifactCreateEdges,
  artifactEndEdges,
  artifactFillPlaceholders,
  artifactFindMentioned,
  artifactFindReachable,
  attestationCreateAbouts,
  attestationCreateAttestations,
  attestationFindAttestations,
  logAdvanceHead,
  logAppendBundles,
  logLockHead,
  type LogLockHeadRow,
} from './queries.gen.js';

export class EntryWriter {
  private readonly columns = new ColumnWriter();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes a batch; the outcomes are in the order of the items. An outcome is returned only after the commit, so what
   * is acknowledged is there. Writing the same items again gives the same outcomes, marked as repeated.
   */
  async append(items: readonly PreparedEntry[]): Promise<readonly ItemOutcome[]> {
    if (items.length === 0) return [];
    const { outcomes, columns } = await this.database.write(async (tx) => {
      const [head] = await tx.run(logLockHead, { log: LINEAGE_LOG });
      if (!head)
        throw new PedigreeError(
          'UNKNOWN_FORMAT',
          'the database must have a log head: start the server on it once',
        );
      const known = await findKnown(tx, items);
      const question = reachQuestion(items, known);
      const reachable = question
        ? await tx.run(artifactFindReachable, { ...question, open: OPEN_UNTIL })
        : [];
      const plan = planBatch(items, known, head, cycleJudge(reachable));
      const columns = this.columns.rowsOf(plan.placed);
      if (plan.placed.length > 0) await this.write(tx, head, known, plan, columns);
      return { outcomes: plan.outcomes, columns };
    });
    this.columns.remember(columns);
    return outcomes;
  }

  private async write(
    tx: StatementRunner,
    head: LogLockHeadRow,
    known: ReadonlyMap<string, KnownNode>,
    plan: BatchPlan,
    columns: ColumnRows,
  ): Promise<void> {
    const at = Math.max(this.clock(), head.at);
    const decisions = await placeInGroups(tx, plan.placed, head.nextGroup);
    const split = splitDecisions(plan.placed, known);
    await Promise.all([
      ...writeNodes(tx, known, plan, split, decisions, at),
      ...writeDecisions(tx, split, plan, decisions, at),
      ...writeEdges(tx, split),
      ...this.columns.write(tx, columns),
      ...decisions.write(tx),
      ...writeDecisionLinks(tx, plan.placed, known),
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
    const leaves = placed.map(({ item }) => leafOf(item.entry, at));
    const bundles = packBundles(head.size, leaves).map((bundle) => {
      const first = bundle.start - head.size;
      return { ...bundle, at, ids: placed.slice(first, first + bundle.count).map(({ item }) => item.id) };
    });
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

/** The statements are sent in this order over one connection, which runs them one after the other. */
function writeNodes(
  tx: StatementRunner,
  known: ReadonlyMap<string, KnownNode>,
  plan: BatchPlan,
  { rest }: SplitPlan,
  decisions: DecisionPlaces,
  at: number,
): Promise<unknown>[] {
  const { created, filled, attested } = nodeRows(plan, known, decisions, at, rest);
  return [
    ...unlessEmpty(created, (rows) => tx.run(artifactCreateArtifacts, { rows })),
    ...unlessEmpty(filled, (rows) => tx.run(artifactFillPlaceholders, { rows })),
    ...unlessEmpty(attested, (rows) => tx.run(attestationCreateAttestations, { rows })),
  ];
}

function writeEdges(tx: StatementRunner, { rest }: SplitPlan): Promise<unknown>[] {
  const abouts = rest.flatMap(({ item, leafIndex }) =>
    item.about.map((to) => ({ from: item.id, to, since: leafIndex })),
  );
  return [
    ...unlessEmpty(edgeRows(rest), (rows) => tx.run(artifactCreateEdges, { rows })),
    ...unlessEmpty(endRows(rest), (rows) => tx.run(artifactEndEdges, { rows, open: OPEN_UNTIL })),
    ...unlessEmpty(abouts, (rows) => tx.run(attestationCreateAbouts, { rows })),
  ];
}

function unlessEmpty<T>(
  rows: readonly T[],
  send: (rows: readonly T[]) => Promise<unknown>,
): Promise<unknown>[] {
  return rows.length === 0 ? [] : [send(rows)];
}

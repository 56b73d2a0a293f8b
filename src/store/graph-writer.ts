/** Writes the nodes and the edges of a planned batch. The statements are sent in order over one connection. */
import { PedigreeError } from '../domain/errors.js';
import { OPEN_UNTIL } from './as-of.js';
import type { BatchPlan, KnownNode } from './batch-plan.js';
import type { StatementRunner } from './database.js';
import type { DecisionPlaces } from './decision-groups.js';
import { writeDecisions, type SplitPlan } from './decision-writer.js';
import { endRows, nodeRows } from './entry-rows.js';
import { graphRows, isBare } from './graph-rows.js';
import {
  artifactCreateArtifacts,
  artifactEndEdges,
  artifactFillPlaceholders,
  entryWriteGraph,
  type EntryWriteGraphParams,
} from './queries.gen.js';

/** Sends everything that the plan adds; rejects if not all of it found its place. */
export function writeGraph(
  tx: StatementRunner,
  known: ReadonlyMap<string, KnownNode>,
  plan: BatchPlan,
  split: SplitPlan,
  decisions: DecisionPlaces,
  at: number,
): Promise<unknown>[] {
  const { created, filled, attested } = nodeRows(plan, known, decisions, at, split.rest);
  // Alike decisions are written before the rest's edges and after what they name.
  const first = split.alike.length > 0 ? created : created.filter((row) => !isBare(row));
  const bare = split.alike.length > 0 ? [] : created.filter(isBare);
  const rows = graphRows(bare, attested, split.rest);
  return [
    ...unlessEmpty(first, (list) => tx.run(artifactCreateArtifacts, { rows: list })),
    ...unlessEmpty(filled, (list) => tx.run(artifactFillPlaceholders, { rows: list })),
    ...writeDecisions(tx, split, plan, decisions, at),
    ...unlessEmpty([...bare, ...attested, ...rows.edges.types], () =>
      writeRows(tx, { ...rows, recordedAt: at }),
    ),
    ...unlessEmpty(endRows(split.rest), (list) => tx.run(artifactEndEdges, { rows: list, open: OPEN_UNTIL })),
  ];
}

/** Wrong places would tie an entry to another's artifacts: rather nothing is written. */
async function writeRows(tx: StatementRunner, rows: EntryWriteGraphParams): Promise<void> {
  const [counts] = await tx.run(entryWriteGraph, rows);
  const { made, found, attested, edges } = rows;
  const expected = {
    nodes: made.ids.length + found.length,
    abouts: attested.abouts.flat().length,
    edges: edges.types.length,
  };
  if (JSON.stringify({ ...expected, ...counts }) === JSON.stringify(expected)) return;
  throw new PedigreeError(
    'INTERNAL',
    `the database must write ${JSON.stringify(expected)}, but wrote: ${JSON.stringify(counts)}`,
  );
}

function unlessEmpty<T>(
  rows: readonly T[],
  send: (rows: readonly T[]) => Promise<unknown>,
): Promise<unknown>[] {
  return rows.length === 0 ? [] : [send(rows)];
}

/**
 * A correction may only withdraw what holds: one that ends nothing would look as if it had corrected something. It can
 * be sent again once the edge that it names was declared.
 */
import { PedigreeError } from '../domain/errors.js';
import { edgeTypeOf } from '../domain/kinds.js';
import { OPEN_UNTIL } from './as-of.js';
import type { ItemOutcome, KnownNode } from './batch-plan.js';
import type { StatementRunner } from './database.js';
import type { PreparedEntry } from './prepared-entry.js';
import { artifactFindOpenEdges } from './queries.gen.js';

interface EdgeEnds {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

/** The corrections of a batch that withdraw what neither the graph nor the batch has, each with its refusal. */
export async function refuseUnstated(
  tx: StatementRunner,
  items: readonly PreparedEntry[],
  known: ReadonlyMap<string, KnownNode>,
): Promise<ReadonlyMap<PreparedEntry, ItemOutcome>> {
  const corrections = items.filter((item) => item.props.type === 'CORRECTS' && !known.has(item.id));
  const rows = corrections.flatMap(withdrawnBy);
  if (rows.length === 0) return new Map();
  const found = await tx.run(artifactFindOpenEdges, { rows, open: OPEN_UNTIL });
  const stated = new Set([...found, ...items.flatMap((item) => item.edges)].map(keyOf));
  return new Map(
    corrections.flatMap((item) => {
      const missing = withdrawnBy(item).find((edge) => !stated.has(keyOf(edge)));
      return missing ? [[item, { accepted: false, error: unstated(missing) }]] : [];
    }),
  );
}

function withdrawnBy({ ends }: PreparedEntry): EdgeEnds[] {
  return ends.flatMap(({ from, to, type }) => (to === undefined ? [] : [{ from, to, type }]));
}

function keyOf({ from, to, type }: EdgeEnds): string {
  return `${type} ${from} ${to}`;
}

function unstated({ from, to, type }: EdgeEnds): PedigreeError {
  const edge = { type: edgeTypeOf(type), from, to };
  return new PedigreeError(
    'NOT_FOUND',
    `only an edge that holds can be withdrawn, but there is no ${edge.type} from ${from} to ${to} now`,
    { edge },
  );
}

/** How large a lineage is. Counted on the database, so that a total costs no transfer. */
import type { ArtifactKind } from '../domain/kinds.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import { readHead } from './log-head.js';
import {
  lineageCountDownstream,
  lineageCountFilteredDownstream,
  lineageCountFilteredUpstream,
  lineageCountPresentDownstream,
  lineageCountPresentUpstream,
  lineageCountUpstream,
  type LineageCountUpstreamRow,
} from './queries.gen.js';
import { filterParams, isFiltered, kindOfLabels, plainParams, type Walk } from './walk.js';

export interface KindCount {
  readonly kind: ArtifactKind;
  /** The depth counted at; left out where all depths are counted together. */
  readonly depth?: number;
  /** The greatest depth at which there is one that was counted. */
  readonly deepest: number;
  readonly count: number;
}

/** Nodes of a walk counted by kind, in its alphabet; by depth, too, nearest first, if wanted. The root is not counted. */
export async function countLineage(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<KindCount[]> {
  const rows = isFiltered(walk) ? countFiltered(runner, walk, byDepth) : countPlain(runner, walk, byDepth);
  const counts = (await rows).map(({ labels, depth, deepest, count }) => ({
    kind: kindOfLabels(labels),
    ...(depth === null ? {} : { depth }),
    deepest,
    count,
  }));
  return counts.sort((a, b) => (a.depth ?? 0) - (b.depth ?? 0) || (a.kind < b.kind ? -1 : 1));
}

/** At the present without intervals, which costs half as much; that gives no row where it is not the answer. */
async function countPlain(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<LineageCountUpstreamRow[]> {
  const upstream = walk.direction === 'UPSTREAM';
  const params = { ...plainParams(walk), byDepth };
  if (walk.present ?? (await readHead(runner)).size === walk.asOf) {
    const statement = upstream ? lineageCountPresentUpstream : lineageCountPresentDownstream;
    const present = await runner.run(statement, { log: LINEAGE_LOG, ...params });
    if (present.length > 0) return present;
  }
  return runner.run(upstream ? lineageCountUpstream : lineageCountDownstream, params);
}

function countFiltered(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<LineageCountUpstreamRow[]> {
  const statement =
    walk.direction === 'UPSTREAM' ? lineageCountFilteredUpstream : lineageCountFilteredDownstream;
  return runner.run(statement, { ...filterParams(walk), byDepth });
}

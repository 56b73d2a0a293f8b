/** How large a lineage is. Counted on the database, so that a total costs no transfer. */
import type { ArtifactKind } from '../domain/kinds.js';
import { LINEAGE_LOG } from './as-of.js';
import type { StatementRunner } from './database.js';
import {
  lineageCountDownstream,
  lineageCountFilteredDownstream,
  lineageCountFilteredPresentDownstream,
  lineageCountFilteredPresentUpstream,
  lineageCountFilteredUpstream,
  lineageCountPresentDownstream,
  lineageCountPresentUpstream,
  lineageCountUpstream,
  type LineageCountPresentUpstreamRow,
} from './queries.gen.js';
import {
  filterParams,
  isAtPresent,
  isFiltered,
  kindOfLabels,
  plainParams,
  presentParams,
  type Walk,
} from './walk.js';

export interface KindCount {
  readonly kind: ArtifactKind;
  /** The depth counted at; left out where all depths are counted together. */
  readonly depth?: number;
  /** The greatest depth at which there is one that was counted. */
  readonly deepest: number;
  readonly count: number;
}

/** What was counted only to say that it was left out. */
const LEFT_OUT = 'None';

type CountRow = LineageCountPresentUpstreamRow;

/** Nodes of a walk counted by kind, in its alphabet; by depth, too, nearest first, if wanted. The root is not counted. */
export async function countLineage(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<KindCount[]> {
  const rows = (await countPresent(runner, walk, byDepth)) ?? (await countAsOf(runner, walk, byDepth));
  const counts = rows.flatMap(({ kind, depth, deepest, count }) =>
    kind === LEFT_OUT
      ? []
      : { kind: kind as ArtifactKind, ...(depth === null ? {} : { depth }), deepest, count },
  );
  return counts.sort((a, b) => (a.depth ?? 0) - (b.depth ?? 0) || (a.kind < b.kind ? -1 : 1));
}

/** At the present without intervals, which costs half as much; undefined where that is not the answer. */
async function countPresent(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<readonly CountRow[] | undefined> {
  if (!(await isAtPresent(walk, runner))) return undefined;
  const [plain, filtered] =
    walk.direction === 'UPSTREAM'
      ? [lineageCountPresentUpstream, lineageCountFilteredPresentUpstream]
      : [lineageCountPresentDownstream, lineageCountFilteredPresentDownstream];
  const rows = isFiltered(walk)
    ? await runner.run(filtered, { ...presentParams(walk), byDepth })
    : await runner.run(plain, { log: LINEAGE_LOG, ...plainParams(walk), byDepth });
  return rows.length > 0 ? rows : undefined;
}

async function countAsOf(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<readonly CountRow[]> {
  const [plain, filtered] =
    walk.direction === 'UPSTREAM'
      ? [lineageCountUpstream, lineageCountFilteredUpstream]
      : [lineageCountDownstream, lineageCountFilteredDownstream];
  const rows = isFiltered(walk)
    ? await runner.run(filtered, { ...filterParams(walk), byDepth })
    : await runner.run(plain, { ...plainParams(walk), byDepth });
  return rows.map(({ labels, ...row }) => ({ ...row, kind: kindOfLabels(labels) }));
}

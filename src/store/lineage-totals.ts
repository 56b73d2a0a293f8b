/** How large a lineage is. Counted on the database, so that a total costs no transfer. */
import type { ArtifactKind } from '../domain/kinds.js';
import type { StatementRunner } from './database.js';
import {
  lineageCountDownstream,
  lineageCountFilteredDownstream,
  lineageCountFilteredPresentDownstream,
  lineageCountFilteredPresentUpstream,
  lineageCountFilteredUpstream,
  lineageCountPresentDownstream,
  lineageCountPresentUpstream,
  lineageCountTypedPresentDownstream,
  lineageCountTypedPresentUpstream,
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
  presentWalkParams,
  relationshipsOf,
  type PresentWalk,
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

type CountRow = Omit<LineageCountPresentUpstreamRow, 'size'>;

/** Nodes of a walk counted by kind, in its alphabet; by depth, too, nearest first, if wanted. The root is not counted. */
export async function countLineage(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<KindCount[]> {
  return (await countAtPresent(runner, walk, byDepth)) ?? toCounts(await countAsOf(runner, walk, byDepth));
}

/** At the present without intervals, which costs half as much; undefined where that is not the answer. */
async function countAtPresent(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<KindCount[] | undefined> {
  if (!(await isAtPresent(walk, runner))) return undefined;
  if (!isFiltered(walk)) {
    const found = await countPresent(runner, walk, byDepth);
    return found?.size === walk.asOf ? found.counts : undefined;
  }
  const rows = await countFilteredPresent(runner, walk, byDepth);
  return rows.length > 0 ? toCounts(rows) : undefined;
}

async function countFilteredPresent(
  runner: StatementRunner,
  walk: Walk,
  byDepth: boolean,
): Promise<readonly CountRow[]> {
  const { direction, edges } = walk;
  const params = { ...presentParams(walk), byDepth };
  const [all, typed] =
    direction === 'UPSTREAM'
      ? [lineageCountFilteredPresentUpstream, lineageCountTypedPresentUpstream]
      : [lineageCountFilteredPresentDownstream, lineageCountTypedPresentDownstream];
  return edges === undefined
    ? runner.run(all, params)
    : runner.run(typed, { ...params, edges: relationshipsOf(edges) });
}

/**
 * The whole walk counted without intervals, and the head's size after it: this is the answer as of that size if the head had
 * it before, too. Undefined if an edge on the way was ended, or if there is nothing to count.
 */
export async function countPresent(
  runner: StatementRunner,
  walk: PresentWalk,
  byDepth: boolean,
): Promise<{ readonly size: number; readonly counts: KindCount[] } | undefined> {
  const statement =
    walk.direction === 'UPSTREAM' ? lineageCountPresentUpstream : lineageCountPresentDownstream;
  const rows = await runner.run(statement, { ...presentWalkParams(walk), byDepth });
  return rows[0] && { size: rows[0].size, counts: toCounts(rows) };
}

function toCounts(rows: readonly CountRow[]): KindCount[] {
  const counts = rows.flatMap(({ kind, depth, deepest, count }) =>
    kind === LEFT_OUT
      ? []
      : { kind: kind as ArtifactKind, ...(depth === null ? {} : { depth }), deepest, count },
  );
  return counts.sort((a, b) => (a.depth ?? 0) - (b.depth ?? 0) || (a.kind < b.kind ? -1 : 1));
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

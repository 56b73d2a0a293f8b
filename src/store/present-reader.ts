/**
 * What can be read of the present before its point is known: the head, a page and totals go to the database together, in
 * one round trip instead of two.
 */
import type { StatementRunner } from './database.js';
import type { WalkedNode } from './lineage-reader.js';
import { countPresent, type KindCount } from './lineage-totals.js';
import { readHead } from './log-head.js';
import { lineageWalkPresentDownstream, lineageWalkPresentUpstream } from './queries.gen.js';
import { presentWalkParams, type PresentWalk } from './walk.js';

/** The parts that are wanted; what is left out is not looked for. */
export interface PresentParts {
  /** Most nodes of the first page. */
  readonly first?: number;
  /** True if totals are to be counted by depth, too. */
  readonly byDepth?: boolean;
}

export interface Present {
  readonly asOf: number;
  /**
   * The first nodes, ordered by depth, then by sequence number. Undefined, as the totals may be, where something was written
   * meanwhile or an edge on the way was ended: then a walk with intervals has the answer.
   */
  readonly page: readonly WalkedNode[] | undefined;
  readonly counts: readonly KindCount[] | undefined;
}

/** The present, and what could be read as of it at once. */
export async function readPresent(
  runner: StatementRunner,
  walk: PresentWalk,
  { first, byDepth }: PresentParts,
): Promise<Present> {
  // The head goes first: what the walks after it meet is compared with it.
  const [{ size }, page, totals] = await Promise.all([
    readHead(runner),
    first === undefined ? undefined : walkPresent(runner, walk, first),
    byDepth === undefined ? undefined : countPresent(runner, walk, byDepth),
  ]);
  const found = page?.size === size ? page.nodes : undefined;
  const counts = totals?.size === size ? totals.counts : undefined;
  return { asOf: size, page: found, counts: counts ?? (found?.length === 0 ? [] : undefined) };
}

/** The first nodes of a walk, and the head's size after it; undefined if an edge on the way was ended. */
async function walkPresent(
  runner: StatementRunner,
  walk: PresentWalk,
  first: number,
): Promise<{ readonly size: number; readonly nodes: WalkedNode[] } | undefined> {
  const statement = walk.direction === 'UPSTREAM' ? lineageWalkPresentUpstream : lineageWalkPresentDownstream;
  const [row] = await runner.run(statement, { ...presentWalkParams(walk), first });
  if (!row) return undefined;
  const { size, ids, seqs, depths } = row;
  return { size, nodes: ids.map((id, i) => ({ id, seq: seqs[i] as number, depth: depths[i] as number })) };
}

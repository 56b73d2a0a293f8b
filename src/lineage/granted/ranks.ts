/**
 * The order of visible artifacts: by the first visible entry that speaks of each. The order in which Pedigree first heard of
 * them would tell what hidden entries named them, and when.
 */
import type { Shown } from './hide.js';

/** Rank by id, from 0. */
export function ranksOf({ nodes, edges }: Shown): ReadonlyMap<string, number> {
  const first = new Map([...nodes.values()].map(({ id, leafIndex = Infinity }) => [id, leafIndex]));
  for (const { to, since } of edges) first.set(to, Math.min(since, first.get(to) ?? Infinity));
  const ids = [...first].sort(([a, one], [b, other]) => (one === other ? (a < b ? -1 : 1) : one - other));
  return new Map(ids.map(([id], rank) => [id, rank]));
}

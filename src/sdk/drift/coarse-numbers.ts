/** Numbers of a profile in bins that never hold fewer than a given number of rows: so that no bin tells one person's value. */
import type { Bins, ColumnProfile } from '../../domain/profile/profile.js';

type Numbers = NonNullable<ColumnProfile['numbers']>;

/** A bin by the number that the profile gives it, on its side of zero. */
interface Bin {
  readonly sign: -1 | 0 | 1;
  readonly at: number;
  readonly count: number;
}

/**
 * Neighbouring bins put together until each has `least` rows, in the place of the one that has the median of the group; what
 * is left at the upper end goes to the group before it. Undefined if there are fewer than `least` numbers in all.
 */
export function coarseNumbers(numbers: Numbers, least: number): Numbers | undefined {
  const groups: Bin[][] = [[]];
  for (const bin of inOrder(numbers)) {
    (groups.at(-1) as Bin[]).push(bin);
    if (sizeOf(groups.at(-1) as Bin[]) >= least) groups.push([]);
  }
  const rest = groups.pop() as Bin[];
  const last = groups.at(-1);
  if (last === undefined) return undefined;
  last.push(...rest);
  const bins = groups.map((group) => ({ ...medianOf(group), count: sizeOf(group) }));
  return {
    zeros: sizeOf(bins.filter(({ sign }) => sign === 0)),
    positive: toBins(bins.filter(({ sign }) => sign === 1)),
    negative: toBins(bins.filter(({ sign }) => sign === -1)),
  };
}

/** From the lowest number to the highest. */
function inOrder({ zeros, positive, negative }: Numbers): Bin[] {
  const side = ({ from, counts }: Bins, sign: -1 | 1): Bin[] =>
    counts.flatMap((count, i) => (count > 0 ? [{ sign, at: from + i, count }] : []));
  return [
    ...side(negative, -1).reverse(),
    ...(zeros > 0 ? [{ sign: 0, at: 0, count: zeros } as const] : []),
    ...side(positive, 1),
  ];
}

function sizeOf(bins: readonly Bin[]): number {
  return bins.reduce((sum, { count }) => sum + count, 0);
}

function medianOf(group: readonly Bin[]): Bin {
  const half = sizeOf(group) / 2;
  let below = 0;
  return group.find(({ count }) => (below += count) >= half) as Bin;
}

function toBins(bins: readonly Bin[]): Bins {
  if (bins.length === 0) return { from: 0, counts: [] };
  const from = Math.min(...bins.map(({ at }) => at));
  const counts = new Array<number>(Math.max(...bins.map(({ at }) => at)) - from + 1).fill(0);
  for (const { at, count } of bins) counts[at - from] = count;
  return { from, counts };
}

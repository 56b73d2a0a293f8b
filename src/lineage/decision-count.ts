/** Adding up affected decisions: each belongs to exactly one group, so sums over groups count nobody twice. */
import type { PredictionMode } from '../domain/kinds.js';
import type { ImpactReader, TimeWindow } from '../store/impact-reader.js';
import type { AffectedDecisions, Precision } from './affected-decisions.js';
import { isWithin } from './impact-page.js';

export interface DecisionCount {
  readonly total: number;
  readonly precision: Precision;
  /** Only modes that have any, by name. */
  readonly byMode: readonly { readonly mode: PredictionMode; readonly count: number }[];
  /** Only models that have any: most decisions first, then by id. */
  readonly byModel: readonly { readonly model: string; readonly count: number }[];
}

/** Counts the affected decisions that were decided in a window. */
export async function countDecisions(
  reader: ImpactReader,
  { groups, single, precision }: AffectedDecisions,
  window: TimeWindow,
): Promise<DecisionCount> {
  const sizes = await reader.counts(
    groups.map(({ number }) => number),
    window,
  );
  const counted = [
    ...groups.map((group) => ({ group, count: sizes.get(group.number) ?? 0 })),
    ...single.filter((decision) => isWithin(decision, window)).map(({ group }) => ({ group, count: 1 })),
  ].filter(({ count }) => count > 0);
  const byMode = addUp(counted.map(({ group, count }) => [group.mode, count]));
  const byModel = addUp(counted.map(({ group, count }) => [group.model, count]));
  return {
    total: counted.reduce((sum, { count }) => sum + count, 0),
    precision,
    byMode: [...byMode].map(([mode, count]) => ({ mode, count })).sort((a, b) => (a.mode < b.mode ? -1 : 1)),
    byModel: [...byModel]
      .map(([model, count]) => ({ model, count }))
      .sort((a, b) => b.count - a.count || (a.model < b.model ? -1 : 1)),
  };
}

function addUp<K>(pairs: readonly (readonly [K, number])[]): ReadonlyMap<K, number> {
  const sums = new Map<K, number>();
  for (const [key, count] of pairs) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

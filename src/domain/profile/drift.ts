/** Whether a sample still looks like its baseline, column by column. */
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js';
import {
  chiSquare,
  jensenShannon,
  kolmogorovSmirnov,
  populationStability,
  total,
} from '../statistics/two-samples.js';
import { alignCategories, alignNumbers, valueOfKey, type ColumnProfile, type Profile } from './profile.js';

export type DriftTest = 'KOLMOGOROV_SMIRNOV' | 'CHI_SQUARE';

export interface DriftLimits {
  /** The false discovery rate over all tests of one comparison. */
  readonly alpha: number;
  /** Least population stability index of a drift: with many rows, differences of no importance are significant, too. */
  readonly stability: number;
  /** Least difference of the shares of missing values. */
  readonly missing: number;
}

/** One in a thousand by chance; more than "no change" by custom; one row in twenty. */
export const DRIFT_LIMITS: DriftLimits = { alpha: 0.001, stability: 0.1, missing: 0.05 };

export interface FeatureDrift {
  readonly feature: string;
  /** What moved: the values, or how many are missing. */
  readonly of: 'VALUES' | 'MISSING';
  /** The population stability index, or the difference of the shares of missing values. */
  readonly value: number;
  /** What the value must reach in a drift. */
  readonly threshold: number;
  readonly test: DriftTest;
  /** Of the test: the largest distance, or chi-square. */
  readonly statistic: number;
  readonly pValue: number;
  /** By Benjamini and Hochberg, over all tests of the comparison. */
  readonly adjustedPValue: number;
  /** In bits; undefined for missing values. */
  readonly jensenShannon?: number;
  /** Values looked at: of the baseline, of the sample. */
  readonly counts: readonly [number, number];
  readonly drifted: boolean;
  /** Where the sample has most more than the baseline: numbers `from` (exclusive) `to`, or a category. */
  readonly excess?: Excess;
}

export type Excess =
  { readonly from: number | null; readonly to: number | null } | { readonly category: string };

/** How many groups of equal size the numbers of the baseline are put into for the index and the divergence. */
const GROUPS = 10;

type Measured = Omit<FeatureDrift, 'adjustedPValue' | 'drifted'>;

/**
 * Every column that both have, by name: numbers by Kolmogorov and Smirnov, categories and missing values by chi-square. A
 * drift is significant at `alpha` after correction for all tests together, and as large as its threshold.
 */
export function measureDrift(
  baseline: Profile,
  sample: Profile,
  limits: DriftLimits = DRIFT_LIMITS,
): FeatureDrift[] {
  const names = Object.keys(baseline.columns).filter((name) => Object.hasOwn(sample.columns, name));
  const measured = names.sort().flatMap((feature) => {
    const [a, b] = [baseline.columns[feature], sample.columns[feature]];
    return a && b
      ? [
          ...valueTests(feature, a, b, limits),
          ...missingTest(feature, [a, b], [baseline.rows, sample.rows], limits),
        ]
      : [];
  });
  const adjusted = benjaminiHochberg(measured.map(({ pValue }) => pValue));
  return measured.map((one, i) => {
    const adjustedPValue = adjusted[i] ?? 1;
    return { ...one, adjustedPValue, drifted: adjustedPValue < limits.alpha && one.value >= one.threshold };
  });
}

function valueTests(feature: string, a: ColumnProfile, b: ColumnProfile, limits: DriftLimits): Measured[] {
  const numbers = alignNumbers(a, b);
  const categories = alignCategories(a, b);
  return [
    ...(numbers.counts.every((counts) => total(counts) > 0) ? [numberTest(feature, numbers, limits)] : []),
    ...(categories.counts.every((counts) => total(counts) > 0)
      ? [categoryTest(feature, categories, limits)]
      : []),
  ];
}

function numberTest(
  feature: string,
  { keys, counts: [a, b] }: ReturnType<typeof alignNumbers>,
  { stability }: DriftLimits,
): Measured {
  const ends = groupEnds(a);
  const [before, after] = [grouped(a, ends), grouped(b, ends)];
  const most = mostExcess(before, after);
  const bound = (end: number | undefined): number | null =>
    end === undefined ? null : valueOfKey(keys[end] ?? 0);
  return {
    ...{
      feature,
      of: 'VALUES',
      test: 'KOLMOGOROV_SMIRNOV',
      threshold: stability,
      counts: [total(a), total(b)],
    },
    value: populationStability(before, after),
    jensenShannon: jensenShannon(before, after),
    ...kolmogorovSmirnov(a, b),
    excess: { from: bound(ends[most - 1]), to: most < ends.length ? bound(ends[most]) : null },
  };
}

function categoryTest(
  feature: string,
  { names, counts: [a, b] }: ReturnType<typeof alignCategories>,
  { stability }: DriftLimits,
): Measured {
  const name = names[mostExcess(a, b)];
  return {
    ...{ feature, of: 'VALUES', test: 'CHI_SQUARE', threshold: stability, counts: [total(a), total(b)] },
    value: populationStability(a, b),
    jensenShannon: jensenShannon(a, b),
    ...chiSquare(a, b),
    ...(name === undefined ? {} : { excess: { category: name } }),
  };
}

function missingTest(
  feature: string,
  columns: readonly [ColumnProfile, ColumnProfile],
  [n, m]: readonly [number, number],
  { missing }: DriftLimits,
): Measured[] {
  const [a, b] = [columns[0].missing, columns[1].missing];
  if (n === 0 || m === 0 || a + b === 0) return [];
  return [
    {
      ...{ feature, of: 'MISSING', test: 'CHI_SQUARE', threshold: missing, counts: [n, m] },
      value: Math.abs(a / n - b / m),
      ...chiSquare([a, n - a], [b, m - b]),
    },
  ];
}

/** The last bins of the groups, but for the last group, which has no end. Equal values are in one group, so there may be fewer. */
function groupEnds(counts: readonly number[]): number[] {
  const all = total(counts);
  const ends: number[] = [];
  let seen = 0;
  counts.forEach((count, i) => {
    seen += count;
    const due = ((ends.length + 1) * all) / GROUPS;
    if (count > 0 && seen >= due && seen < all) {
      ends.push(i);
    }
  });
  return ends;
}

function grouped(counts: readonly number[], ends: readonly number[]): number[] {
  const groups = new Array<number>(ends.length + 1).fill(0);
  let group = 0;
  counts.forEach((count, i) => {
    groups[group] = (groups[group] ?? 0) + count;
    if (i === ends[group]) group += 1;
  });
  return groups;
}

/** Where the share of the second is most above that of the first. */
function mostExcess(a: readonly number[], b: readonly number[]): number {
  const [n, m] = [total(a), total(b)];
  const excess = a.map((count, i) => (b[i] ?? 0) / m - count / n);
  return excess.indexOf(Math.max(...excess));
}

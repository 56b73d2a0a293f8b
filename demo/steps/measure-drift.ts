/** Whether a batch still looks like the data that the model was trained on, feature by feature. */
import { FEATURE_NAMES, type FeatureRow } from './compute-features.js';

/** The chance of an alarm for a feature that has not changed. */
export const ALPHA = 0.001;

export interface DriftMeasure {
  readonly feature: string;
  /** The largest distance between the two distribution functions, 0 to 1. */
  readonly value: number;
  readonly threshold: number;
  readonly drifted: boolean;
}

/** The two-sample Kolmogorov–Smirnov statistic of each feature, against its critical value at {@link ALPHA}. */
export function measureDrift(reference: readonly FeatureRow[], batch: readonly FeatureRow[]): DriftMeasure[] {
  const threshold = criticalDistance(reference.length, batch.length);
  return FEATURE_NAMES.map((feature, i) => {
    const column = (rows: readonly FeatureRow[]): number[] => rows.map(({ values }) => values[i] ?? NaN);
    const value = distributionDistance(column(reference), column(batch));
    return { feature, value, threshold, drifted: value > threshold };
  });
}

/** sup |F₁(x) − F₂(x)| over the pooled values. */
export function distributionDistance(first: readonly number[], second: readonly number[]): number {
  const a = [...first].sort((x, y) => x - y);
  const b = [...second].sort((x, y) => x - y);
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (a[i] === x) i++;
    while (b[j] === x) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

/** The distance that equal distributions exceed with probability ALPHA (asymptotic; conservative for discrete values). */
function criticalDistance(n: number, m: number): number {
  return Math.sqrt((-Math.log(ALPHA / 2) / 2) * ((n + m) / (n * m)));
}

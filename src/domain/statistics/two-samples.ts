/**
 * How far two samples lie apart, by counts in the same bins in the same order: a baseline and a sample.
 * Checked against scipy in test/vectors/statistics.json.
 */
import { chiSquareSurvival, kolmogorovSurvival } from './survival.js';

/** A statistic and how likely it would be at least this large if both samples came from one distribution. */
export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

/** The share below which an empty bin is not taken, so that the index stays finite. */
const LEAST_SHARE = 1e-4;

/**
 * Population stability index: Σ (p − q) ln(p/q), the symmetric Kullback–Leibler divergence (S. Kullback and R. A. Leibler 1951,
 * the sum J). By custom, up to 0.1 is taken for no change and more than 0.25 for a large one. Shares below 0.0001 count as 0.0001.
 */
export function populationStability(baseline: readonly number[], sample: readonly number[]): number {
  const [p, q] = [shares(baseline), shares(sample)];
  return p.reduce((sum, share, i) => {
    const [before, after] = [Math.max(share, LEAST_SHARE), Math.max(q[i] ?? 0, LEAST_SHARE)];
    return sum + (after - before) * Math.log(after / before);
  }, 0);
}

/** Jensen–Shannon divergence in bits, 0 for equal shares to 1 for disjoint ones (J. Lin 1991). */
export function jensenShannon(baseline: readonly number[], sample: readonly number[]): number {
  const [p, q] = [shares(baseline), shares(sample)];
  const half = (a: number, b: number): number => (a === 0 ? 0 : (a / 2) * Math.log2((2 * a) / (a + b)));
  return p.reduce((sum, share, i) => sum + half(share, q[i] ?? 0) + half(q[i] ?? 0, share), 0);
}

/**
 * Two-sample Kolmogorov–Smirnov: the largest distance between the two distribution functions, at the bounds of the bins, with
 * the p-value of its limit. Values of one bin are taken for equal, which makes the test conservative.
 */
export function kolmogorovSmirnov(baseline: readonly number[], sample: readonly number[]): TestResult {
  const [n, m] = [total(baseline), total(sample)];
  let [before, after, statistic] = [0, 0, 0];
  baseline.forEach((count, i) => {
    before += count;
    after += sample[i] ?? 0;
    statistic = Math.max(statistic, Math.abs(before / n - after / m));
  });
  return { statistic, pValue: kolmogorovSurvival(statistic * Math.sqrt((n * m) / (n + m))) };
}

/**
 * Pearson's chi-square test that two samples have the same shares, without Yates's correction. Bins that are empty in both
 * are left out. The limit holds for expected counts of five or more: put small bins together before.
 */
export function chiSquare(baseline: readonly number[], sample: readonly number[]): TestResult {
  const [n, m] = [total(baseline), total(sample)];
  let statistic = 0;
  let bins = 0;
  baseline.forEach((count, i) => {
    const other = sample[i] ?? 0;
    const all = count + other;
    if (all === 0) return;
    bins += 1;
    const [expected, expectedOther] = [(all * n) / (n + m), (all * m) / (n + m)];
    statistic += (count - expected) ** 2 / expected + (other - expectedOther) ** 2 / expectedOther;
  });
  return { statistic, pValue: bins < 2 ? 1 : chiSquareSurvival(statistic, bins - 1) };
}

function shares(counts: readonly number[]): number[] {
  const all = total(counts);
  return counts.map((count) => count / all);
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

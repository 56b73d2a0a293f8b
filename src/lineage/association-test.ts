/**
 * Does having something go together with being a suspect? The test that `rootCause` stands on.
 *
 * Fisher's exact test, one-sided: R. A. Fisher, "On the interpretation of χ² from contingency tables, and the calculation
 * of P", Journal of the Royal Statistical Society 85 (1922); A. Agresti, Categorical Data Analysis, §3.5.
 * Their correction is in domain/statistics. That tests which could not have come out otherwise need no correction: R. E. Tarone,
 * "A modified Bonferroni method for discrete data", Biometrics 46 (1990).
 */

/** How many suspects and controls depend on something, and how many do not. */
export interface Contingency {
  readonly suspectsWith: number;
  readonly suspectsWithout: number;
  readonly controlsWith: number;
  readonly controlsWithout: number;
}

/**
 * The probability that at least as many suspects as here would depend on it if being a suspect had nothing to do with it,
 * with the margins of the table as they are. The sum is exact up to rounding (relative error below 1e-10 for tables of a
 * few thousand).
 */
export function fisherExactGreater(table: Contingency): number {
  const suspects = table.suspectsWith + table.suspectsWithout;
  const having = table.suspectsWith + table.controlsWith;
  const all = suspects + table.controlsWith + table.controlsWithout;
  const factorials = logFactorials(all);
  const choose = (n: number, k: number): number =>
    at(factorials, n) - at(factorials, k) - at(factorials, n - k);
  const most = Math.min(suspects, having);
  let sum = 0;
  // From the smallest term to the largest, so that nothing small is lost.
  for (let with_ = most; with_ >= table.suspectsWith; with_ -= 1) {
    sum += Math.exp(choose(suspects, with_) + choose(all - suspects, having - with_) - choose(all, having));
  }
  return Math.min(1, sum);
}

/** How much larger the share of suspects is that depend on it than that of controls: −1 to 1. */
export function riskDifference(table: Contingency): number {
  const { suspectsWith, suspectsWithout, controlsWith, controlsWithout } = table;
  return suspectsWith / (suspectsWith + suspectsWithout) - controlsWith / (controlsWith + controlsWithout);
}

/** The odds ratio, with a half added to every cell so that it is finite (J. B. S. Haldane 1956; F. J. Anscombe 1956). */
export function oddsRatio(table: Contingency): number {
  const { suspectsWith, suspectsWithout, controlsWith, controlsWithout } = table;
  return ((suspectsWith + 0.5) * (controlsWithout + 0.5)) / ((suspectsWithout + 0.5) * (controlsWith + 0.5));
}

/** ln n! for n from 0 to `most`. */
function logFactorials(most: number): Float64Array {
  const table = new Float64Array(most + 1);
  for (let n = 2; n <= most; n += 1) table[n] = at(table, n - 1) + Math.log(n);
  return table;
}

function at(table: Float64Array, index: number): number {
  return table[index] ?? 0;
}

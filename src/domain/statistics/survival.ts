/**
 * How likely a statistic is to be at least this large by chance. Checked against scipy in test/vectors/statistics.json.
 */

/**
 * P(X ≥ x) for a chi-square distribution: the regularised upper incomplete gamma function Q(k/2, x/2), by its series below
 * the mean and by its continued fraction above (NIST DLMF 8.11.4 and 8.9.2).
 *
 * @param degrees degrees of freedom, a whole number from 1
 */
export function chiSquareSurvival(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const [a, z] = [degrees / 2, x / 2];
  const scale = Math.exp(a * Math.log(z) - z - logGammaOfHalf(degrees));
  return z < a + 1 ? 1 - scale * series(a, z) : scale * fraction(a, z);
}

/** Σ zⁿ / (a (a+1) … (a+n)). */
function series(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= z / (a + n);
    sum += term;
  }
  return sum;
}

/** 1 / (z + 1 − a − 1(1−a) / (z + 3 − a − …)), from the front by Lentz's method. */
function fraction(a: number, z: number): number {
  const tiny = 1e-300;
  let b = z + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b, tiny);
    c = nonZero(b + numerator / c, tiny);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** ln Γ(n/2), by its recurrence from Γ(1) = 1 or Γ(1/2) = √π. */
function logGammaOfHalf(n: number): number {
  let sum = n % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = n % 2 === 0 ? 1 : 0.5; k < n / 2; k += 1) sum += Math.log(k);
  return sum;
}

/**
 * P(K ≥ x) for Kolmogorov's distribution, the limit of √n times a Kolmogorov–Smirnov distance (A. N. Kolmogorov 1933; for
 * small x in the form of its theta function, which converges there).
 */
export function kolmogorovSurvival(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= 20; k += 1) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 20; k += 1) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * (k * x) ** 2);
  return Math.min(1, 2 * sum);
}

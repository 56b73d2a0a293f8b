/**
 * Benjamini–Hochberg: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
 * Society B 57 (1995).
 */

/** The adjusted p-values, in the order of the given ones: the false discovery rate at which each would be reported. */
export function benjaminiHochberg(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value);
  const adjusted = new Array<number>(values.length);
  let least = 1;
  order.forEach(({ value, index }, position) => {
    least = Math.min(least, (value * values.length) / (values.length - position));
    adjusted[index] = least;
  });
  return adjusted;
}

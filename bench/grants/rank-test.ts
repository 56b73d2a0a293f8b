/** Whether two samples of times can be told apart. */
import { median } from '../measure.js';
import type { Figure } from '../report.js';

/** Beyond this many standard deviations chance explains a difference in one of a thousand runs. */
const MAX_DEVIATIONS = 3.29;

/**
 * Measures two questions turn by turn and compares them with the rank test of Mann and Whitney, two-sided, by its normal
 * approximation. Its bar is on the deviations; the figures are medians in milliseconds.
 */
export async function toldApart(
  name: string,
  [ours, reference]: readonly [() => Promise<number>, () => Promise<number>],
  runs: number,
): Promise<Figure> {
  await ours();
  await reference();
  const times: { ours: number[]; reference: number[] } = { ours: [], reference: [] };
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) times.ours.push(await ours());
    times.reference.push(await reference());
    if (run % 2 === 1) times.ours.push(await ours());
  }
  const deviations = deviationsOf(times.ours, times.reference);
  const ratios = times.ours.map((time, i) => time / (times.reference[i] ?? Number.NaN));
  const medians = { ours: median(times.ours), reference: median(times.reference) };
  return {
    name: `${name} (${deviations.toFixed(1)} deviations), ms`,
    ...medians,
    ratio: medians.ours / medians.reference,
    bar: `within ${String(MAX_DEVIATIONS)} deviations`,
    holds: Math.abs(deviations) <= MAX_DEVIATIONS,
    runs,
    spread: (Math.max(...ratios) - Math.min(...ratios)) / median(ratios),
  };
}

/** How far the number of pairs in which `a` took longer lies from what chance gives, in standard deviations. */
function deviationsOf(a: readonly number[], b: readonly number[]): number {
  const wins = a.reduce(
    (sum, time) => sum + b.reduce((count, other) => count + (time > other ? 1 : time === other ? 0.5 : 0), 0),
    0,
  );
  const pairs = a.length * b.length;
  return (wins - pairs / 2) / Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
}

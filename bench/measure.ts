/** Measuring two things side by side: in the same run, turn by turn, so that what slows one slows the other. */
import type { Figure } from './report.js';

/** One run of one side; resolves to what it measured, in the figure's unit. */
type Measure = () => Promise<number>;

export interface Comparison {
  /** What is compared, with its unit: `trace over HTTP, ms`. */
  readonly name: string;
  readonly ours: Measure;
  readonly reference: Measure;
  readonly runs: number;
  /** The most (a duration) or the least (a rate) that ours may be, as a multiple of the reference. */
  readonly bar?: { readonly atMost: number } | { readonly atLeast: number };
}

/** Runs both sides `runs` times after one warm-up, changing who goes first, and compares the medians. */
export async function compare({ name, ours, reference, runs, bar }: Comparison): Promise<Figure> {
  const pairs: { readonly ours: number; readonly reference: number }[] = [];
  for (let run = -1; run < runs; run += 1) {
    const pair =
      run % 2 === 0 ? await inOrder(ours, reference) : (await inOrder(reference, ours)).toReversed();
    const [first = Number.NaN, second = Number.NaN] = pair;
    if (run >= 0) pairs.push({ ours: first, reference: second });
  }
  const ratios = pairs.map((pair) => pair.ours / pair.reference);
  const medians = {
    ours: median(pairs.map((pair) => pair.ours)),
    reference: median(pairs.map((pair) => pair.reference)),
  };
  const ratio = medians.ours / medians.reference;
  const spread = (Math.max(...ratios) - Math.min(...ratios)) / median(ratios);
  return { name, ...medians, ratio, ...judge(ratio, bar), runs, spread };
}

/** The time that `work` takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

async function inOrder(first: Measure, second: Measure): Promise<number[]> {
  return [await first(), await second()];
}

function judge(ratio: number, bar: Comparison['bar']): Pick<Figure, 'bar' | 'holds'> {
  if (bar === undefined) return { bar: null, holds: true };
  if ('atMost' in bar) return { bar: `<= ${bar.atMost}`, holds: ratio <= bar.atMost };
  return { bar: `>= ${bar.atLeast}`, holds: ratio >= bar.atLeast };
}

/** What the values of some rows or decisions look like, together: the payload of a `DATA_PROFILE`. No value of one row is in it. */
import { z } from 'zod';
import { PedigreeError, required } from '../errors.js';

/** Relative width of a bin: within it, a value is known to 1 %. */
export const ACCURACY = 0.01;

/** Counts of consecutive bins. Bin k of magnitude holds γᵏ⁻¹ < |x| ≤ γᵏ, γ = (1 + a) / (1 − a), a = {@link ACCURACY}. */
export interface Bins {
  /** The first bin's number. */
  readonly from: number;
  readonly counts: readonly number[];
}

export interface ColumnProfile {
  /** Rows without a value. */
  readonly missing: number;
  /** Numbers, as a DDSketch holds them (C. Masson, J. E. Rim and H. K. Lee, VLDB 2019). */
  readonly numbers?: { readonly zeros: number; readonly positive: Bins; readonly negative: Bins };
  /** How often each text, true or false occurs; rare ones, and those beyond the most frequent, are `other`. */
  readonly categories?: { readonly counts: Readonly<Record<string, number>>; readonly other: number };
}

export interface Profile {
  readonly form: 'pedigree/1';
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnProfile>>;
}

const count = z.int().nonnegative();
const bins = z.strictObject({ from: z.int(), counts: z.array(count).max(100_000) });
const PROFILE = z.strictObject({
  form: z.literal('pedigree/1'),
  rows: count,
  columns: z.record(
    z.string(),
    z.strictObject({
      missing: count,
      numbers: z.strictObject({ zeros: count, positive: bins, negative: bins }).optional(),
      categories: z.strictObject({ counts: z.record(z.string(), count), other: count }).optional(),
    }),
  ),
});

/** A profile that somebody declared. Error: `BAD_INPUT` for one of another form. */
export function parseProfile(value: unknown, whose: string): Profile {
  const found = PROFILE.safeParse(value);
  if (found.success) return value as Profile;
  const [issue] = found.error.issues;
  throw new PedigreeError(
    'BAD_INPUT',
    required(`the profile of ${whose} must have the form pedigree/1 (${issue?.path.join('/') ?? ''})`, value),
  );
}

/** Numbers in the order of their bins: from the lowest negative to the highest positive, in bins that both have. */
export function alignNumbers(
  a: ColumnProfile,
  b: ColumnProfile,
): { readonly keys: number[]; readonly counts: [number[], number[]] } {
  const [first, second] = [binMap(a), binMap(b)];
  const keys = [...new Set([...first.keys(), ...second.keys()])].sort((x, y) => x - y);
  return { keys, counts: [keys.map((key) => first.get(key) ?? 0), keys.map((key) => second.get(key) ?? 0)] };
}

/** Categories of both, by name; last what is `other`. */
export function alignCategories(
  a: ColumnProfile,
  b: ColumnProfile,
): { readonly names: string[]; readonly counts: [number[], number[]] } {
  const names = [
    ...new Set([a, b].flatMap(({ categories }) => Object.keys(categories?.counts ?? {}))),
  ].sort();
  const of = ({ categories }: ColumnProfile): number[] => [
    ...names.map((name) => categories?.counts[name] ?? 0),
    categories?.other ?? 0,
  ];
  return { names, counts: [of(a), of(b)] };
}

/** Far above any bin of a double: 2 ln(1.8e308) / ln γ is about 35,500 on each side. */
const OFFSET = 100_000;

/** Counts by a key that orders as the values do: 0 is zero. */
function binMap({ numbers }: ColumnProfile): Map<number, number> {
  const found = new Map<number, number>();
  if (!numbers) return found;
  if (numbers.zeros > 0) found.set(0, numbers.zeros);
  for (const [sign, { from, counts }] of [
    [1, numbers.positive],
    [-1, numbers.negative],
  ] as const) {
    counts.forEach((counted, i) => {
      if (counted > 0) found.set(sign * (OFFSET + from + i), counted);
    });
  }
  return found;
}

/** The greatest magnitude in a bin of {@link alignNumbers}, with its sign; 0 for the bin of zero. */
export function valueOfKey(key: number): number {
  if (key === 0) return 0;
  const gamma = (1 + ACCURACY) / (1 - ACCURACY);
  return Math.sign(key) * gamma ** (Math.abs(key) - OFFSET);
}

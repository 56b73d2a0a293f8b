/** A profile of rows or of decisions' features, made while they go by. */
import { DDSketch } from '@datadog/sketches-js';

import type { AttestationDeclaration, FeatureValue } from '../../domain/declaration.js';
import type { JsonObject } from '../../domain/json.js';
import { ACCURACY, type Bins, type ColumnProfile, type Profile } from '../../domain/profile/profile.js';
import { attest, type AttestArgs } from '../attest.js';
import type { Row } from '../contract/rule-states.js';
import { coarseNumbers } from './coarse-numbers.js';

export interface ProfilerOptions {
  /** Columns to look at; all, if left out. Leave out keys and names: their categories would be persons. */
  readonly columns?: readonly string[];
  /** A category with fewer rows than these is `other`: 5. */
  readonly leastCategory?: number;
  /** Most categories that are named of a column: 50. */
  readonly mostCategories?: number;
  /** Bins of numbers with fewer rows than these are put together with their neighbours: 1, so none. */
  readonly leastBin?: number;
}

/** Distinct texts of a column that are counted; what comes after them is `other`. */
const MOST_TEXTS = 10_000;
/** Nobody names a category by a longer text; it is counted as `other`. */
const LONGEST_TEXT = 100;

/**
 * Memory grows with columns and categories, never with rows.
 *
 * @example const profiler = new Profiler(); for await (const row of rows) profiler.add(row); profiler.profile()
 */
export class Profiler {
  private rows = 0;
  private readonly columns = new Map<string, ColumnState>();

  constructor(private readonly options: ProfilerOptions = {}) {}

  add(row: Row): void {
    for (const name of this.options.columns ?? Object.keys(row)) this.column(name).add(row[name]);
    this.rows += 1;
  }

  /**
   * A decision's features, as a prediction declares them.
   *
   * @param subjects whom it concerns: then a category is named only if it has as many people as it must have rows
   */
  addFeatures(features: Readonly<Record<string, FeatureValue>>, subjects: readonly string[] = []): void {
    const whose = subjects.length === 0 ? undefined : JSON.stringify(subjects);
    for (const name of this.options.columns ?? Object.keys(features)) {
      const { value, subject = whose } = features[name] ?? {};
      this.column(name).add(value, subject);
    }
    this.rows += 1;
  }

  profile(): Profile {
    const { leastCategory = 5, mostCategories = 50, leastBin = 1 } = this.options;
    const limits = { leastCategory, mostCategories, leastBin };
    return {
      form: 'pedigree/1',
      rows: this.rows,
      columns: Object.fromEntries(
        [...this.columns].map(([name, column]) => [name, column.profile(this.rows, limits)]),
      ),
    };
  }

  private column(name: string): ColumnState {
    let column = this.columns.get(name);
    if (!column) this.columns.set(name, (column = new ColumnState(this.options.leastCategory ?? 5)));
    return column;
  }
}

type Limits = Required<Omit<ProfilerOptions, 'columns'>>;

/** How often a text occurs, and with how many people: as many of them as are looked for. */
interface TextCount {
  rows: number;
  nobodys: number;
  readonly people: Set<string>;
}

class ColumnState {
  private present = 0;
  private readonly sketch = new DDSketch({ relativeAccuracy: ACCURACY });
  private readonly texts = new Map<string, TextCount>();
  private other = 0;

  /** @param mostPeople of a text who are kept apart */
  constructor(private readonly mostPeople: number) {}

  add(value: unknown, whose?: string): void {
    const usable = typeof value === 'bigint' ? Number(value) : value;
    if (typeof usable === 'number' && Number.isFinite(usable)) {
      this.sketch.accept(usable);
    } else if (typeof usable === 'string' || typeof usable === 'boolean') {
      this.addText(String(usable), whose);
    } else if (usable === undefined || usable === null || typeof usable === 'number') {
      return;
    } else this.other += 1;
    this.present += 1;
  }

  profile(rows: number, limits: Limits): ColumnProfile {
    const numbers = this.numbers(limits);
    return {
      missing: rows - this.present,
      ...(numbers ? { numbers } : {}),
      ...(this.texts.size + this.other > 0 ? { categories: this.categories(limits) } : {}),
    };
  }

  private numbers({ leastBin }: Limits): ColumnProfile['numbers'] {
    const { count, zeroCount: zeros, store, negativeStore } = this.sketch;
    if (count === 0) return undefined;
    const numbers = { zeros, positive: binsOf(store), negative: binsOf(negativeStore) };
    return leastBin > 1 ? coarseNumbers(numbers, leastBin) : numbers;
  }

  private addText(text: string, whose: string | undefined): void {
    let known = this.texts.get(text);
    if (!known) {
      if (this.texts.size >= MOST_TEXTS || text.length > LONGEST_TEXT) {
        this.other += 1;
        return;
      }
      this.texts.set(text, (known = { rows: 0, nobodys: 0, people: new Set() }));
    }
    known.rows += 1;
    if (whose === undefined) known.nobodys += 1;
    else if (known.people.size < this.mostPeople) known.people.add(whose);
  }

  private categories({
    leastCategory: least,
    mostCategories,
  }: Limits): NonNullable<ColumnProfile['categories']> {
    const named = [...this.texts]
      .filter(([, { rows, nobodys, people }]) => rows >= least && nobodys + people.size >= least)
      .sort(([a, { rows: n }], [b, { rows: m }]) => m - n || (a < b ? -1 : 1))
      .slice(0, mostCategories);
    const all = [...this.texts.values()].reduce((sum, { rows }) => sum + rows, this.other);
    return {
      counts: Object.fromEntries(
        named.map(([text, { rows }]) => [text, rows] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      other: named.reduce((rest, [, { rows }]) => rest - rows, all),
    };
  }
}

/** The bins that hold something, between the first and the last of them. */
function binsOf({ bins, offset }: DDSketch['store']): Bins {
  const first = bins.findIndex((count) => count > 0);
  if (first < 0) return { from: 0, counts: [] };
  return { from: first + offset, counts: bins.slice(first, bins.findLastIndex((count) => count > 0) + 1) };
}

/** A profile as an attestation: about a data set version, or about a model for the decisions of a time. */
export function profileStatement(
  profile: Profile,
  { fields, ...statement }: Omit<AttestArgs, 'type' | 'fields'> & { readonly fields?: JsonObject },
): AttestationDeclaration {
  return attest({
    ...statement,
    type: 'DATA_PROFILE',
    fields: { ...fields, profile: profile as unknown as JsonObject },
  });
}

/** A profile of rows or of decisions' features, made while they go by. */
import { DDSketch } from '@datadog/sketches-js';

import type { AttestationDeclaration, FeatureValue } from '../../domain/declaration.js';
import type { JsonObject } from '../../domain/json.js';
import { ACCURACY, type Bins, type ColumnProfile, type Profile } from '../../domain/profile/profile.js';
import { attest, type AttestArgs } from '../attest.js';
import type { Row } from '../contract/rule-states.js';

export interface ProfilerOptions {
  /** Columns to look at; all, if left out. Leave out keys and names: their categories would be persons. */
  readonly columns?: readonly string[];
  /** A category with fewer rows than these is `other`: 5. */
  readonly leastCategory?: number;
  /** Most categories that are named of a column: 50. */
  readonly mostCategories?: number;
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
    for (const name of this.options.columns ?? Object.keys(row)) {
      let column = this.columns.get(name);
      if (!column) this.columns.set(name, (column = new ColumnState()));
      column.add(row[name]);
    }
    this.rows += 1;
  }

  /** A decision's features, as a prediction declares them. */
  addFeatures(features: Readonly<Record<string, FeatureValue>>): void {
    this.add(Object.fromEntries(Object.entries(features).map(([name, { value }]) => [name, value])));
  }

  profile(): Profile {
    const { leastCategory = 5, mostCategories = 50 } = this.options;
    return {
      form: 'pedigree/1',
      rows: this.rows,
      columns: Object.fromEntries(
        [...this.columns].map(([name, column]) => [
          name,
          column.profile(this.rows, leastCategory, mostCategories),
        ]),
      ),
    };
  }
}

class ColumnState {
  private present = 0;
  private readonly sketch = new DDSketch({ relativeAccuracy: ACCURACY });
  private readonly texts = new Map<string, number>();
  private other = 0;

  add(value: unknown): void {
    const usable = typeof value === 'bigint' ? Number(value) : value;
    if (typeof usable === 'number' && Number.isFinite(usable)) {
      this.sketch.accept(usable);
    } else if (typeof usable === 'string' || typeof usable === 'boolean') {
      this.addText(String(usable));
    } else if (usable === undefined || usable === null || typeof usable === 'number') {
      return;
    } else this.other += 1;
    this.present += 1;
  }

  profile(rows: number, least: number, most: number): ColumnProfile {
    const { sketch } = this;
    const numbers = sketch.count > 0;
    return {
      missing: rows - this.present,
      ...(numbers
        ? {
            numbers: {
              zeros: sketch.zeroCount,
              positive: binsOf(sketch.store),
              negative: binsOf(sketch.negativeStore),
            },
          }
        : {}),
      ...(this.texts.size + this.other > 0 ? { categories: this.categories(least, most) } : {}),
    };
  }

  private addText(text: string): void {
    const known = this.texts.get(text);
    if (known === undefined && (this.texts.size >= MOST_TEXTS || text.length > LONGEST_TEXT)) this.other += 1;
    else this.texts.set(text, (known ?? 0) + 1);
  }

  private categories(least: number, most: number): NonNullable<ColumnProfile['categories']> {
    const named = [...this.texts]
      .filter(([, count]) => count >= least)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, most);
    const all = [...this.texts.values()].reduce((sum, count) => sum + count, this.other);
    return {
      counts: Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))),
      other: named.reduce((rest, [, count]) => rest - count, all),
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

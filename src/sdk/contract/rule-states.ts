/** What each form of rule remembers while rows stream by: never a value, and never more than a bound. */
import { createHash } from 'node:crypto';
import { DDSketch } from '@datadog/sketches-js';

import type { Rule } from '../../domain/contract/contract.js';
import { timeOf } from '../../domain/contract/logical-type.js';
import type { RowKey } from '../../domain/declaration.js';

/** A row by the names of its columns; a member that is missing, undefined or null is no value. */
export type Row = Readonly<Record<string, unknown>>;

export interface RuleOutcome {
  readonly passed: boolean;
  /** Rows that break the rule, where rows are counted. */
  readonly failed?: number;
  /** Keys of the first of them. */
  readonly samples?: readonly RowKey[];
  /** What was measured, where that tells no row's value. */
  readonly measured?: number;
  /** Why nothing could be said; the rule has then failed. */
  readonly undecided?: string;
}

export interface Limits {
  /** Most row keys that are kept of one rule. */
  readonly samples: number;
  /** Most distinct values that are remembered to find repeated ones, for each rule. */
  readonly distinct: number;
}

export interface RuleState {
  /** True if the row breaks the rule. */
  see(row: Row, key: () => RowKey): boolean;
  outcome(rows: number, at: number): RuleOutcome;
}

/** Fewer values than these do not hide each other in a mean. */
const FEW = 20;

export function stateOf(rule: Rule, limits: Limits): RuleState {
  switch (rule.form) {
    case 'COLUMN':
      return new ColumnState(rule.column);
    case 'VALUES':
      return new CountState(rule, limits, (row) => rule.isBad(valueOf(row, rule.column)));
    case 'UNIQUE':
      return new UniqueState(rule, limits);
    case 'VOLUME':
      return { see: () => false, outcome: (rows) => ({ passed: rule.bounds.hold(rows), measured: rows }) };
    case 'DISTRIBUTION':
      return new DistributionState(rule);
    case 'FRESHNESS':
      return new FreshnessState(rule);
  }
}

function valueOf(row: Row, column: string): unknown {
  return row[column] ?? null;
}

class ColumnState implements RuleState {
  private seen = false;

  constructor(private readonly column: string) {}

  see(row: Row): boolean {
    this.seen ||= Object.hasOwn(row, this.column);
    return false;
  }

  outcome(rows: number): RuleOutcome {
    return { passed: this.seen || rows === 0 };
  }
}

class CountState implements RuleState {
  private failed = 0;
  private readonly samples: RowKey[] = [];

  constructor(
    private readonly rule: Extract<Rule, { form: 'VALUES' | 'UNIQUE' }>,
    private readonly limits: Limits,
    private readonly breaks: (row: Row) => boolean,
  ) {}

  see(row: Row, key: () => RowKey): boolean {
    if (!this.breaks(row)) return false;
    this.failed += 1;
    if (this.samples.length < this.limits.samples) this.samples.push(key());
    return true;
  }

  outcome(rows: number): RuleOutcome {
    const { unit, bounds } = this.rule;
    const measured = unit === 'rows' ? this.failed : rows === 0 ? 0 : (100 * this.failed) / rows;
    return { passed: bounds.hold(measured), failed: this.failed, samples: this.samples, measured };
  }
}

/** Remembers 96 bits of a digest of each value: a million take some fifty megabytes, and no two are taken for one. */
class UniqueState implements RuleState {
  private readonly seen = new Set<string>();
  private readonly count: CountState;
  private overflowed = false;

  constructor(
    rule: Extract<Rule, { form: 'UNIQUE' }>,
    private readonly limits: Limits,
  ) {
    this.count = new CountState(rule, limits, (row) => this.isRepeated(row, rule.columns));
  }

  see(row: Row, key: () => RowKey): boolean {
    return this.count.see(row, key);
  }

  outcome(rows: number): RuleOutcome {
    const outcome = this.count.outcome(rows);
    if (!this.overflowed) return outcome;
    const most = this.limits.distinct.toLocaleString('en');
    return { ...outcome, passed: false, undecided: `more than ${most} distinct values` };
  }

  private isRepeated(row: Row, columns: readonly string[]): boolean {
    const values = columns.map((column) => valueOf(row, column));
    if (values.includes(null)) return false;
    const digest = createHash('sha256')
      .update(JSON.stringify(values.map((value) => (typeof value === 'bigint' ? Number(value) : value))))
      .digest('base64')
      .slice(0, 16);
    if (this.seen.has(digest)) return true;
    if (this.seen.size >= this.limits.distinct) this.overflowed = true;
    else this.seen.add(digest);
    return false;
  }
}

/** Mean and deviation by Welford's recurrence (B. P. Welford, Technometrics 4, 1962); quantiles by DDSketch. */
class DistributionState implements RuleState {
  private count = 0;
  private mean = 0;
  private squares = 0;
  private readonly sketch = new DDSketch({ relativeAccuracy: 0.01 });

  constructor(private readonly rule: Extract<Rule, { form: 'DISTRIBUTION' }>) {}

  see(row: Row): boolean {
    const value = valueOf(row, this.rule.column);
    if (typeof value !== 'number' || !Number.isFinite(value)) return false;
    this.count += 1;
    const distance = value - this.mean;
    this.mean += distance / this.count;
    this.squares += distance * (value - this.mean);
    if (this.rule.statistic === 'quantile') this.sketch.accept(value);
    return false;
  }

  outcome(): RuleOutcome {
    const measured = this.measure();
    if (measured === undefined) return { passed: false, undecided: 'too few numbers' };
    const passed = this.rule.bounds.hold(measured);
    return this.count < FEW || this.rule.statistic === 'quantile' ? { passed } : { passed, measured };
  }

  private measure(): number | undefined {
    const { statistic, at = 0 } = this.rule;
    if (this.count === 0) return undefined;
    if (statistic === 'mean') return this.mean;
    if (statistic === 'quantile') return this.sketch.getValueAtQuantile(at);
    return this.count < 2 ? undefined : Math.sqrt(this.squares / (this.count - 1));
  }
}

class FreshnessState implements RuleState {
  private newest = -Infinity;

  constructor(private readonly rule: Extract<Rule, { form: 'FRESHNESS' }>) {}

  see(row: Row): boolean {
    this.newest = Math.max(this.newest, timeOf(valueOf(row, this.rule.column)) ?? -Infinity);
    return false;
  }

  outcome(_: number, at: number): RuleOutcome {
    if (this.newest === -Infinity) return { passed: false, undecided: 'no time' };
    return { passed: at - this.newest <= this.rule.maxAgeMs };
  }
}

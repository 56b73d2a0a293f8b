/** A data contract: what a table must be, as rules that can be checked while its rows stream by. */
import type { JsonObject } from '../json.js';
import type { Bounds } from './bounds.js';
import type { LogicalType } from './logical-type.js';

/** What is counted: rows, or their share of all rows in percent. */
export type Unit = 'rows' | 'percent';

/** A value's fault, if any; null is "no value". */
export type IsBad = (value: unknown) => boolean;

/** A column that some row must have. */
interface ColumnRule {
  readonly form: 'COLUMN';
  readonly column: string;
}

/** How many rows may have a bad value. */
interface ValuesRule {
  readonly form: 'VALUES';
  readonly column: string;
  readonly isBad: IsBad;
  readonly unit: Unit;
  readonly bounds: Bounds;
}

/** How many rows may repeat values that an earlier row has; a row without one of the values repeats nothing. */
interface UniqueRule {
  readonly form: 'UNIQUE';
  readonly columns: readonly string[];
  readonly unit: Unit;
  readonly bounds: Bounds;
}

/** How many rows there are. */
interface VolumeRule {
  readonly form: 'VOLUME';
  readonly bounds: Bounds;
}

/** Where a column's numbers lie. A quantile is of a sketch: within 1 % of its value. */
interface DistributionRule {
  readonly form: 'DISTRIBUTION';
  readonly column: string;
  readonly statistic: 'mean' | 'stddev' | 'quantile';
  /** Of a quantile, 0 to 1. */
  readonly at?: number;
  readonly bounds: Bounds;
}

/** How long before the check the newest time in a column may lie. */
interface FreshnessRule {
  readonly form: 'FRESHNESS';
  readonly column: string;
  readonly maxAgeMs: number;
}

export type Rule = (ColumnRule | ValuesRule | UniqueRule | VolumeRule | DistributionRule | FreshnessRule) & {
  /** The rule in words, as a check says it. */
  readonly text: string;
  /** A breach is told and does not break the contract: severity `info` or `warning`. */
  readonly advisory: boolean;
};

export interface ContractColumn {
  readonly name: string;
  /** Undefined if the contract does not say. */
  readonly type: LogicalType | undefined;
}

/** One table of a contract. */
export interface Contract {
  /** The contract's `name`, or its `id`. */
  readonly name: string;
  readonly version: string;
  readonly table: string;
  readonly columns: readonly ContractColumn[];
  /** The columns of the primary key, in its order; empty if there is none: rows are then named by their position. */
  readonly key: readonly string[];
  readonly rules: readonly Rule[];
  /** What the contract asks and nobody but its own engine can check, in words. */
  readonly notChecked: readonly string[];
  /** The whole contract as it was written. */
  readonly document: JsonObject;
}

/** Columns in the lineage: a column of a data set, or a feature, which is a column of its own. */

/** Stands for the data set as a whole: what every column of it depends on, as on the columns of a join. */
export const EVERY_COLUMN = '*';

/** A column that another one was made from. */
export interface ColumnSource {
  /** Id of the data set version, or of the feature definition, that has the column. */
  readonly dataset: string;
  readonly column: string;
  /** How: `DIRECT/IDENTITY`, `INDIRECT/JOIN`, … */
  readonly transformation?: string;
  /** True if the value itself does not come through. */
  readonly masking?: boolean;
}

/** Which columns one column of an output was made from: a member of a PRODUCED_BY edge's `columns`. */
export interface ColumnLineage {
  /** `*` is the data set as a whole. */
  readonly column: string;
  readonly from: readonly ColumnSource[];
}

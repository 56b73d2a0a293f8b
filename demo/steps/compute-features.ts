import type { Application, Column } from './application.js';
import { MODEL_FEATURES } from './feature-definitions.js';

/** The model's inputs for one application, and what the lender decided. */
export interface FeatureRow {
  readonly row: number;
  /** One value for each of {@link FEATURE_NAMES}. */
  readonly values: readonly number[];
  /** The label: 1 if the lender denied the application. */
  readonly denied: 0 | 1;
}

export const FEATURE_NAMES: readonly Column[] = MODEL_FEATURES.map(({ name }) => name);

/** Computes the model's features, row by row: no row's values depend on another row. */
export function computeFeatures(applications: readonly Application[]): FeatureRow[] {
  return applications.map((application) => ({
    row: application.row,
    values: MODEL_FEATURES.map(({ compute }) => compute(application)),
    denied: application.deny === 'yes' ? 1 : 0,
  }));
}

import { contentDigestOf } from '../../src/sdk/index.js';
import type { Application } from './application.js';
import { FEATURE_NAMES, type FeatureRow } from './compute-features.js';

/** The digest of a table's CSV form: a header, then one line a row, numbers as JavaScript prints them. */
async function tableDigest(
  header: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<string> {
  return contentDigestOf([header, ...rows].map((cells) => `${cells.join(',')}\n`));
}

export async function applicationsDigest(applications: readonly Application[]): Promise<string> {
  const [first] = applications;
  return tableDigest(
    Object.keys(first ?? {}),
    applications.map((application): unknown[] => Object.values(application)),
  );
}

export async function featuresDigest(rows: readonly FeatureRow[]): Promise<string> {
  return tableDigest(
    ['row', ...FEATURE_NAMES, 'denied'],
    rows.map(({ row, values, denied }) => [row, ...values, denied]),
  );
}

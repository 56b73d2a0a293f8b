/** The columns of the demo's tables, as data sets declare them. */
import type { HeldKeys, SchemaField } from '../src/sdk/index.js';
import type { Column } from './steps/application.js';
import { MODEL_FEATURES, PROTECTED_ATTRIBUTES } from './steps/feature-definitions.js';

const ROW: SchemaField = {
  name: 'row',
  type: 'integer',
  description: "The row's key.",
  classification: 'PERSONAL',
};
const TEXTS: readonly Column[] = ['pbcr', 'dmi', 'self', 'single', 'black'];

/** An application's columns in the file's order. */
export const APPLICATION_SCHEMA: readonly SchemaField[] = [
  ROW,
  ...[
    ...MODEL_FEATURES.slice(0, 8),
    ...PROTECTED_ATTRIBUTES.slice(1),
    ...MODEL_FEATURES.slice(8),
    ...PROTECTED_ATTRIBUTES.slice(0, 1),
  ].map(({ name, description, classification }) => ({
    name,
    type: TEXTS.includes(name) ? 'yes or no' : 'number',
    description,
    classification,
  })),
  {
    name: 'deny',
    type: 'yes or no',
    description: 'The lender denied the application.',
    classification: 'PERSONAL',
  },
];

/** The model's inputs and the label. */
export const FEATURE_SCHEMA: readonly SchemaField[] = [
  ROW,
  ...MODEL_FEATURES.map(({ name, classification }) => ({ name, type: 'number', classification })),
  { name: 'denied', type: '0 or 1', description: 'The label.', classification: 'PERSONAL' },
];

/** Exactly the keys of these rows. */
export function keysOf(rows: readonly { readonly row: number }[]): HeldKeys {
  return { columns: ['row'], in: rows.map(({ row }) => [row]) };
}

/** The keys from the first row's to the last row's; for rows in order without a gap. */
export function keyRangeOf(rows: readonly { readonly row: number }[]): HeldKeys {
  return { columns: ['row'], from: [rows[0]?.row ?? 0], to: [rows.at(-1)?.row ?? 0] };
}

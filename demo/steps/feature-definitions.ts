/**
 * What the model may look at, and what it must not. An expression is the definition's text and is evaluated as it
 * stands in a test, so that text and code cannot part.
 */
import type { Application, Column } from './application.js';

export interface FeatureDefinition {
  readonly name: Column;
  readonly description: string;
  /** In JavaScript, over the columns of an application. */
  readonly expression: string;
  readonly compute: (application: Application) => number;
  readonly unit: string;
  readonly rationale: string;
  readonly classification: 'INTERNAL' | 'PERSONAL' | 'SPECIAL';
}

type Flag = 'pbcr' | 'dmi' | 'self' | 'single' | 'black';
type Measure = Exclude<Column, Flag | 'deny'>;
type Words = Pick<FeatureDefinition, 'description' | 'unit' | 'rationale' | 'classification'>;

const measure = (name: Measure, words: Words): FeatureDefinition => ({
  name,
  expression: name,
  compute: (application) => application[name],
  ...words,
});

const flag = (name: Flag, words: Omit<Words, 'unit'>): FeatureDefinition => ({
  name,
  expression: `${name} === 'yes' ? 1 : 0`,
  compute: (application) => (application[name] === 'yes' ? 1 : 0),
  unit: '0 or 1',
  ...words,
});

/** The model's ten inputs, in the model's order. */
export const MODEL_FEATURES: readonly FeatureDefinition[] = [
  measure('dir', {
    description: 'Total debt payments as a share of income.',
    unit: 'ratio',
    rationale: 'The share of income that is already promised bounds what can be paid back.',
    classification: 'PERSONAL',
  }),
  measure('hir', {
    description: 'Housing expenses as a share of income.',
    unit: 'ratio',
    rationale: 'The burden of the new loan itself, apart from older debt.',
    classification: 'PERSONAL',
  }),
  measure('lvr', {
    description: 'Size of the loan as a share of the assessed value of the property.',
    unit: 'ratio',
    rationale: 'What the lender loses on default depends on how much of the value is financed.',
    classification: 'PERSONAL',
  }),
  measure('ccs', {
    description: 'Consumer credit score, 1 (no late payments) to 6 (serious delinquencies).',
    unit: 'score, low is good',
    rationale: 'How consumer debt was served is the best public record of how debt is served.',
    classification: 'PERSONAL',
  }),
  measure('mcs', {
    description: 'Mortgage credit score, 1 (no late payments) to 4 (many).',
    unit: 'score, low is good',
    rationale: 'How an earlier mortgage was served, where there was one.',
    classification: 'PERSONAL',
  }),
  flag('pbcr', {
    description: 'Public record of bad credit, such as a bankruptcy or a charge-off.',
    rationale: 'A legal record of default, which the scores do not hold.',
    classification: 'PERSONAL',
  }),
  flag('dmi', {
    description: 'The applicant applied for mortgage insurance and was denied it.',
    rationale: 'The insurer has looked at the same risk and refused it; known before the decision.',
    classification: 'PERSONAL',
  }),
  flag('self', {
    description: 'Self-employed.',
    rationale: 'Income of the self-employed varies more from year to year.',
    classification: 'PERSONAL',
  }),
  measure('uria', {
    description: "Unemployment rate in the applicant's industry, 1989.",
    unit: 'percent',
    rationale: 'The chance to lose the income that is to pay the loan back.',
    classification: 'INTERNAL',
  }),
  measure('comdominiom', {
    description: "The unit is a condominium. The name is the published file's own spelling.",
    unit: '0 or 1',
    rationale: 'The resale value of condominiums varies more than that of houses.',
    classification: 'PERSONAL',
  }),
];

/** Defined so that the model's results can be compared between groups; never an input of a model. */
export const PROTECTED_ATTRIBUTES: readonly FeatureDefinition[] = [
  flag('black', {
    description: 'The applicant is Black, as recorded under the Home Mortgage Disclosure Act.',
    rationale:
      'Needed to measure disparate impact. Race is a prohibited basis of a credit decision (12 CFR 1002.4).',
    classification: 'SPECIAL',
  }),
  flag('single', {
    description: 'The applicant is single.',
    rationale:
      'Marital status is a prohibited basis of a credit decision (12 CFR 1002.4); kept for analysis only.',
    classification: 'SPECIAL',
  }),
];

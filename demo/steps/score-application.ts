import { FEATURE_NAMES, type FeatureRow } from './compute-features.js';
import { sigmoid, standardise, type TrainedModel } from './train-model.js';

export interface ScoredFeature {
  readonly name: string;
  readonly value: number;
  /** What the value adds to the log-odds of denial, against the training mean. */
  readonly contribution: number;
}

export interface Decision {
  readonly row: number;
  /** The log-odds of denial before any contribution. */
  readonly baseValue: number;
  readonly features: readonly ScoredFeature[];
  /** The probability of denial. */
  readonly score: number;
  readonly outcome: 'DENY' | 'APPROVE';
}

/** Decides one application: each feature's contribution, their sum's probability, and the outcome at the threshold. */
export function scoreApplication(
  { weights, threshold }: TrainedModel,
  { row, values }: FeatureRow,
): Decision {
  const features = FEATURE_NAMES.map((name, i) => {
    const value = values[i] ?? NaN;
    const z = standardise(value, weights.means[i], weights.deviations[i]);
    return { name, value, contribution: (weights.coefficients[i] ?? NaN) * z };
  });
  const logOdds = features.reduce((sum, { contribution }) => sum + contribution, weights.intercept);
  const score = sigmoid(logOdds);
  return {
    row,
    baseValue: weights.intercept,
    features,
    score,
    outcome: score >= threshold ? 'DENY' : 'APPROVE',
  };
}

/** The features that spoke most for denial, strongest first (12 CFR 1002.9(b)(2): specific principal reasons). */
export function principalReasons({ features }: Decision, most = 3): ScoredFeature[] {
  return features
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, most);
}

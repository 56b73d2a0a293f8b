/**
 * Logistic regression by Newton's method (iteratively reweighted least squares; McCullagh and Nelder, Generalized Linear
 * Models, 2nd ed., §4.4), on the linear algebra of ml-matrix. Unregularised: it converges to the maximum of the
 * likelihood, which any other implementation finds, too (see the test).
 */
import { Matrix, solve } from 'ml-matrix';

import type { FeatureRow } from './compute-features.js';

export const HYPERPARAMETERS = {
  method: "Newton's method",
  penalty: 'none',
  maxIterations: 25,
  tolerance: 1e-10,
} as const;

/** Everything that is needed to score: `log-odds = intercept + Σ coefficient × (value − mean) / deviation`. */
export interface Weights {
  readonly intercept: number;
  /** In the order of the features, per standard deviation. */
  readonly coefficients: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

export interface TrainedModel {
  readonly weights: Weights;
  readonly iterations: number;
  /** Denial at or above this probability; the model then denies as many training applications as the lenders did. */
  readonly threshold: number;
}

/** Fits the probability of denial. Throws if the fit does not converge: a half-fitted model is none. */
export function trainModel(rows: readonly FeatureRow[]): TrainedModel {
  const { means, deviations } = scalesOf(rows);
  const design = new Matrix(
    rows.map(({ values }) => [1, ...values.map((value, i) => standardise(value, means[i], deviations[i]))]),
  );
  const labels = Matrix.columnVector(rows.map(({ denied }) => denied));
  const { solution, iterations } = maximiseLikelihood(design, labels);
  const [intercept = 0, ...coefficients] = solution.to1DArray();
  const probabilities = probabilitiesOf(design, solution).to1DArray();
  const denied = rows.filter((row) => row.denied === 1).length;
  return {
    weights: { intercept, coefficients, means, deviations },
    iterations,
    threshold: nthLargest(probabilities, denied),
  };
}

export function standardise(value: number, mean = 0, deviation = 1): number {
  return (value - mean) / deviation;
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function maximiseLikelihood(design: Matrix, labels: Matrix): { solution: Matrix; iterations: number } {
  let solution = Matrix.zeros(design.columns, 1);
  const transposed = design.transpose();
  for (let iterations = 1; iterations <= HYPERPARAMETERS.maxIterations; iterations++) {
    const probabilities = probabilitiesOf(design, solution);
    const variances = probabilities.to1DArray().map((p) => p * (1 - p));
    const gradient = transposed.mmul(Matrix.sub(labels, probabilities));
    const information = transposed.mmul(design.clone().mulColumnVector(variances));
    const step = solve(information, gradient);
    solution = Matrix.add(solution, step);
    if (Math.max(...step.to1DArray().map(Math.abs)) < HYPERPARAMETERS.tolerance)
      return { solution, iterations };
  }
  throw new Error(`the fit must converge within ${HYPERPARAMETERS.maxIterations} iterations, but it did not`);
}

function probabilitiesOf(design: Matrix, solution: Matrix): Matrix {
  return Matrix.columnVector(design.mmul(solution).to1DArray().map(sigmoid));
}

/** Mean and standard deviation (over n) of each feature. */
function scalesOf(rows: readonly FeatureRow[]): Pick<Weights, 'means' | 'deviations'> {
  const table = new Matrix(rows.map(({ values }) => [...values]));
  return {
    means: table.mean('column'),
    deviations: table.standardDeviation('column', { unbiased: false }),
  };
}

function nthLargest(values: readonly number[], n: number): number {
  return [...values].sort((a, b) => b - a)[n - 1] ?? Infinity;
}

/** Our statistics beside those of an independent library: test/vectors/make_statistics.py says how they were made. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { benjaminiHochberg } from '../../../src/domain/statistics/benjamini-hochberg.js';
import { chiSquareSurvival, kolmogorovSurvival } from '../../../src/domain/statistics/survival.js';
import {
  chiSquare,
  jensenShannon,
  kolmogorovSmirnov,
  populationStability,
} from '../../../src/domain/statistics/two-samples.js';

interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

const REFERENCE = JSON.parse(readFileSync('test/vectors/statistics.json', 'utf8')) as {
  readonly chiSquareSurvival: readonly { x: number; degrees: number; p: number }[];
  readonly kolmogorovSurvival: readonly { x: number; p: number }[];
  readonly twoSamples: readonly {
    baseline: number[];
    sample: number[];
    populationStability: number;
    jensenShannon: number;
    kolmogorovSmirnov: TestResult;
    chiSquare: TestResult;
  }[];
  readonly benjaminiHochberg: readonly { values: number[]; adjusted: number[] }[];
};

/** Equal to ten digits, relative to the expected value; absolute below 1e-12, where scipy's own digits end. */
function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected) + 1e-12);
}

describe('as scipy has it', () => {
  test.each(REFERENCE.chiSquareSurvival)('chi-square $x with $degrees degrees', ({ x, degrees, p }) => {
    expectClose(chiSquareSurvival(x, degrees), p);
  });

  test.each(REFERENCE.kolmogorovSurvival)('Kolmogorov $x', ({ x, p }) => {
    expectClose(kolmogorovSurvival(x), p);
  });

  test.each(REFERENCE.twoSamples)('$baseline beside $sample', ({ baseline, sample, ...expected }) => {
    expectClose(populationStability(baseline, sample), expected.populationStability);
    expectClose(jensenShannon(baseline, sample), expected.jensenShannon);
    for (const [actual, { statistic, pValue }] of [
      [kolmogorovSmirnov(baseline, sample), expected.kolmogorovSmirnov],
      [chiSquare(baseline, sample), expected.chiSquare],
    ] as const) {
      expectClose(actual.statistic, statistic);
      expectClose(actual.pValue, pValue);
    }
  });

  test.each(REFERENCE.benjaminiHochberg)('corrected: $values', ({ values, adjusted }) => {
    benjaminiHochberg(values).forEach((value, i) => {
      expectClose(value, adjusted[i]!);
    });
  });
});

test('no chance, no difference', () => {
  expect([chiSquareSurvival(0, 3), kolmogorovSurvival(0), chiSquare([5, 0], [9, 0]).pValue]).toEqual([
    1, 1, 1,
  ]);
});

test('divergences are symmetric, 0 for equal shares, and bounded', () => {
  const counts = fc
    .array(fc.nat({ max: 500 }), { minLength: 5, maxLength: 5 })
    .filter((list) => list.some((n) => n > 0));
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const divergence = jensenShannon(a, b);
      expectClose(divergence, jensenShannon(b, a));
      expectClose(populationStability(a, b), populationStability(b, a));
      expect(divergence).toBeGreaterThanOrEqual(-1e-12);
      expect(divergence).toBeLessThanOrEqual(1 + 1e-12);
      expectClose(
        jensenShannon(
          a,
          a.map((n) => 3 * n),
        ),
        0,
      );
      expectClose(
        populationStability(
          a,
          a.map((n) => 3 * n),
        ),
        0,
      );
    }),
    { seed: 9, numRuns: 300 },
  );
});

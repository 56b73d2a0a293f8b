/** Fisher's exact test and Benjamini–Hochberg against the values of SciPy 1.17.1. */
import { describe, expect, test } from '@jest/globals';

import { benjaminiHochberg } from '../../../src/domain/statistics/benjamini-hochberg.js';
import { fisherExactGreater, oddsRatio, riskDifference } from '../../../src/lineage/association-test.js';

// scipy.stats.fisher_exact([[a, b], [c, d]], alternative='greater').pvalue
test.each([
  [3, 1, 1, 3, 0.24285714285714283],
  [30, 3, 4, 60, 2.12285269840242e-17],
  [10, 2, 3, 15, 0.000465180943362905],
  [0, 5, 5, 0, 1],
  [5, 0, 0, 5, 0.003968253968253969],
  [1, 9, 11, 3, 0.9999663480953022],
  [500, 500, 450, 550, 0.01410178445211696],
  [7, 993, 0, 1000, 0.007730633099803728],
])('[[%d, %d], [%d, %d]] has p = %d', (suspectsWith, suspectsWithout, controlsWith, controlsWithout, p) => {
  const table = { suspectsWith, suspectsWithout, controlsWith, controlsWithout };
  expect(fisherExactGreater(table) / p).toBeCloseTo(1, 9);
});

// scipy.stats.false_discovery_control([...])
test('adjusts for many tests in the order given', () => {
  const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.55, 0.8, 0.2]);
  const expected = [0.035, 0.07, 0.07, 0.035, 0.6416666666666667, 0.8, 0.27999999999999997];
  adjusted.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 12);
  });
  expect(benjaminiHochberg([])).toEqual([]);
});

describe('effect sizes', () => {
  const table = { suspectsWith: 30, suspectsWithout: 10, controlsWith: 5, controlsWithout: 45 };

  test('the difference of the shares', () => {
    expect(riskDifference(table)).toBeCloseTo(0.65, 12);
  });

  test('an odds ratio that is finite even with an empty cell', () => {
    expect(oddsRatio(table)).toBeCloseTo((30.5 * 45.5) / (10.5 * 5.5), 12);
    expect(oddsRatio({ ...table, suspectsWithout: 0 })).toBeCloseTo((30.5 * 45.5) / (0.5 * 5.5), 12);
  });
});

/**
 * Reference values were computed once with independent implementations: statsmodels 0.15.0 (Logit, Newton),
 * scikit-learn 1.9.1 (roc_auc_score, log_loss) and SciPy 1.17.1 (ks_2samp).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { COLUMNS, toApplication, type DeliveredRow } from '../../../demo/steps/application.js';
import { checkContract } from '../../../demo/steps/check-contract.js';
import { cleanApplications } from '../../../demo/steps/clean-applications.js';
import { computeFeatures, FEATURE_NAMES } from '../../../demo/steps/compute-features.js';
import { convertDeliveryForDisplay } from '../../../demo/steps/convert-delivery-percent.js';
import { convertDelivery } from '../../../demo/steps/convert-delivery.js';
import { evaluateModel } from '../../../demo/steps/evaluate-model.js';
import { MODEL_FEATURES, PROTECTED_ATTRIBUTES } from '../../../demo/steps/feature-definitions.js';
import { distributionDistance, measureDrift } from '../../../demo/steps/measure-drift.js';
import { readDelivery } from '../../../demo/steps/read-delivery.js';
import { principalReasons, scoreApplication } from '../../../demo/steps/score-application.js';
import { splitRows } from '../../../demo/steps/split-rows.js';
import { sigmoid, trainModel } from '../../../demo/steps/train-model.js';
import { uniteDeliveries } from '../../../demo/steps/unite-deliveries.js';

const read = (name: string): DeliveredRow[] => readDelivery(readFileSync(`demo/data/${name}.csv`, 'utf8'));
const raw = read('boston-hmda');
const { applications, dropped } = cleanApplications(raw);
const features = computeFeatures(applications);
const split = splitRows(features);
const model = trainModel(split.train);

describe('the contract', () => {
  test('finds the one row that is no applicant, and why', () => {
    const { rowsChecked, failedRows, checks } = checkContract(raw);
    expect(rowsChecked).toBe(2381);
    expect(failedRows).toEqual([2381]);
    expect(checks.filter(({ failed }) => failed.length > 0).map(({ column }) => column)).toEqual([
      'ccs',
      'mcs',
      'pbcr',
      'self',
    ]);
  });

  test.each([
    ['dir', '-0.1'],
    ['hir', ''],
    ['lvr', '80'],
    ['ccs', '7'],
    ['mcs', '1.5'],
    ['pbcr', 'NA'],
    ['uria', '1e9'],
    ['comdominiom', '2'],
    ['deny', 'maybe'],
  ])('is broken by %s = %p', (column, value) => {
    const [first] = raw;
    const broken = { row: 1, text: { ...first!.text, [column]: value } };
    expect(checkContract([broken]).failedRows).toEqual([1]);
  });

  test('a file with other columns is refused', () => {
    expect(() => readDelivery('"","dir"\n"1",0.3\n')).toThrow(
      /the columns dir, hir, .* are required, but got: dir/,
    );
  });
});

describe('cleaning', () => {
  test('drops that row and keeps the others with their keys', () => {
    expect(dropped).toEqual([2381]);
    expect(applications.map(({ row }) => row)).toEqual(Array.from({ length: 2380 }, (_, i) => i + 1));
    expect(applications.filter(({ deny }) => deny === 'yes')).toHaveLength(285);
  });
});

describe('features', () => {
  test.each([...MODEL_FEATURES, ...PROTECTED_ATTRIBUTES])(
    '$name is computed as its expression says',
    (one) => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the expression is the demo's own and is under test
      const evaluate = new Function(...COLUMNS, `return ${one.expression}`) as (
        ...values: unknown[]
      ) => unknown;
      for (const application of applications) {
        expect(one.compute(application)).toBe(evaluate(...COLUMNS.map((column) => application[column])));
      }
    },
  );

  test('that are protected are not among the inputs', () => {
    expect(FEATURE_NAMES).toHaveLength(10);
    expect(PROTECTED_ATTRIBUTES.map(({ classification }) => classification)).toEqual(['SPECIAL', 'SPECIAL']);
    for (const { name } of PROTECTED_ATTRIBUTES) expect(FEATURE_NAMES).not.toContain(name);
  });
});

test('the split depends on the key alone and is the same everywhere', () => {
  const keys = split.train.map(({ row }) => row).join(',');
  expect([split.train.length, split.test.length]).toEqual([1791, 589]);
  expect(createHash('sha256').update(keys).digest('hex')).toBe(
    '2ebdff739e886687b1bc636e499a1a8009203ab337e035898dfc214b177400e3',
  );
  expect(splitRows([...features].reverse()).test).toEqual([...split.test].reverse());
});

describe('the model', () => {
  test('is the maximum of the likelihood that statsmodels finds', () => {
    const { intercept, coefficients } = model.weights;
    const reference = [
      -2.3756153162915665, 0.42671373886748043, 0.018327536948007695, 0.3391066164128132, 0.497036867947373,
      0.12412283433265692, 0.3151686666793184, 0.6713162360850259, 0.17559569389102214, 0.07494619555871963,
      0.08984411449977896,
    ];
    expect(coefficients).toHaveLength(10);
    [intercept, ...coefficients].forEach((value, i) => expect(value).toBeCloseTo(reference[i]!, 11));
  });

  test('denies as many training applications as the lenders did', () => {
    const deny = split.train.filter((row) => scoreApplication(model, row).outcome === 'DENY');
    expect(deny).toHaveLength(split.train.filter(({ denied }) => denied === 1).length);
  });

  test('is measured as scikit-learn measures it, in all and by group', () => {
    const { all, byGroup } = evaluateModel(model, split.test, applications);
    for (const [metrics, rows, auc, logLoss, accuracy] of [
      [all, 589, 0.8552417164584464, 0.2347441038047207, 0.8913412563667232],
      [byGroup['black: yes'], 92, 0.8202985074626866, 0.4361309462255555, 0.7608695652173914],
      [byGroup['black: no'], 497, 0.8432519206513014, 0.19746525168657827, 0.9154929577464789],
    ] as const) {
      expect(metrics.rows).toBe(rows);
      expect(metrics.auc).toBeCloseTo(auc, 11);
      expect(metrics.logLoss).toBeCloseTo(logLoss, 11);
      expect(metrics.accuracy).toBeCloseTo(accuracy, 11);
    }
  });

  test('explains every score: base and contributions add up to its log-odds', () => {
    for (const row of features) {
      const { score, baseValue, features: parts } = scoreApplication(model, row);
      expect(sigmoid(parts.reduce((sum, { contribution }) => sum + contribution, baseValue))).toBeCloseTo(
        score,
        12,
      );
    }
  });

  test('gives the strongest reasons for denial first', () => {
    const reasons = principalReasons(scoreApplication(model, features[8]!));
    expect(reasons.map(({ name }) => name)).toEqual(['dmi', 'lvr', 'mcs']);
  });

  test('is not made of what cannot be fitted', () => {
    const separable = [1, 2, 3, 4].map((row) => ({ row, values: [row], denied: row > 2 ? 1 : 0 }) as const);
    expect(() => trainModel(separable)).toThrow();
  });
});

describe('the batch', () => {
  const deliveries = ['north', 'south', 'west'].map((branch) => read(`delivery-${branch}`));
  const [north = [], south = [], west = []] = deliveries;
  const batch = computeFeatures(
    uniteDeliveries([convertDelivery(north), convertDelivery(south), convertDeliveryForDisplay(west)]),
  );

  test('differs from the applications in the west’s loan-to-value ratio only', () => {
    expect(convertDelivery(west)).toEqual(west.map(toApplication));
    convertDeliveryForDisplay(west).forEach(({ lvr, ...rest }, i) => {
      const { lvr: ratio, ...expected } = toApplication(west[i]!);
      expect(rest).toEqual(expected);
      expect(lvr / 100).toBeCloseTo(ratio, 10);
    });
  });

  test('drifts in lvr and in nothing else, by the distances that SciPy finds', () => {
    const reference = {
      dir: 0.024930206588498045,
      hir: 0.016527079843662758,
      lvr: 0.3333333333333333,
      ccs: 0.0053266331658291454,
      mcs: 0.005644891122278057,
      pbcr: 0.00036850921273031827,
      dmi: 0.003791178112786153,
      self: 0.007236180904522613,
      uria: 0.03353433835845896,
      comdominiom: 0.002534896705750977,
    };
    const drift = measureDrift(split.train, batch);
    expect(drift.map(({ feature }) => feature)).toEqual(Object.keys(reference));
    Object.values(reference).forEach((value, i) => expect(drift[i]?.value).toBeCloseTo(value, 12));
    expect(drift.filter(({ drifted }) => drifted).map(({ feature }) => feature)).toEqual(['lvr']);
    // sqrt(-ln(0.0005) / 2) * sqrt((1791 + 900) / (1791 * 900))
    expect(drift[0]?.threshold).toBeCloseTo(0.0796535953, 9);
  });

  test.each([
    [[1, 2, 3], [1, 2, 3], 0],
    [[1, 1, 1], [2, 2], 1],
    [[1, 2, 2, 3], [2, 3, 3, 4], 0.5],
  ])('the distance of %j and %j is %d', (first, second, distance) => {
    expect(distributionDistance(first, second)).toBeCloseTo(distance, 12);
  });

  test('takes an application once only', () => {
    const [one] = applications;
    expect(() => uniteDeliveries([[one!], [one!]])).toThrow(
      'each application must be delivered once, but 1 came twice',
    );
  });
});

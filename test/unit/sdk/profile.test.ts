/** Profiles: what is counted, what stays hidden, and what counts as drift. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { measureDrift } from '../../../src/domain/profile/drift.js';
import { alignNumbers, parseProfile, valueOfKey } from '../../../src/domain/profile/profile.js';
import { total } from '../../../src/domain/statistics/two-samples.js';
import { Profiler, profileStatement, type Row } from '../../../src/sdk/index.js';

function profileOf(rows: readonly Row[], options: object = {}) {
  const profiler = new Profiler(options);
  for (const row of rows) profiler.add(row);
  return profiler.profile();
}

const rowsOf = (count: number, row: (i: number) => Row): Row[] =>
  Array.from({ length: count }, (_, i) => row(i));

describe('a profile', () => {
  test('counts numbers, categories and what is missing', () => {
    const rows = rowsOf(100, (i) => ({
      x: i - 50,
      kind: i % 4 === 0 ? 'a' : 'b',
      maybe: i < 30 ? null : true,
    }));
    const { rows: count, columns } = profileOf(rows);
    expect(count).toBe(100);
    expect(columns.x).toMatchObject({ missing: 0, numbers: { zeros: 1 } });
    expect([total(columns.x!.numbers!.positive.counts), total(columns.x!.numbers!.negative.counts)]).toEqual([
      49, 50,
    ]);
    expect(columns.kind).toEqual({ missing: 0, categories: { counts: { a: 25, b: 75 }, other: 0 } });
    expect(columns.maybe).toEqual({ missing: 30, categories: { counts: { true: 70 }, other: 0 } });
  });

  test('names no category of a few rows, none beyond the most frequent, and no long text', () => {
    const rows = [
      ...rowsOf(10, () => ({ name: 'many' })),
      ...rowsOf(4, () => ({ name: 'few' })),
      ...rowsOf(6, () => ({ name: 'some' })),
      ...rowsOf(7, () => ({ name: 'x'.repeat(200) })),
    ];
    expect(profileOf(rows, { mostCategories: 1 }).columns.name?.categories).toEqual({
      counts: { many: 10 },
      other: 17,
    });
    expect(JSON.stringify(profileOf(rows))).not.toMatch(/few|xxx/);
  });

  test('is accepted by the server as it is declared, and read again', () => {
    const profile = profileOf([{ x: 1.5 }, { x: -2 }, { x: null }]);
    const statement = profileStatement(profile, { about: 'dataset:lending/x@1', occurredAt: 0 });
    expect(parseDeclaration(JSON.parse(JSON.stringify(statement))).fields.profile).toEqual(profile);
    expect(parseProfile(profile, 'x')).toBe(profile);
    expect(() => parseProfile({ ...profile, form: 'other' }, 'x')).toThrow(
      /profile of x must have the form pedigree\/1 \(form\)/,
    );
  });

  test('keeps every value within 1 % of its bin, in order', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, (list) => {
        const column = profileOf(list.map((x) => ({ x }))).columns.x!;
        const { keys, counts } = alignNumbers(column, { missing: 0 });
        const found = keys.flatMap((key, i) => new Array<number>(counts[0][i]!).fill(valueOfKey(key)));
        const sorted = list.toSorted((a, b) => a - b);
        expect(found).toHaveLength(sorted.length);
        found.forEach((value, i) => {
          expect(Math.abs(value - sorted[i]!)).toBeLessThanOrEqual(0.0203 * Math.abs(sorted[i]!) + 1e-300);
        });
      }),
      { seed: 9, numRuns: 100 },
    );
  });
});

describe('drift', () => {
  const wave = (i: number): number => 1 + ((i * 7919) % 1000) / 1000;
  const rows = (from: number, change: (row: Row) => Row = (row) => row): Row[] =>
    rowsOf(1_000, (i) =>
      change({ steady: wave(i + from), ratio: wave(2 * i + from), kind: i % 3 === 0 ? 'a' : 'b', note: 1 }),
    );
  const baseline = profileOf(rows(0));
  const drifted = (sample: readonly Row[]) =>
    measureDrift(baseline, profileOf(sample))
      .filter((measure) => measure.drifted)
      .map(({ feature, of }) => [feature, of]);

  test('is not there where nothing has changed', () => {
    expect(drifted(rows(500))).toEqual([]);
    expect(measureDrift(baseline, profileOf(rows(500))).map(({ feature }) => feature)).toEqual([
      'kind',
      'note',
      'ratio',
      'steady',
    ]);
  });

  test.each<[string, (row: Row) => Row, readonly [string, string][]]>([
    [
      'a third in percent',
      (row) => (row.kind === 'a' ? { ...row, ratio: 100 * (row.ratio as number) } : row),
      [['ratio', 'VALUES']],
    ],
    [
      'other shares of a category',
      (row) => ({ ...row, kind: (row.ratio as number) > 1.5 ? 'a' : 'b' }),
      [['kind', 'VALUES']],
    ],
    [
      'values that are missing',
      (row) => ((row.ratio as number) > 1.8 ? { ...row, note: null } : row),
      [['note', 'MISSING']],
    ],
  ])('%s', (_, change, expected) => {
    expect(drifted(rows(0, change))).toEqual(expected);
  });

  test('what is significant and small is none, until the limit says so', () => {
    const many = rowsOf(60_000, (i) => ({ x: wave(i) }));
    const shifted = rowsOf(60_000, (i) => ({ x: wave(i) * 1.04 }));
    const [before, after] = [profileOf(many), profileOf(shifted)];
    expect(measureDrift(before, after)).toMatchObject([{ feature: 'x', drifted: false }]);
    expect(measureDrift(before, after)[0]!.adjustedPValue).toBeLessThan(1e-6);
    const strict = { alpha: 0.001, stability: 0.001, missing: 0.05 };
    expect(measureDrift(before, after, strict)).toMatchObject([{ drifted: true }]);
  });

  test('says where the sample has more than the baseline', () => {
    const odd = profileOf(
      rows(0, (row) => (row.kind === 'a' ? { ...row, ratio: 100 * (row.ratio as number) } : row)),
    );
    const { excess } = measureDrift(baseline, odd).find(({ feature }) => feature === 'ratio')!;
    expect(excess).toEqual({ from: expect.any(Number), to: null });
    expect((excess as { from: number }).from).toBeGreaterThan(1.8);
    expect((excess as { from: number }).from).toBeLessThan(2);
    const kinds = profileOf(rows(0, (row) => ({ ...row, kind: 'a' })));
    expect(measureDrift(baseline, kinds).find(({ feature }) => feature === 'kind')?.excess).toEqual({
      category: 'a',
    });
  });
});

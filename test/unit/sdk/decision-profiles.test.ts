/** Profiles over decisions: what leaves through them, when they are declared, and what is never told. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { AttestationDeclaration, Declaration } from '../../../src/domain/declaration.js';
import { alignNumbers, parseProfile, type Profile } from '../../../src/domain/profile/profile.js';
import { total } from '../../../src/domain/statistics/two-samples.js';
import { coarseNumbers } from '../../../src/sdk/drift/coarse-numbers.js';
import { DecisionProfiles } from '../../../src/sdk/drift/decision-profiles.js';
import { Profiler } from '../../../src/sdk/index.js';
import { DoubleServer } from './double-server.js';
import { MODEL, testLog, unaccounted } from './prediction-logs.js';

const DAY = 86_400_000;
const OTHER = 'model:lending/risk@8';

/** Each bin that holds something, from the lowest number to the highest. */
function binsOf(profile: Pick<Profile['columns'][string], 'numbers'>): [number, number][] {
  const { keys, counts } = alignNumbers({ missing: 0, ...profile }, { missing: 0 });
  return keys.map((key, i) => [key, counts[0][i]!]);
}

describe('coarse numbers', () => {
  const values = fc.array(
    fc.oneof(
      fc.constant(0),
      fc.integer({ min: -40, max: 40 }),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    ),
    { minLength: 1, maxLength: 300 },
  );

  test('have no bin with fewer rows than the least, lose none, and move none past another group', () => {
    let coarsened = 0;
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 30 }), (list, least) => {
        const profiler = new Profiler();
        for (const x of list) profiler.add({ x });
        const { numbers } = profiler.profile().columns.x!;
        const coarse = coarseNumbers(numbers!, least);
        expect(coarse === undefined).toBe(list.length < least);
        if (!coarse) return;
        const [fine, rough] = [binsOf({ numbers: numbers! }), binsOf({ numbers: coarse })];
        expect(total(rough.map(([, count]) => count))).toBe(list.length);
        for (const [, count] of rough) expect(count).toBeGreaterThanOrEqual(least);
        for (const [key] of rough) expect(fine.map(([of]) => of)).toContain(key);
        // As many rows lie up to the upper end of each group as before, so every quantile stays within its group.
        let sum = 0;
        const steps = fine.map(([, count]) => (sum += count));
        let below = 0;
        for (const [, count] of rough) expect(steps).toContain((below += count));
        if (rough.length < fine.length) coarsened++;
      }),
      { seed: 9, numRuns: 300 },
    );
    expect(coarsened).toBeGreaterThan(50);
  });

  test('are none where there are fewer numbers than the least', () => {
    const profiler = new Profiler({ leastBin: 10 });
    for (let i = 0; i < 9; i += 1) profiler.add({ x: 1 });
    expect(profiler.profile().columns.x).toEqual({ missing: 0 });
    profiler.add({ x: 1 });
    expect(binsOf(profiler.profile().columns.x!)).toMatchObject([[expect.any(Number), 10]]);
  });
});

describe('profiles of decisions', () => {
  let said: AttestationDeclaration[];
  let profiles: DecisionProfiles;

  beforeEach(() => {
    said = [];
    profiles = new DecisionProfiles({ everyMs: DAY, namespace: 'lending' }, (one) => said.push(one));
  });

  function decide(count: number, at: number, model = MODEL, value: (i: number) => unknown = (i) => i): void {
    for (let i = 0; i < count; i += 1)
      profiles.add({
        ...{ model, occurredAt: at + i, subjects: [`person-${String(i)}`] },
        features: { lvr: { value: value(i) as number } },
      });
  }
  const windows = (): unknown[] =>
    said.map(({ about, occurredAt, fields }) => {
      const { rows } = fields!.profile as unknown as Profile;
      return [about[0], occurredAt, (fields!.extra as { decisions: object }).decisions, rows];
    });

  test('are declared about the model when a decision of a later window comes, and in the end', () => {
    decide(20, 5 * DAY);
    expect(said).toEqual([]);
    decide(30, 7 * DAY + 5);
    expect(windows()).toEqual([[MODEL, 5 * DAY + 19, { from: 5 * DAY, to: 6 * DAY, least: 10 }, 20]]);
    expect(profiles.waiting).toBe(30);
    profiles.end();
    expect(windows()[1]).toEqual([MODEL, 7 * DAY + 34, { from: 7 * DAY, to: 8 * DAY, least: 10 }, 30]);
    expect(said.every(({ id }) => /^attestation:lending\/data-profile@[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(profiles.waiting).toBe(0);
  });

  test('are each of one model', () => {
    decide(20, 0);
    decide(15, 1, OTHER);
    decide(10, DAY, OTHER);
    profiles.end();
    expect(windows().map((window) => [(window as unknown[])[0], (window as unknown[])[3]])).toEqual([
      [OTHER, 15],
      [MODEL, 20],
      [OTHER, 10],
    ]);
  });

  test('of too few decisions are not declared: these go on with the next window, and in the end are told to be in none', () => {
    decide(9, 0);
    decide(1, DAY);
    expect(said).toEqual([]);
    decide(3, 2 * DAY);
    expect(windows()).toEqual([[MODEL, DAY, { from: 0, to: 2 * DAY, least: 10 }, 10]]);
    profiles.end();
    expect(said).toHaveLength(1);
    expect(profiles.waiting).toBe(3);
  });

  test('count a decision that comes late, and say from when on', () => {
    decide(10, 3 * DAY);
    decide(1, DAY);
    profiles.end();
    expect(windows()).toEqual([[MODEL, 3 * DAY + 9, { from: DAY, to: 4 * DAY, least: 10 }, 11]]);
  });

  test('name a text of many people and none of a few, however often it occurs', () => {
    const names = (i: number): string => (i < 40 ? 'employed' : 'Ann Q. Public');
    for (let i = 0; i < 80; i += 1)
      profiles.add({
        ...{ model: MODEL, occurredAt: i, subjects: [i < 40 ? `person-${String(i)}` : 'ann'] },
        features: { job: { value: names(i) } },
      });
    profiles.end();
    const { columns } = said[0]!.fields!.profile as unknown as Profile;
    expect(columns.job?.categories).toEqual({ counts: { employed: 40 }, other: 40 });
    expect(JSON.stringify(said)).not.toContain('Ann');
  });

  test('have no bin of a few, so that an outlier is not told', () => {
    decide(200, 0, MODEL, (i) => (i === 7 ? 123_456_789 : 0.2 + (i % 50) / 50));
    profiles.end();
    const profile = parseProfile(said[0]!.fields!.profile, 'it');
    const bins = binsOf(profile.columns.lvr!);
    expect(total(bins.map(([, count]) => count))).toBe(200);
    expect(Math.min(...bins.map(([, count]) => count))).toBeGreaterThanOrEqual(10);
    const outlier = new Profiler();
    outlier.add({ lvr: 123_456_789 });
    const [[key]] = binsOf(outlier.profile().columns.lvr!) as [[number, number]];
    expect(bins.map(([of]) => of)).not.toContain(key);
  });

  test.each([
    [{ everyMs: 0 }, /everyMs must be a whole number of milliseconds from 1, but got: 0/],
    [{ everyMs: DAY, least: 1 }, /least must be a whole number from 2, but got: 1/],
  ])('are refused with %p', (options, message) => {
    expect(() => new DecisionProfiles({ ...options, namespace: 'x' }, () => undefined)).toThrow(message);
  });
});

describe('a prediction log with profiles', () => {
  let server: DoubleServer;

  beforeEach(async () => {
    server = await DoubleServer.start();
  });
  afterEach(() => server.stop());

  test('declares them with its decisions, also of values that sampling leaves out, and counts them', async () => {
    const { log, losses } = testLog(server.url, { sampling: 'skeleton', profile: { everyMs: DAY } });
    for (let i = 0; i < 60; i += 1)
      log.logPrediction({
        ...{ version: String(i), occurredAt: i < 30 ? i : DAY + i, subjects: [`p${String(i)}`] },
        features: { lvr: { value: i / 60 }, job: { value: i % 2 === 0 ? 'a' : 'b' } },
      });
    expect(log.stats).toMatchObject({ logged: 61, profiles: 1, unprofiled: 30 });
    await log.close();
    expect(log.stats).toMatchObject({ logged: 62, profiles: 2, unprofiled: 0, delivered: 62 });
    expect([unaccounted(log), losses]).toEqual([0, []]);
    const lines = server.requests.flatMap(({ body }) => body.trimEnd().split('\n'));
    const declared = lines.map((line) => JSON.parse(line) as Declaration);
    const statements = declared.filter((one): one is AttestationDeclaration => one.kind === 'Attestation');
    expect(statements.map(({ type, about }) => [type, about])).toEqual([
      ['DATA_PROFILE', [MODEL]],
      ['DATA_PROFILE', [MODEL]],
    ]);
    const { rows, columns } = parseProfile(statements[0]!.fields!.profile, 'it');
    expect([rows, columns.job?.categories]).toEqual([30, { counts: { a: 15, b: 15 }, other: 0 }]);
  });

  test('makes none of a decision without a time, and loses neither it nor the others', async () => {
    const { log } = testLog(server.url, { profile: { everyMs: DAY } });
    for (let i = 0; i < 12; i += 1)
      log.logPrediction({
        ...{ version: String(i), occurredAt: i === 3 ? 'yesterday' : i, subjects: [] },
        features: { lvr: { value: 1 } },
      });
    await log.close();
    expect(log.stats).toMatchObject({ logged: 13, profiles: 1, delivered: 13 });
  });
});

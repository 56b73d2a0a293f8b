/** Retention as laws: the longest duty wins, nothing is erased before it ends, and periods are those of the calendar. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { endOf, parsePeriod } from '../../../src/domain/period.js';
import { EMPTY, judge, weigh, type Balance } from '../../../src/governance/retention/judge.js';
import type { RetentionRule, SealedThing } from '../../../src/governance/retention/rules.js';
import { failureOf } from '../../support/failure.js';

const DAY = 86_400_000;
const SEED = { seed: 9, numRuns: 500 };

describe('a period', () => {
  test.each([
    ['P1M', '2026-01-31T10:00:00Z', '2026-02-28T10:00:00.000Z'],
    ['P1M', '2028-01-31T10:00:00Z', '2028-02-29T10:00:00.000Z'],
    ['P1Y', '2028-02-29T00:00:00Z', '2029-02-28T00:00:00.000Z'],
    ['P10Y', '2026-12-31T23:59:59Z', '2036-12-31T23:59:59.000Z'],
    ['P1Y2M2W3D', '2026-01-01T00:00:00Z', '2027-03-18T00:00:00.000Z'],
    ['P0D', '2026-03-05T00:00:00Z', '2026-03-05T00:00:00.000Z'],
    ['P30D', '1969-12-15T00:00:00Z', '1970-01-14T00:00:00.000Z'],
  ])('%s from %s ends at %s', (text, from, end) => {
    expect(new Date(endOf(Date.parse(from), parsePeriod(text))).toISOString()).toBe(end);
  });

  test.each(['', 'P', '10Y', 'P1H', 'PT1H', 'P-1D', 'P1D1Y', 'P1.5Y', 'p1y'])('"%s" is refused', (text) => {
    expect(failureOf(() => parsePeriod(text))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('a period must be like P10Y, P6M, P2W or P30D') as unknown,
    });
  });

  test('has an end for every time that can be declared, and none before its beginning', () => {
    const time = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 });
    const period = fc.record({ months: fc.nat(100_000), days: fc.nat(999_999) });
    fc.assert(
      fc.property(time, period, (from, { months, days }) => {
        const end = endOf(from, { text: '', months, days });
        expect(Number.isSafeInteger(end)).toBe(true);
        expect(end).toBeGreaterThanOrEqual(Math.min(from, 8.64e15));
      }),
      SEED,
    );
  });
});

const period = fc.nat(3_000).map((days) => ({ text: `P${String(days)}D`, months: 0, days }));
const rule: fc.Arbitrary<RetentionRule> = fc.record(
  {
    id: fc.stringMatching(/^[a-z]{1,5}$/),
    basis: fc.constant('law'),
    kinds: fc.constantFrom(['Prediction'] as const, ['Dataset'] as const, ['Prediction', 'Dataset'] as const),
    classifications: fc.constantFrom(['PERSONAL'] as const, ['SPECIAL'] as const),
    namespaces: fc.constantFrom(['a'], ['b*'], ['*']),
    keepFor: period,
    eraseAfter: period,
  },
  { requiredKeys: ['id', 'basis'] },
);
const thing: fc.Arbitrary<SealedThing> = fc.record({
  id: fc.constantFrom('prediction:a/x@1', 'dataset:a/x@1', 'prediction:bb/x@1', 'dataset:c/x@1'),
  occurredAt: fc.integer({ min: 0, max: 3_000 * DAY }),
  recordedAt: fc.integer({ min: 0, max: 3_000 * DAY }),
  special: fc.boolean(),
});
const cases = fc.record({
  rules: fc.array(rule, { maxLength: 6 }),
  things: fc.array(thing, { minLength: 1, maxLength: 6 }),
  now: fc.integer({ min: 0, max: 7_000 * DAY }),
  requested: fc.boolean(),
});

/** The rules of a declaration, found in another way than the code's. */
function rulesOf(rules: readonly RetentionRule[], { id, special }: SealedThing): RetentionRule[] {
  const [, kind = '', namespace = ''] = /^(\w+):(\w+)\//.exec(id) ?? [];
  return rules.filter(({ kinds, classifications, namespaces }) => {
    if (kinds && !kinds.some((each) => each.toLowerCase() === kind)) return false;
    if (classifications && classifications.includes('SPECIAL') !== special) return false;
    return !namespaces || ['*', namespace, `${namespace[0]!}*`].some((each) => namespaces.includes(each));
  });
}

function balanceOf(things: readonly SealedThing[], rules: readonly RetentionRule[], now: number): Balance {
  return things.reduce((balance, each) => weigh(balance, each, rules, now), EMPTY);
}

describe('the verdict on a key', () => {
  test('is never ERASE while any duty over anything under it lasts', () => {
    let erased = 0;
    fc.assert(
      fc.property(cases, ({ rules, things, now, requested }) => {
        const { action } = judge(balanceOf(things, rules, now), [], { now, requested });
        const kept = things.some((each) =>
          rulesOf(rules, each).some(
            ({ keepFor }) => keepFor && Math.max(each.occurredAt, each.recordedAt) + keepFor.days * DAY > now,
          ),
        );
        if (action === 'ERASE') erased++;
        if (kept) expect(action).not.toBe('ERASE');
        else if (requested) expect(action).toBe('ERASE');
      }),
      SEED,
    );
    expect(erased).toBeGreaterThan(50);
  });

  test('is ERASE or RESTRICT without a request only if the first deadline of everything under it has passed', () => {
    fc.assert(
      fc.property(cases, ({ rules, things, now }) => {
        const balance = balanceOf(things, rules, now);
        const { action } = judge(balance, [], { now, requested: false });
        const due = things.map((each) => {
          const days = rulesOf(rules, each).flatMap(({ eraseAfter }) => eraseAfter?.days ?? []);
          return days.length > 0 && each.occurredAt + Math.min(...days) * DAY <= now;
        });
        expect(action !== 'KEEP').toBe(due.every(Boolean));
        expect(balance.overdue).toBe(due.filter(Boolean).length);
        expect(balance.things).toBe(things.length);
      }),
      SEED,
    );
  });

  test('waits for the end of the longest duty, and under a hold for nobody knows how long', () => {
    const hold = { id: 'attestation:a/h@1', artifact: 'prediction:a/x@1', basis: 'case' };
    let duties = 0;
    fc.assert(
      fc.property(cases, ({ rules, things, now }) => {
        const balance = balanceOf(things, rules, now);
        const ends = things.flatMap((each) =>
          rulesOf(rules, each).flatMap(({ id, keepFor }) =>
            keepFor ? [[Math.max(each.occurredAt, each.recordedAt) + keepFor.days * DAY, id] as const] : [],
          ),
        );
        const longest = Math.max(...ends.map(([end]) => end));
        const verdict = judge(balance, [], { now, requested: true });
        if (longest > now) {
          duties++;
          expect(verdict).toMatchObject({ action: 'RESTRICT', reason: 'DUTY', until: longest });
          expect(ends).toContainEqual([longest, verdict.by]);
        }
        const held = judge(balance, [hold], { now: Math.max(now, longest), requested: true });
        expect(held).toEqual({
          ...{ action: 'RESTRICT', reason: 'LEGAL_HOLD', by: hold.id, basis: 'case', purpose: 'case' },
        });
      }),
      SEED,
    );
    expect(duties).toBeGreaterThan(50);
  });

  test('does not depend on the order of what is under the key', () => {
    fc.assert(
      fc.property(cases, ({ rules, things, now, requested }) => {
        const verdict = judge(balanceOf(things, rules, now), [], { now, requested });
        const back = judge(balanceOf(things.toReversed(), rules, now), [], { now, requested });
        expect([back.action, back.reason, back.until]).toEqual([
          verdict.action,
          verdict.reason,
          verdict.until,
        ]);
      }),
      SEED,
    );
  });

  test('is never ERASE under a legal hold, and only grows milder with time without one', () => {
    const hold = { id: 'attestation:a/h@1', artifact: 'prediction:a/x@1', basis: 'case' };
    fc.assert(
      fc.property(cases, ({ rules, things, now, requested }) => {
        const at = (time: number, holds: (typeof hold)[] = []) =>
          judge(balanceOf(things, rules, time), holds, { now: time, requested }).action;
        expect(at(now, [hold])).not.toBe('ERASE');
        if (at(now) === 'ERASE') expect(at(now + 1_000 * DAY)).toBe('ERASE');
      }),
      SEED,
    );
  });
});

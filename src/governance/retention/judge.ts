/**
 * What becomes of the values under one key. The key seals all of a person's values of one time, and is destroyed as a whole:
 * so the longest duty over any of them keeps it, and it is due when the last deadline has passed. Pure.
 */
import { endOf } from '../../domain/period.js';
import type { Hold } from '../legal-holds.js';
import { applies, type RetentionRule, type SealedThing } from './rules.js';

/** When a duty or a deadline ends, and by which rule. */
export interface Bound {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly rule: RetentionRule;
}

/** What the rules say of everything under a key, at one time. */
export interface Balance {
  readonly things: number;
  /** Those whose deadline has passed. */
  readonly overdue: number;
  /** The longest duty. */
  readonly duty?: Bound;
  /** The last of the deadlines. */
  readonly deadline?: Bound;
  /** The first declaration without a deadline: the key has none, either. */
  readonly undated?: string;
}

export const EMPTY: Balance = { things: 0, overdue: 0 };

export type RetentionAction = 'ERASE' | 'RESTRICT' | 'KEEP';
export type RetentionReason =
  'REQUESTED' | 'DEADLINE_PASSED' | 'DUTY' | 'LEGAL_HOLD' | 'NOT_YET' | 'NO_DEADLINE';

export interface Verdict {
  readonly action: RetentionAction;
  readonly reason: RetentionReason;
  /** Until when nothing is erased, in milliseconds since the epoch; undefined where nobody can tell. */
  readonly until?: number;
  /** The rule, the hold, or the declaration without a deadline. */
  readonly by?: string;
  /** What that one says why. */
  readonly basis?: string;
  /** What restricted values may be read for. */
  readonly purpose?: string;
}

/** Adds one declaration to what the rules say of its key. Of several deadlines of one declaration the first counts. */
export function weigh(
  balance: Balance,
  thing: SealedThing,
  rules: readonly RetentionRule[],
  now: number,
): Balance {
  const its = rules.filter((rule) => applies(rule, thing));
  // A producer's clock may not shorten a duty; a deadline counts from when it happened.
  const from = Math.max(thing.occurredAt, thing.recordedAt);
  const duties = its.flatMap((rule) => (rule.keepFor ? [{ at: endOf(from, rule.keepFor), rule }] : []));
  const deadlines = its.flatMap((rule) =>
    rule.eraseAfter ? [{ at: endOf(thing.occurredAt, rule.eraseAfter), rule }] : [],
  );
  const duty = latest([...duties, balance.duty]);
  const own = latest(deadlines, -1);
  const deadline = latest([balance.deadline, own]);
  const undated = balance.undated ?? (own ? undefined : thing.id);
  return {
    things: balance.things + 1,
    overdue: balance.overdue + (own && own.at <= now ? 1 : 0),
    ...(duty ? { duty } : {}),
    ...(deadline ? { deadline } : {}),
    ...(undated === undefined ? {} : { undated }),
  };
}

/**
 * What is to be done with a key. A hold outlasts every duty, because nobody knows when it ends.
 *
 * @param holds those in force
 * @param requested true if the person, or an earlier run, has asked for the erasure: then no deadline has to pass
 */
export function judge(
  balance: Balance,
  holds: readonly Hold[],
  { now, requested }: { readonly now: number; readonly requested: boolean },
): Verdict {
  const { duty, deadline, undated } = balance;
  if (!requested && undated !== undefined) return { action: 'KEEP', reason: 'NO_DEADLINE', by: undated };
  if (!requested && (!deadline || deadline.at > now)) {
    const last = latest([duty, deadline]);
    return { action: 'KEEP', reason: 'NOT_YET', ...(last ? told(last) : {}) };
  }
  const [hold] = holds;
  if (hold) {
    const { id: by, basis } = hold;
    return { action: 'RESTRICT', reason: 'LEGAL_HOLD', by, basis, purpose: basis };
  }
  if (duty && duty.at > now) return { action: 'RESTRICT', reason: 'DUTY', ...told(duty) };
  if (requested) return { action: 'ERASE', reason: 'REQUESTED' };
  return { action: 'ERASE', reason: 'DEADLINE_PASSED', ...(deadline ? told(deadline) : {}) };
}

function told({ at: until, rule }: Bound): Pick<Verdict, 'until' | 'by' | 'basis' | 'purpose'> {
  const { id: by, basis, purpose } = rule;
  return { until, by, basis, ...(purpose === undefined ? {} : { purpose }) };
}

/** The latest of some bounds, or with −1 the earliest; among equal ones the first. */
function latest(bounds: readonly (Bound | undefined)[], sign: 1 | -1 = 1): Bound | undefined {
  return bounds.reduce<Bound | undefined>(
    (best, bound) => (bound && (!best || (bound.at - best.at) * sign > 0) ? bound : best),
    undefined,
  );
}

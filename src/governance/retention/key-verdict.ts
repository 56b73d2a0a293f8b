/** The verdict on one key, from what the database knows of it. */
import type { Duty, Erasure, KeyFacts } from '../../store/erasure-store.js';
import { holdsInForce } from '../legal-holds.js';
import { EMPTY, judge, weigh, type Balance, type Verdict } from './judge.js';
import type { RetentionRules } from './rules.js';

export interface Weighed {
  readonly balance: Balance;
  readonly verdict: Verdict;
}

/** @param requested true if the erasure of this key is asked for, whatever its deadline */
export async function verdictOn(
  { holds, items, known }: KeyFacts,
  { items: rules }: RetentionRules,
  { now, requested }: { readonly now: number; readonly requested: boolean },
): Promise<Weighed> {
  let balance = EMPTY;
  for await (const item of items()) balance = weigh(balance, item, rules, now);
  const asked = { now, requested: requested || known !== undefined };
  const verdict = judge(balance, holdsInForce(holds, now), asked);
  return { balance, verdict: verdict.action === 'ERASE' ? (promised(known, now) ?? verdict) : verdict };
}

/** What a restriction has said in the log holds, although the rules may be others now, or none. */
function promised(known: Erasure | undefined, now: number): Verdict | undefined {
  const { keepUntil: until, duty: by, dutyBasis: basis, purpose } = known ?? {};
  if (until === undefined || until <= now) return undefined;
  return {
    ...{ action: 'RESTRICT', reason: 'DUTY', until },
    ...(by === undefined ? {} : { by }),
    ...(basis === undefined ? {} : { basis }),
    ...(purpose === undefined ? {} : { purpose }),
  };
}

/** What a restriction keeps of the verdict that it comes from. */
export function dutyOf({ by = '', basis = '', purpose = basis, until }: Verdict): Duty {
  return { duty: by, dutyBasis: basis, purpose, ...(until === undefined ? {} : { keepUntil: until }) };
}

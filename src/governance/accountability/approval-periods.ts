/** When a model was approved, by what was attested about it. Pure. */
import { byHappening } from '../../store/happening-order.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';

/** A stretch of time in which the word on a model's use was one and the same. Milliseconds since the epoch. */
export interface ApprovalPeriod {
  /** Undefined for the first: from the beginning. */
  readonly from: number | undefined;
  /** Excluded; undefined for the last: until now. */
  readonly until: number | undefined;
  readonly approved: boolean;
  /** What began it: an `APPROVED` or a `RETIRED`; for one that expired, the approval itself; undefined before the first word. */
  readonly ruling: StoredProps | undefined;
}

/**
 * The periods in order, without gaps, from the beginning to now.
 *
 * @param attested `APPROVED` and `RETIRED` attestations about one model, in any order: their producers' times decide, and
 *   at one moment the log
 */
export function approvalPeriods(attested: readonly StoredProps[]): ApprovalPeriod[] {
  const rulings = [...attested].sort(byHappening);
  const periods: ApprovalPeriod[] = [];
  let current: Omit<ApprovalPeriod, 'until'> = { from: undefined, approved: false, ruling: undefined };
  const begin = (from: number, approved: boolean, ruling: StoredProps): void => {
    if (from !== current.from) periods.push({ ...current, until: from });
    current = { from, approved, ruling };
  };
  for (const [i, ruling] of rulings.entries()) {
    const at = ruling.occurredAt as number;
    const approved = isApproval(ruling);
    begin(at, approved, ruling);
    const ends = approved ? openValues(ruling).get('value/until') : undefined;
    const next = rulings[i + 1]?.occurredAt as number | undefined;
    if (typeof ends === 'number' && ends < (next ?? Infinity)) begin(Math.max(ends, at), false, ruling);
  }
  return [...periods, { ...current, until: undefined }];
}

/** The period that a moment lies in. */
export function periodAt(periods: readonly ApprovalPeriod[], time: number): ApprovalPeriod {
  return periods.find(({ until }) => until === undefined || time < until) as ApprovalPeriod;
}

/** True if this is an approval whose own time is not over at a moment. */
export function holdsAt(ruling: StoredProps, time: number): boolean {
  const until = openValues(ruling).get('value/until');
  return isApproval(ruling) && (typeof until !== 'number' || time < until);
}

function isApproval(props: StoredProps): boolean {
  return props.type === 'APPROVED' && openValues(props).get('value/decision') === 'APPROVED';
}

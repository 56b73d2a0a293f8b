/** Periods of the calendar, as laws state them: `P10Y`, `P6M`, `P30D` (ISO 8601-1:2019, section 5.5.2, dates only). */
import { PedigreeError, required } from './errors.js';

export interface Period {
  /** As it was written. */
  readonly text: string;
  readonly months: number;
  readonly days: number;
}

const DAY = 86_400_000;
/** The last moment that ECMAScript's calendar knows; a declared time may lie beyond it. */
const LAST = 8.64e15;
const FORM = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?$/;

/** Error: `BAD_INPUT`. */
export function parsePeriod(text: string): Period {
  const found = FORM.exec(text);
  if (!found)
    throw new PedigreeError('BAD_INPUT', required('a period must be like P10Y, P6M, P2W or P30D', text));
  const parts: readonly (string | undefined)[] = found.slice(1);
  const [years = 0, months = 0, weeks = 0, days = 0] = parts.map((part) => Number(part ?? 0));
  return { text, months: years * 12 + months, days: weeks * 7 + days };
}

/**
 * The end of a period, in UTC: months first, where a day that the month does not have becomes its last one, then days.
 *
 * @param time milliseconds since the epoch
 */
export function endOf(time: number, { months, days }: Period): number {
  const end = new Date(Math.max(-LAST, Math.min(LAST, time)));
  const day = end.getUTCDate();
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + months);
  const last = new Date(end);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  end.setUTCDate(Math.min(day, last.getUTCDate()));
  const ends = end.getTime() + days * DAY;
  return Number.isNaN(ends) ? LAST : Math.min(LAST, ends);
}

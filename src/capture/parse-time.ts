/** Times as producers write them. */
import { MAX_TIME } from '../domain/clock.js';
import { PedigreeError, required } from '../domain/errors.js';

const ISO_TIME = /^(\d{4}-\d\d-\d\d)T(?!24)\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Milliseconds since the epoch, from such a number or from an ISO 8601 time with a zone; what is finer than a
 * millisecond is cut off. Error: `BAD_INPUT`, also for a day that its month does not have, which `Date.parse` moves.
 */
export function parseTime(time: unknown, member: string): number {
  const ms = typeof time === 'string' ? parseIso(time) : time;
  if (typeof ms === 'number' && Number.isInteger(ms) && ms >= 0 && ms <= MAX_TIME) return ms;
  throw new PedigreeError(
    'BAD_INPUT',
    required(
      `"${member}" must be a time since 1970: ISO 8601 with a zone, or a whole number of milliseconds`,
      time,
    ),
  );
}

function parseIso(time: string): number | undefined {
  const day = ISO_TIME.exec(time)?.[1];
  if (day === undefined) return undefined;
  const midnight = Date.parse(day);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  return Date.parse(time);
}

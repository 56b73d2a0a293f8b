/**
 * When everything in the story happened. The times are part of the story, not of the moment at which the demo is run:
 * so a second run declares exactly the same and adds nothing.
 */
export const CALENDAR = {
  rawData: '2026-01-05T08:00:00Z',
  rawCheck: '2026-01-05T08:05:00Z',
  cleaning: '2026-01-05T09:00:00Z',
  cleanCheck: '2026-01-05T09:10:00Z',
  definitions: '2026-01-12T10:00:00Z',
  features: '2026-01-19T08:00:00Z',
  split: '2026-01-19T08:30:00Z',
  training: '2026-02-02T09:00:00Z',
  evaluation: '2026-02-03T09:00:00Z',
  approval: '2026-02-20T14:00:00Z',
  deployment: '2026-03-02T06:00:00Z',
  decisions: '2026-03-16T09:00:00Z',
  deliveries: '2026-06-15T06:00:00Z',
  deliveryChecks: '2026-06-15T06:10:00Z',
  conversions: '2026-06-15T07:00:00Z',
  union: '2026-06-15T08:00:00Z',
  batchFeatures: '2026-06-15T08:30:00Z',
  batchDecisions: '2026-06-15T09:00:00Z',
  drift: '2026-06-16T06:00:00Z',
  incident: '2026-06-16T09:30:00Z',
} as const;

/** `minutes` after a time of the calendar, in milliseconds since the epoch. */
export function after(time: string, minutes: number): number {
  return Date.parse(time) + minutes * 60_000;
}

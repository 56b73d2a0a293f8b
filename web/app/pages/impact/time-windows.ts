/** Equal windows of whole days that hold a span of time. */
export interface TimeWindow {
  /** ISO 8601; the first moment in the window. */
  readonly from: string;
  /** ISO 8601; the first moment after it. */
  readonly to: string;
}

const DAY_MS = 86_400_000;
const MOST_WINDOWS = 12;

/** At most twelve, from the day of the oldest to that of the newest; days are UTC, so that everybody sees the same. */
export function windowsOf(oldest: string, newest: string): TimeWindow[] {
  const first = Math.floor(Date.parse(oldest) / DAY_MS);
  const days = Math.floor(Date.parse(newest) / DAY_MS) - first + 1;
  const width = Math.ceil(days / MOST_WINDOWS);
  return Array.from({ length: Math.ceil(days / width) }, (_, i) => ({
    from: new Date((first + i * width) * DAY_MS).toISOString(),
    to: new Date((first + (i + 1) * width) * DAY_MS).toISOString(),
  }));
}

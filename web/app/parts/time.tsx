/** Moments, in UTC as the log has them: everybody who looks at a page sees the same time. */
import type { ReactNode } from 'react';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

interface TimeProps {
  readonly value: string | null | undefined;
  /** The day alone. */
  readonly day?: boolean;
}

export function Time({ value, day = false }: TimeProps): ReactNode {
  if (value == null) return <span className="absent">not stated</span>;
  const date = new Date(value);
  const text = day ? DAY.format(date) : `${DAY.format(date)}, ${CLOCK.format(date)} UTC`;
  return (
    <time dateTime={value} title={value}>
      {text}
    </time>
  );
}

/** How many affected decisions were made when: counted by the server in equal windows, and not by listing them. */
import { useQueries } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';

import { ask } from '../../api/ask.js';
import { useAnswer } from '../../api/use-answer.js';
import { DecisionsInDocument, DecisionSpanDocument } from '../../graphql/operations.gen.js';
import { showCount } from '../../parts/number.js';
import { Failure } from '../../parts/states.js';
import { windowsOf, type TimeWindow } from './time-windows.js';

interface OverTimeProps {
  readonly of: string;
  readonly asOf: string;
}

export function DecisionsOverTime({ of, asOf }: OverTimeProps): ReactNode {
  const point = { treeSize: asOf };
  const span = useAnswer(DecisionSpanDocument, { of, asOf: point });
  const [from, to] = [span.data?.oldest.items[0]?.decidedAt, span.data?.newest.items[0]?.decidedAt];
  const windows = useMemo(
    () => (from === undefined || to === undefined ? [] : windowsOf(from, to)),
    [from, to],
  );
  const counts = useQueries({
    queries: windows.map((window) => ({
      queryKey: ['ask', 'DecisionsIn', of, asOf, window],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        Number(
          (await ask(DecisionsInDocument, { of, asOf: point, ...window }, signal)).impact.decisions.total,
        ),
    })),
  });
  const error = span.error ?? counts.find((count) => count.error)?.error;
  if (error) return <Failure error={error} />;
  if (windows.length === 0) return null;
  return (
    <section className="card" aria-labelledby="over-time">
      <h2 id="over-time">Decisions over time</h2>
      <Bars windows={windows} counts={counts.map(({ data }) => data ?? 0)} />
    </section>
  );
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: '2-digit',
  timeZone: 'UTC',
});

interface BarsProps {
  readonly windows: readonly TimeWindow[];
  readonly counts: readonly number[];
}

function Bars({ windows, counts }: BarsProps): ReactNode {
  const most = Math.max(...counts, 1);
  return (
    <ol className="time-bars">
      {windows.map(({ from, to }, i) => (
        <li key={from} title={`${from} to ${to}`}>
          <span className="time-count">{showCount(counts[i] ?? 0)}</span>
          <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
            <rect
              x="0"
              width="10"
              y={100 - ((counts[i] ?? 0) / most) * 100}
              height={((counts[i] ?? 0) / most) * 100}
            />
          </svg>
          <span className="fine">{DAY.format(new Date(from))}</span>
        </li>
      ))}
    </ol>
  );
}

/** What is odd about runs, from times and names alone. */
import { expect, test } from '@jest/globals';

import { watchRuns, type WatchedRun } from '../../../src/lineage/watch-runs.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Runs of one job at these days, each recorded an hour later. */
const runsAt = (days: readonly number[], by: (i: number) => string = () => 'etl'): WatchedRun[] =>
  days.map((day, i) => ({
    id: `transform:lake/load@${String(i)}`,
    by: by(i),
    occurredAt: day * DAY,
    recordedAt: day * DAY + HOUR,
  }));

const odd = (runs: readonly WatchedRun[], day: number): [string, string, string][] =>
  watchRuns(runs, { now: day * DAY, latestMs: DAY }).map(({ kind, id, message }) => [
    kind,
    id.slice(-1),
    message,
  ]);

test.each<[string, readonly WatchedRun[], number, [string, string, string][]]>([
  ['a series that goes on', runsAt([0, 1, 2, 3, 4]), 5, []],
  [
    'a series that has stopped',
    runsAt([0, 1, 2, 3, 4]),
    7,
    [['SILENCE', '4', 'lake/load has not run for 3 days; it usually runs every 24 hours']],
  ],
  [
    'a hole in a series',
    runsAt([0, 1, 2, 5, 6, 7]),
    7,
    [['GAP', '3', 'lake/load did not run for 3 days; it usually runs every 24 hours']],
  ],
  ['too few runs for a series', runsAt([0, 1, 2, 9]), 30, []],
  ['runs in parallel', runsAt([0, 0, 0, 0, 0, 0]), 30, []],
  [
    'a writer that nobody knows here',
    runsAt([0, 1, 2, 3], (i) => (i === 3 ? 'laptop' : 'etl')),
    4,
    [['UNEXPECTED_WRITER', '3', 'laptop declared a run of lake/load; the 3 before were declared by etl']],
  ],
  [
    'a writer that is known, and two from the beginning',
    runsAt([0, 1, 2, 3, 4], (i) => (i % 2 ? 'a' : 'b')),
    4,
    [],
  ],
  [
    'a run that came late, wherever it belongs',
    [...runsAt([1, 2]), { id: 'transform:lake/load@9', by: 'etl', occurredAt: 0, recordedAt: 3 * DAY }],
    3,
    [['BACKDATED', '9', 'it is said to have happened 3 days before it was recorded']],
  ],
])('%s', (_, runs, day, expected) => {
  expect(odd(runs, day)).toEqual(expected);
});

test('jobs of one name in two namespaces are two', () => {
  const other = runsAt([0, 1, 2, 3, 4]).map((run) => ({
    ...run,
    id: run.id.replace('lake', 'sea'),
    by: 'other',
  }));
  expect(odd([...runsAt([0, 1, 2, 3, 4]), ...other], 5)).toEqual([]);
});

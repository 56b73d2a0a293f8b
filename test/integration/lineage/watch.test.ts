/** `watch`: what is odd about the lineage, through GraphQL. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, attestation, edge, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const WATCH = `query ($at: Timestamp, $latestHours: Float! = 24, $first: PageSize! = 10) {
  watch(at: $at, latestHours: $latestHours, first: $first) {
    looked totals { kind total } findings { kind artifact { id declared } message at }
  }
}`;
/** The server's clock stands here. */
const NOW = Date.parse('2026-03-01T09:00:00Z');
const DAY = 86_400_000;
const runId = (n: number): string => `transform:test/load@${String(n)}`;

let server: TestServer;

const run = (n: number, daysAgo: number) => ({
  ...artifact('Transform', 'load', [], { occurredAt: NOW - daysAgo * DAY + 1_000 }),
  id: runId(n),
});
const ended = (n: number, version: string) => ({
  ...attestation('end', 'SUPPLEMENTS', [runId(n)], { fields: { state: 'COMPLETED' } }),
  id: `attestation:test/end@${version}`,
});

beforeAll(async () => {
  server = await TestServer.start();
  // Two days without a run; recorded as they happened, all but the first, which came six days late.
  for (const [n, daysAgo] of [
    [2, 6],
    [3, 5],
    [4, 4],
    [1, 7],
    [5, 1],
    [6, 0],
  ] as const) {
    server.clock.now = n === 1 ? NOW - DAY : NOW - daysAgo * DAY + 2_000;
    await server.declare([run(n, daysAgo), ended(n, String(n))], n === 6 ? 'governance' : 'writer');
  }
  server.clock.now = NOW;
  await server.declareAll([
    artifact('Transform', 'by-hand', [edge('READ', id('Dataset', 'nobody'))], { occurredAt: NOW }),
  ]);
}, 60_000);

afterAll(() => server.stop());

test('finds who wrote, what came late, what is missing and what never ended', async () => {
  const { watch } = await server.ask(WATCH, {}, 'reader');
  expect(watch).toEqual({
    looked: 7,
    totals: [
      { kind: 'UNEXPECTED_WRITER', total: 1 },
      { kind: 'GAP', total: 1 },
      { kind: 'BACKDATED', total: 1 },
      { kind: 'UNFINISHED_RUN', total: 1 },
      { kind: 'MISSING_PARENT', total: 1 },
    ],
    findings: [
      {
        ...{ kind: 'UNEXPECTED_WRITER', artifact: { id: runId(6), declared: true } },
        message: 'test-governance declared a run of test/load; the 5 before were declared by test-writer',
        at: new Date(NOW + 2_000).toISOString(),
      },
      {
        ...{ kind: 'GAP', artifact: { id: runId(5) } },
        message: 'test/load did not run for 3 days; it usually runs every 24 hours',
      },
      {
        ...{ kind: 'BACKDATED', artifact: { id: runId(1) } },
        message: 'it is said to have happened 6 days before it was recorded',
      },
      {
        kind: 'UNFINISHED_RUN',
        artifact: { id: id('Transform', 'by-hand') },
        message: 'nobody said that it ended',
      },
      {
        ...{ kind: 'MISSING_PARENT', artifact: { id: id('Dataset', 'nobody'), declared: false } },
        ...{ message: 'others name it, and nobody declared it', at: null },
      },
    ].map((finding) =>
      expect.objectContaining({ ...finding, artifact: expect.objectContaining(finding.artifact) }),
    ),
  });
});

test('hears silence at the time that is asked about, and forgives what may come late', async () => {
  const at = new Date(NOW + 4 * DAY).toISOString();
  const { watch } = await server.ask(WATCH, { at, latestHours: 200 }, 'reader');
  expect(watch.totals.map(({ kind }: { kind: string }) => kind)).toEqual([
    'UNEXPECTED_WRITER',
    'SILENCE',
    'GAP',
    'UNFINISHED_RUN',
    'MISSING_PARENT',
  ]);
  expect(watch.findings[1]).toMatchObject({
    artifact: { id: runId(6) },
    message: 'test/load has not run for 4 days; it usually runs every 24 hours',
  });
});

test('shows no more of each kind than was asked for, and says how many there are', async () => {
  const more = [id('Dataset', 'missing-a'), id('Dataset', 'missing-b')].map((to) => edge('READ', to));
  await server.declareAll([artifact('Transform', 'by-hand-too', more, { occurredAt: NOW })]);
  const { watch } = await server.ask(WATCH, { first: 1 }, 'reader');
  expect(watch.totals).toContainEqual({ kind: 'MISSING_PARENT', total: 3 });
  expect(watch.findings.filter(({ kind }: { kind: string }) => kind === 'MISSING_PARENT')).toHaveLength(1);
});

test('is on the dashboard', async () => {
  const { dashboard } = await server.ask(
    '{ dashboard { watch(first: 2) { looked totals { kind total } } } }',
    {},
    'reader',
  );
  expect(dashboard.watch.looked).toBe(8);
  expect(dashboard.watch.totals).toContainEqual({ kind: 'BACKDATED', total: 1 });
});

test('refuses a time that is none', async () => {
  const { errors } = await server.graphql(WATCH, { latestHours: -1 }, 'reader');
  expect(errors[0]).toMatchObject({
    message: 'latestHours must be 0 or more, but got: -1',
    extensions: { code: 'BAD_INPUT' },
  });
});

/** Which model version answered when, by what was attested, in whatever order it arrived. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, attestation, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const SERVED = `query ($endpoint: String!, $time: Timestamp!, $asOf: AsOf) {
  servedAt(endpoint: $endpoint, time: $time, asOf: $asOf) {
    asOf items { environment model { id } since approved approval { id } deployment { id } }
  }
}`;

let server: TestServer;

const at = (hour: number): string => `2026-02-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const fact = (name: string, type: string, model: string, hour: number, fields: object) =>
  attestation(name, type as never, [id('Model', model)], { occurredAt: at(hour), fields: fields as never });

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...['one', 'two', 'three'].map((name) => artifact('Model', name)),
    // The second deployment arrives before the first.
    fact('d2', 'DEPLOYED', 'two', 12, { endpoint: '/score', environment: 'live' }),
    fact('d1', 'DEPLOYED', 'one', 10, { endpoint: '/score', environment: 'live' }),
    fact('a1', 'APPROVED', 'one', 9, { approver: 'board', decision: 'APPROVED' }),
    fact('a2', 'APPROVED', 'two', 11, { approver: 'board', decision: 'REJECTED' }),
    fact('a2-late', 'APPROVED', 'two', 13, { approver: 'board', decision: 'APPROVED' }),
    fact('r2', 'RETIRED', 'two', 14, { reason: 'replaced' }),
    fact('d3', 'DEPLOYED', 'three', 10, { endpoint: '/score', environment: 'test' }),
    fact('other', 'DEPLOYED', 'three', 9, { endpoint: '/score/more', notes: '"value/endpoint":"/score"' }),
    fact('hidden', 'DEPLOYED', 'three', 12, { endpoint: '/x', extra: { 'value/endpoint': '/score' } }),
  ]);
}, 60_000);

afterAll(() => server.stop());

async function served(time: string, asOf?: object): Promise<unknown[]> {
  const { servedAt } = await server.ask(SERVED, { endpoint: '/score', time, asOf }, 'reader');
  return servedAt.items.map(
    (item: {
      environment: string;
      model: { id: string };
      approved: boolean;
      approval: { id: string } | null;
    }) => [item.environment, item.model.id, item.approved, item.approval?.id ?? null],
  );
}

const TEST = ['test', id('Model', 'three'), false, null];

test.each([
  ['before any deployment', at(9), []],
  [
    'the first version, which was approved',
    at(11),
    [['live', id('Model', 'one'), true, id('Attestation', 'a1')], TEST],
  ],
  [
    'at the very moment of the next deployment',
    at(12),
    [['live', id('Model', 'two'), false, id('Attestation', 'a2')], TEST],
  ],
  [
    'the next version: an approval after the deployment does not count',
    at(13),
    [['live', id('Model', 'two'), false, id('Attestation', 'a2')], TEST],
  ],
  ['after its retirement nobody, and not the version before', at(14), [TEST]],
])('%s', async (_, time, expected) => {
  const items = await served(time);
  expect(items).toHaveLength(expected.length);
  expect(items).toEqual(expect.arrayContaining(expected));
});

test('as of an earlier point, by what was known then', async () => {
  expect(await served(at(13), { treeSize: 4 })).toEqual([['live', id('Model', 'two'), false, null]]);
});

test.each([
  [{ endpoint: ' ', time: at(9) }, 'BAD_INPUT', 'endpoint must have a name'],
  [{ endpoint: '/score', time: at(9), asOf: { treeSize: 999 } }, 'AS_OF_IN_FUTURE', '999'],
])('%p is refused', async (variables, code, said) => {
  const { errors } = await server.graphql(SERVED, variables, 'reader');
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toContain(said);
});

/** The chain of custody of an artifact, over GraphQL: who held what, in which order, and where the chain breaks. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, attestation, edge, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const CUSTODY = `query ($of: ID!, $asOf: AsOf) {
  custody(of: $of, asOf: $asOf) {
    of asOf unconfirmed truncated breaks { code artifact message }
    events { artifact depth what entry digest leafIndex by occurredAt recordedAt takenFrom }
  }
}`;
const at = (hour: number): string => `2026-02-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const MODEL = id('Model', 'm');

let server: TestServer;
let before: number;

beforeAll(async () => {
  server = await TestServer.start();
  const [bank, vendor] = await Promise.all([
    server.token('writer', { name: 'bank' }),
    server.token('writer', { name: 'vendor' }),
  ]);
  const [raw] = await server.declare(
    [artifact('Dataset', 'raw', [], { occurredAt: at(1) })],
    'writer',
    vendor,
  );
  const digest = (raw as { digest: string }).digest;
  await server.declare(
    [
      artifact('Transform', 'clean', [edge('READ', id('Dataset', 'raw'), { toDigest: digest })], {
        occurredAt: at(2),
      }),
      artifact('Dataset', 'clean', [edge('PRODUCED_BY', id('Transform', 'clean'))], { occurredAt: at(3) }),
      attestation('end', 'SUPPLEMENTS', [id('Transform', 'clean')], {
        occurredAt: at(3),
        fields: { state: 'COMPLETED' },
      }),
      artifact('Model', 'm', [edge('TRAINED_ON', id('Dataset', 'clean'))], { occurredAt: at(4) }),
      attestation('ok', 'APPROVED', [MODEL], {
        occurredAt: at(5),
        fields: { approver: 'board', decision: 'APPROVED' },
      }),
      // The chain of this one is broken in every way.
      artifact('Dataset', 'late', [], { occurredAt: at(20) }),
      artifact(
        'Transform',
        'odd',
        [
          edge('READ', id('Dataset', 'late'), { toDigest: '0'.repeat(64) }),
          edge('READ', id('Dataset', 'unknown')),
        ],
        {
          occurredAt: at(10),
        },
      ),
      artifact('Dataset', 'odd', [edge('PRODUCED_BY', id('Transform', 'odd'))], { occurredAt: at(11) }),
    ],
    'writer',
    bank,
  );
  before = Number((await server.ask('{ log { treeSize } }')).log.treeSize);
  await server.declareAll([
    attestation('later', 'RETIRED', [MODEL], { occurredAt: at(6), fields: { reason: 'old' } }),
  ]);
}, 60_000);

afterAll(() => server.stop());

test('is every entry about it and what is upstream, in the order of events, with who had it from whom', async () => {
  const { custody } = await server.ask(CUSTODY, { of: MODEL }, 'reader');
  expect(
    custody.events.map((event: Record<string, unknown>) => [
      event.occurredAt,
      event.what,
      event.artifact,
      event.depth,
      event.by,
      event.takenFrom,
    ]),
  ).toEqual([
    [at(1), 'DECLARED', id('Dataset', 'raw'), 3, 'vendor', []],
    [at(2), 'DECLARED', id('Transform', 'clean'), 2, 'bank', ['vendor']],
    [at(3), 'DECLARED', id('Dataset', 'clean'), 1, 'bank', []],
    [at(3), 'SUPPLEMENTS', id('Transform', 'clean'), 2, 'bank', []],
    [at(4), 'DECLARED', MODEL, 0, 'bank', []],
    [at(5), 'APPROVED', MODEL, 0, 'bank', []],
    [at(6), 'RETIRED', MODEL, 0, 'test-writer', []],
  ]);
  expect([custody.breaks, custody.unconfirmed, custody.truncated]).toEqual([[], 2, false]);
  for (const { entry, leafIndex } of custody.events) {
    const { inclusionProof } = await server.ask(
      'query ($of: ID!) { inclusionProof(of: $of) { leafIndex } }',
      { of: entry },
    );
    expect(inclusionProof.leafIndex).toBe(leafIndex);
  }
});

test('as of an earlier point has nothing of what came later', async () => {
  const { custody } = await server.ask(CUSTODY, { of: MODEL, asOf: { treeSize: before } }, 'reader');
  expect([custody.asOf, custody.events.at(-1).what]).toEqual([String(before), 'APPROVED']);
});

test('names each place where the chain does not hold', async () => {
  const { custody } = await server.ask(CUSTODY, { of: id('Dataset', 'odd') }, 'reader');
  const run = id('Transform', 'odd');
  expect(
    custody.breaks.map(({ code, artifact: where }: Record<string, string>) => [code, where]).sort(),
  ).toEqual([
    ['BEFORE_ITS_CAUSE', run],
    ['DIGEST_DIFFERS', run],
    ['NOT_DECLARED', id('Dataset', 'unknown')],
    ['RUN_NOT_ENDED', run],
  ]);
  const differs = custody.breaks.find(({ code }: { code: string }) => code === 'DIGEST_DIFFERS');
  expect(differs.message).toContain('0'.repeat(64));
});

test.each([
  [{ of: 'nonsense' }, 'BAD_URN'],
  [{ of: id('Model', 'none') }, 'NOT_FOUND'],
  [{ of: MODEL, asOf: { treeSize: 99_999 } }, 'AS_OF_IN_FUTURE'],
])('%p is refused', async (variables, code) => {
  const { errors } = await server.graphql(CUSTODY, variables, 'reader');
  expect(errors[0]?.extensions.code).toBe(code);
});

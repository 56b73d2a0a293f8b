/**
 * Whether something hidden exists must not show in how long an answer takes: for what is hidden and for what is missing the server
 * asks the database the same at every door (`npm run bench -- access` has the times).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant, type Holder } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const MODEL = id('Model', 'm');
const MISSING = id('Dataset', 'missing');
const NO_DECISION = id('Prediction', 'missing');

let server: TestServer;
let holder: Holder;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    artifact('Dataset', 'hidden'),
    artifact('Dataset', 'unrelated'),
    artifact('Model', 'm', [edge('TRAINED_ON', id('Dataset', 'hidden'))]),
    artifact('Model', 'other'),
    prediction('elsewhere', 'other'),
    prediction('too-late', 'm', [], { occurredAt: '2026-02-20T00:00:00Z' }),
  ]);
});

beforeEach(async () => {
  holder = await issueGrant(server, {
    roots: [MODEL],
    direction: 'BOTH',
    kinds: ['Model', 'Prediction'],
    decidedTo: '2026-02-10T00:00:00Z',
  });
  // The granted graph is loaded by the first question.
  await holder.ask('query ($of: ID!) { artifact(id: $of) { id } }', { of: MODEL });
});

afterAll(() => server.stop());

const graphql = (field: string) => async (of: string) =>
  JSON.stringify(await holder.graphql(`query ($of: ID!) { ${field} }`, { of }));
const file = (door: string) => async (of: string) => {
  const response = await holder.get(`/v1/${door}?of=${encodeURIComponent(of)}`);
  return `${String(response.status)} ${await response.text()}`;
};

const DOORS: readonly (readonly [string, (of: string) => Promise<string>])[] = [
  ['artifact', graphql('artifact(id: $of) { id personal { path } }')],
  ['lineage', graphql('lineage(of: $of, direction: UPSTREAM) { totals { nodes } }')],
  ['lineageGroups', graphql('lineageGroups(of: $of, direction: DOWNSTREAM, collapse: NAME) { asOf }')],
  ['trace', graphql('trace(prediction: $of) { asOf }')],
  ['paths', graphql(`paths(from: $of, to: "${MODEL}") { paths { length } }`)],
  ['diff', graphql(`diff(a: $of, b: "${MODEL}") { byKind { onlyA } }`)],
  ['impact', graphql('impact(of: $of) { decisions { total } }')],
  ['impactedDecisions', graphql('impactedDecisions(of: $of) { items { id } }')],
  ['inclusionProof', graphql('inclusionProof(of: $of) { leafIndex }')],
  ['evidence', graphql('evidence(of: $of) { file }')],
  ['export by REST', file('export')],
  ['evidence by REST', file('evidence')],
];

/** The statements that a question takes, without what is recorded of it afterwards, and what is answered. */
async function asked(ask: (of: string) => Promise<string>, of: string): Promise<[string[], string]> {
  server.statements.length = 0;
  const answer = (await ask(of)).replaceAll(of, 'X').replaceAll(encodeURIComponent(of), 'X');
  // Some are under way at the same time: which is sent first is chance.
  return [server.statements.filter((name) => !RECORDING.test(name)).toSorted(), answer];
}

/** What is written of reads, by groups of them: when, depends on others. */
const RECORDING = /^access|^log/;

describe.each(DOORS)('%s asks the same of what is missing and of', (_name, ask) => {
  test.each([
    ['what is hidden in the granted graph', id('Dataset', 'hidden'), MISSING],
    ['what lies outside of it', id('Dataset', 'unrelated'), MISSING],
    ['a decision that lies outside', id('Prediction', 'elsewhere'), NO_DECISION],
    ['a decision that is not of the window', id('Prediction', 'too-late'), NO_DECISION],
  ])('%s', async (_what, hidden, missing) => {
    expect(await asked(ask, hidden)).toEqual(await asked(ask, missing));
  });
});

test('what is asked is seen here', async () => {
  const [, ask] = DOORS[0] as (typeof DOORS)[number];
  const [statements, answer] = await asked(ask, MODEL);
  expect(statements).toContain('artifact/read-artifacts');
  expect(answer).toContain('"id":"X"');
});

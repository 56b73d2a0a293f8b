/** A wrong declaration is never changed: answers show what was said, and what corrects it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const CORRECTIONS =
  'corrections { artifact reason replaces by attestation { id type } withdrawn { type from to props } added { type to } }';
const model = id('Model', 'credit');
const [right, wrong] = [id('Dataset', 'train-7'), id('Dataset', 'train-6')];

const fix = attestation('fix', 'CORRECTS', [model, wrong], {
  fields: { reason: 'the script named the old data', from: wrong, to: right },
  withdraws: [{ type: 'TRAINED_ON', from: model, to: wrong }],
  edges: [{ ...edge('TRAINED_ON', right), from: model }],
});

const EXPECTED = {
  artifact: model,
  reason: 'the script named the old data',
  replaces: wrong,
  by: right,
  attestation: { id: fix.id, type: 'CORRECTS' },
  withdrawn: [{ type: 'TRAINED_ON', from: model, to: wrong, props: { split: 'train' } }],
  added: [{ type: 'TRAINED_ON', to: right }],
};

let server: TestServer;
/** Tree size before the correction. */
let before: string;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    artifact('Dataset', 'train-6'),
    artifact('Dataset', 'train-7'),
    artifact('Model', 'credit', [
      edge('TRAINED_ON', wrong, { props: { split: 'train' } }),
      edge('USES', id('FeatureDef', 'lvr')),
    ]),
    prediction('loan', 'credit'),
  ]);
  before = (await server.ask('{ log { treeSize } }')).log.treeSize;
  await server.declareAll([fix]);
});

afterAll(() => server.stop());

test('an artifact shows both, from the correction on; as of before it shows what was said', async () => {
  const query = `query ($id: ID!, $asOf: AsOf) { artifact(id: $id, asOf: $asOf) { digest causes { items { to } } ${CORRECTIONS} } }`;
  const { artifact: now } = await server.ask(query, { id: model });
  expect(now.causes.items).toEqual([{ to: id('FeatureDef', 'lvr') }, { to: right }]);
  expect(now.corrections).toEqual([EXPECTED]);
  const { artifact: then } = await server.ask(query, { id: model, asOf: { treeSize: before } });
  expect(then).toEqual({
    digest: now.digest,
    causes: { items: [{ to: wrong }, { to: id('FeatureDef', 'lvr') }] },
    corrections: [],
  });
  const { artifact: replaced } = await server.ask(query, { id: wrong });
  expect(replaced.corrections).toMatchObject([{ artifact: wrong, by: right, withdrawn: [], added: [] }]);
});

test('a storyline goes by what corrects, and shows the correction', async () => {
  const query = `query ($id: ID!, $asOf: AsOf) { trace(prediction: $id, asOf: $asOf) { model { trainedOn { id } } ${CORRECTIONS} } }`;
  const { trace } = await server.ask(query, { id: id('Prediction', 'loan') });
  expect(trace).toEqual({ model: { trainedOn: [{ id: right }] }, corrections: [EXPECTED] });
  const earlier = await server.ask(query, { id: id('Prediction', 'loan'), asOf: { treeSize: before } });
  expect(earlier.trace).toEqual({ model: { trainedOn: [{ id: wrong }] }, corrections: [] });
});

test('a lineage leaves out what was withdrawn, and its nodes show why, in one statement for all', async () => {
  const query = `query ($of: ID!) { lineage(of: $of, direction: UPSTREAM) { nodes { id artifact { ${CORRECTIONS} } } } }`;
  server.statements.length = 0;
  const { lineage } = await server.ask(query, { of: id('Prediction', 'loan') });
  expect(
    lineage.nodes.map((node: { id: string; artifact: { corrections: unknown[] } }) => [
      node.id,
      node.artifact.corrections.length,
    ]),
  ).toEqual([
    [model, 1],
    [right, 0],
    [id('FeatureDef', 'lvr'), 0],
  ]);
  expect(server.statements.filter((name) => name === 'attestation/list-corrections')).toHaveLength(1);
});

test('the same correction again is no second one', async () => {
  expect(await server.declareAll([fix])).toMatchObject([{ repeated: true }]);
});

test.each([
  [
    'an edge that was never said',
    { type: 'TRAINED_ON' as const, from: model, to: id('Dataset', 'never') },
    `only an edge that holds can be withdrawn, but there is no TRAINED_ON from ${model} to ${id('Dataset', 'never')} now`,
  ],
  [
    'an edge that was withdrawn already',
    { type: 'TRAINED_ON' as const, from: model, to: wrong },
    `only an edge that holds can be withdrawn, but there is no TRAINED_ON from ${model} to ${wrong} now`,
  ],
])('%s cannot be withdrawn', async (_what, withdrawn, message) => {
  const [receipt] = await server.declare([
    attestation('nothing', 'CORRECTS', [model], { fields: { reason: 'r' }, withdraws: [withdrawn] }),
  ]);
  expect(receipt).toMatchObject({
    error: { code: 'NOT_FOUND', message: expect.stringContaining(message), details: { edge: withdrawn } },
  });
});

test('an edge of the same batch can be withdrawn, and a correction must be about what it changes', async () => {
  const run = id('Transform', 'run');
  const reads = { type: 'READ' as const, from: run, to: right };
  const undo = attestation('undo', 'CORRECTS', [run], { fields: { reason: 'r' }, withdraws: [reads] });
  await server.declareAll([artifact('Transform', 'run', [edge('READ', right)]), undo]);
  const { artifact: read } = await server.ask(
    `{ artifact(id: "${run}") { causes { total } ${CORRECTIONS} } }`,
  );
  expect(read).toMatchObject({ causes: { total: 0 }, corrections: [{ withdrawn: [{ to: right }] }] });
  const [receipt] = await server.declare([{ ...undo, id: id('Attestation', 'elsewhere'), about: [right] }]);
  expect(receipt).toMatchObject({
    error: {
      code: 'EDGE_NOT_ALLOWED',
      message: expect.stringContaining('a correction must be "about" every artifact that it corrects'),
    },
  });
});

/** What answers under a grant could tell by the way: by how many members they list, by their order, by what came later. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const MODEL = id('Model', 'm');
const DECISION = id('Prediction', 'p');
const AWAITED = id('Dataset', 'awaited');

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  const scored = (name: string) =>
    edge('SCORED', id('Dataset', name), { props: { role: 'INPUT' }, row: [name, 1] });
  await server.declareAll([
    // Both are first heard of here, the second one first.
    artifact('Transform', 'hidden', [edge('READ', id('Dataset', 'b')), edge('READ', id('Dataset', 'a'))]),
    artifact('Dataset', 'a'),
    artifact('Dataset', 'b'),
    artifact('Model', 'm', [
      edge('TRAINED_ON', id('Dataset', 'b')),
      edge('TRAINED_ON', id('Dataset', 'a')),
      edge('EVALUATED_ON', AWAITED),
    ]),
    prediction('p', 'm', [scored('a'), scored('b')], { subjects: ['ann'], features: { x: { value: 1 } } }),
  ]);
});

afterAll(() => server.stop());

test('rows of hidden data sets are not listed, so nobody can count them', async () => {
  const paths = async (kinds: string[]): Promise<string[]> => {
    const holder = await issueGrant(server, { roots: [DECISION], kinds });
    const { artifact: found } = await holder.ask(
      'query ($id: ID!) { artifact(id: $id) { personal { path } } }',
      {
        id: DECISION,
      },
    );
    return found.personal.map(({ path }: { path: string }) => path);
  };
  const rest = ['value/features/x', 'value/subjects/0'];
  expect(await paths(['Prediction', 'Model'])).toEqual(rest);
  const rows = ['row/SCORED/dataset:test/a@1', 'row/SCORED/dataset:test/b@1'];
  expect(await paths(['Prediction', 'Dataset'])).toEqual([...rows, ...rest].toSorted());
});

test('the order is that of visible entries, whatever hidden ones named before', async () => {
  const holder = await issueGrant(server, { roots: [MODEL], kinds: ['Model', 'Dataset'] });
  const { lineage } = await holder.ask(
    'query ($of: ID!) { lineage(of: $of, direction: UPSTREAM) { nodes { id } } }',
    { of: MODEL },
  );
  expect(lineage.nodes.map((node: { id: string }) => node.id)).toEqual([
    id('Dataset', 'a'),
    id('Dataset', 'b'),
    AWAITED,
  ]);
});

test('an entry that came after the grant’s point is not proved to be there', async () => {
  const holder = await issueGrant(server, { roots: [MODEL] });
  const ask = (of: string) =>
    holder.graphql('query ($of: ID!) { inclusionProof(of: $of) { leafIndex } }', { of });
  const before = await ask(AWAITED);
  await server.declareAll([artifact('Dataset', 'awaited')]);
  expect(await ask(AWAITED)).toEqual(before);
  expect(before.errors[0]?.extensions.code).toBe('NOT_FOUND');
  expect((await ask(MODEL)).errors).toEqual([]);
});

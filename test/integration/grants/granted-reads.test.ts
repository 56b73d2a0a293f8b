/** What the holder of a grant reads: its scope, surrogates for what is hidden, and nothing by any other way. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { id } from '../../support/declarations.js';
import { issueGrant, type Holder } from '../../support/granted.js';
import {
  DECISION,
  grantedStory,
  HIDDEN_KINDS,
  MODEL,
  RAW,
  RUN,
  TRAINED,
} from '../../support/granted-story.js';
import { TestServer } from '../../support/server.js';

const LINEAGE = `query ($of: ID!, $direction: Direction!, $depth: Int, $kinds: [Kind!]) {
  lineage(of: $of, direction: $direction, depth: $depth, kinds: $kinds) {
    incomplete
    nodes { id depth edges { total hidden items { type to } } }
    totals { nodes maxDepth byKind { kind count } }
    surrogates { total items { id reason kind depth effects causes } }
  }
}`;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(grantedStory());
});

afterAll(async () => {
  await server.stop();
});

describe('a grant upstream of a decision', () => {
  test('opens its ancestry, and the answer says that nothing is hidden', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    const { lineage } = await holder.ask(LINEAGE, { of: DECISION, direction: 'UPSTREAM' });
    expect(lineage.nodes.map((node: { id: string }) => node.id)).toEqual([MODEL, TRAINED, RUN, RAW]);
    expect(lineage).toMatchObject({ incomplete: null, surrogates: { total: 0 }, totals: { nodes: 4 } });
  });

  test('opens nothing else: what is hidden and what is missing get the same answer', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    const answers = await Promise.all(
      ['other', 'never-declared'].map(async (name) => {
        const of = id('Dataset', name);
        const { data, errors } = await holder.graphql(LINEAGE, { of, direction: 'UPSTREAM' });
        const asked = await holder.ask('query ($id: ID!) { artifact(id: $id) { id } }', { id: of });
        return JSON.stringify([data, errors, asked]).replaceAll(of, 'X');
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('NOT_FOUND');
  });

  test('says downstream only what it says upstream, and that there may be more', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    const { lineage } = await holder.ask(LINEAGE, { of: RAW, direction: 'DOWNSTREAM' });
    expect(lineage.nodes.map((node: { id: string }) => node.id)).toEqual([RUN, TRAINED, MODEL]);
    expect(lineage.incomplete).toBe('OUTSIDE_DIRECTION');
    const { impact } = await holder.ask(
      `query ($of: ID!) { impact(of: $of) { decisions { total precision } incomplete } }`,
      { of: RAW },
    );
    expect(impact).toEqual({
      decisions: { total: '1', precision: 'DATA_SET_LEVEL' },
      incomplete: 'OUTSIDE_DIRECTION',
    });
  });

  test('is read as of its own point, for ever', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], asOf: { treeSize: '7' } });
    const answer = await holder.graphql(
      'query ($id: ID!) { artifact(id: $id, asOf: { treeSize: 6 }) { id } }',
      {
        id: RAW,
      },
    );
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'BAD_INPUT' } });
    const { artifact: run } = await holder.ask(
      'query ($id: ID!) { artifact(id: $id) { attestations { total } } }',
      {
        id: RUN,
      },
    );
    expect(run.attestations.total).toBe(0);
  });
});

describe('what lies between', () => {
  let holder: Holder;
  beforeAll(async () => {
    holder = await issueGrant(server, { roots: [DECISION], kinds: HIDDEN_KINDS });
  });

  test('is one surrogate: no edge is made up, none is counted, depths are those of what is shown', async () => {
    const { lineage } = await holder.ask(LINEAGE, { of: DECISION, direction: 'UPSTREAM' });
    expect(lineage.incomplete).toBe('HIDDEN');
    expect(lineage.nodes).toEqual([
      {
        id: MODEL,
        depth: 1,
        edges: { total: 1, hidden: false, items: [{ type: 'TRAINED_ON', to: TRAINED }] },
      },
      { id: TRAINED, depth: 2, edges: { total: 0, hidden: true, items: [] } },
      { id: RAW, depth: 4, edges: { total: 0, hidden: false, items: [] } },
    ]);
    expect(lineage.surrogates).toEqual({
      total: 1,
      items: [
        {
          id: expect.stringMatching(/^surrogate:[0-9a-f]{32}$/),
          reason: 'OUTSIDE_GRANT',
          kind: null,
          depth: 3,
          effects: [TRAINED],
          causes: [RAW],
        },
      ],
    });
  });

  test('is not named in what others say of it', async () => {
    const { artifact: dataset } = await holder.ask(
      `query ($id: ID!) { artifact(id: $id) { causes { total hidden } attestations { items { fields } } } }`,
      { id: TRAINED },
    );
    expect(dataset.attestations.items).toEqual([{ fields: { note: 'made by (hidden).', type: 'x-note' } }]);
    expect(JSON.stringify(dataset)).not.toContain('transform:');
  });

  test('has another name under every grant, and its kind only where the grant reveals it', async () => {
    const twin = await issueGrant(server, { roots: [DECISION], kinds: HIDDEN_KINDS });
    const open = await issueGrant(server, { roots: [DECISION], kinds: HIDDEN_KINDS, reveal: 'KIND' });
    const [one, two, three] = await Promise.all(
      [holder, twin, open].map(async (reader) => {
        const { lineage } = await reader.ask(LINEAGE, { of: DECISION, direction: 'UPSTREAM' });
        return lineage.surrogates.items[0] as { id: string; kind: string | null };
      }),
    );
    expect(new Set([one?.id, two?.id, three?.id]).size).toBe(3);
    expect([one?.kind, three?.kind]).toEqual([null, 'Transform']);
  });

  test('lies on paths as a surrogate, without types', async () => {
    const { paths } = await holder.ask(
      'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to) { incomplete paths { steps { from to types } } } }',
      { from: TRAINED, to: RAW },
    );
    const surrogate = expect.stringMatching(/^surrogate:/);
    expect(paths).toEqual({
      incomplete: 'HIDDEN',
      paths: [
        {
          steps: [
            { from: TRAINED, to: surrogate, types: [] },
            { from: surrogate, to: RAW, types: [] },
          ],
        },
      ],
    });
  });

  test('ends a depth: what lies farther is hidden, and joins what is shown', async () => {
    const near = await issueGrant(server, { roots: [DECISION], depth: 2 });
    const { lineage } = await near.ask(LINEAGE, { of: DECISION, direction: 'UPSTREAM' });
    expect(lineage.nodes.map((node: { id: string }) => node.id)).toEqual([MODEL, TRAINED]);
    expect(lineage.surrogates.items).toMatchObject([{ effects: [TRAINED], causes: [], depth: 3 }]);
  });
});

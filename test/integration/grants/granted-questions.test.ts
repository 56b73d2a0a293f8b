/** The other questions and doors under a grant: they read the same part as lineage does. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { id } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
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

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(grantedStory());
});

afterAll(async () => {
  await server.stop();
});

describe('other questions under a grant', () => {
  test('trace and diff read the same part, and the storyline withholds what is personal', async () => {
    const holder = await issueGrant(server, { roots: [DECISION] });
    const { trace } = await holder.ask(
      `query ($p: ID!) { trace(prediction: $p) {
        incomplete model { id trainedOn { id } } steps { id } features { name state } completeness { checked } } }`,
      { p: DECISION },
    );
    expect(trace).toMatchObject({
      incomplete: null,
      model: { id: MODEL, trainedOn: [{ id: TRAINED }] },
      steps: [{ id: RUN }],
      features: [{ name: 'income' }],
      completeness: { checked: 5 },
    });
    const { trace: hidden } = await holder.ask('query ($p: ID!) { trace(prediction: $p) { asOf } }', {
      p: id('Prediction', 'q'),
    });
    expect(hidden).toBeNull();
    const { diff } = await holder.ask(
      'query ($a: ID!, $b: ID!) { diff(a: $a, b: $b) { onlyA { items { id } } incomplete } }',
      { a: TRAINED, b: RAW },
    );
    expect(diff).toEqual({ onlyA: { items: [{ id: RUN }, { id: RAW }] }, incomplete: null });
  });

  test('downstream, impact counts the decisions of visible models and lists them', async () => {
    const holder = await issueGrant(server, { roots: [RAW], direction: 'DOWNSTREAM' });
    const { impact, impactedDecisions } = await holder.ask(
      `query ($of: ID!) {
        impact(of: $of) { incomplete models { items { id } } artifacts { kind count } decisions { total } }
        impactedDecisions(of: $of) { items { id model } }
      }`,
      { of: RAW },
    );
    expect(impact).toEqual({
      incomplete: null,
      models: { items: [{ id: MODEL }] },
      artifacts: [
        { kind: 'Dataset', count: 1 },
        { kind: 'Model', count: 1 },
        { kind: 'Transform', count: 1 },
      ],
      decisions: { total: '2' },
    });
    expect(impactedDecisions.items).toHaveLength(2);
    const blind = await issueGrant(server, {
      roots: [RAW],
      direction: 'DOWNSTREAM',
      kinds: ['Dataset', 'Transform'],
    });
    const none = await blind.ask('query ($of: ID!) { impact(of: $of) { decisions { total } } }', { of: RAW });
    expect(none.impact.decisions.total).toBe('0');
  });

  test('both ways, an artifact is whole only in the direction in which it was reached', async () => {
    const holder = await issueGrant(server, { roots: [TRAINED], direction: 'BOTH' });
    const query = `query ($of: ID!, $direction: Direction!) {
      lineage(of: $of, direction: $direction) { incomplete nodes { id } root { edges { hidden } } }
    }`;
    const answers = await Promise.all(
      (
        [
          [TRAINED, 'UPSTREAM'],
          [TRAINED, 'DOWNSTREAM'],
          [MODEL, 'UPSTREAM'],
          [RAW, 'DOWNSTREAM'],
        ] as const
      ).map(async ([of, direction]) => {
        const { lineage } = await holder.ask(query, { of, direction });
        return [lineage.nodes.length, lineage.incomplete, lineage.root.edges.hidden];
      }),
    );
    // The model may have been made from more than the root, and the raw data may have led to more.
    expect(answers).toEqual([
      [2, null, false],
      [1, null, false],
      [3, 'OUTSIDE_DIRECTION', true],
      [3, 'OUTSIDE_DIRECTION', true],
    ]);
    const { impact } = await holder.ask('query ($of: ID!) { impact(of: $of) { decisions { total } } }', {
      of: TRAINED,
    });
    expect(impact.decisions.total).toBe('2');
  });

  test('downstream, a decision that impact lists can be opened, with as much of its ancestry as the grant shows', async () => {
    const holder = await issueGrant(server, { roots: [TRAINED], direction: 'DOWNSTREAM' });
    const { impactedDecisions, trace } = await holder.ask(
      `query ($of: ID!, $p: ID!) {
        impactedDecisions(of: $of) { items { id artifact { namespace causes { hidden items { to } } } } }
        trace(prediction: $p) { incomplete model { id trainedOn { id } } steps { id } }
      }`,
      { of: TRAINED, p: DECISION },
    );
    expect(impactedDecisions.items).toContainEqual({
      id: DECISION,
      artifact: { namespace: 'test', causes: { hidden: true, items: [{ to: MODEL }] } },
    });
    expect(trace).toEqual({
      incomplete: 'OUTSIDE_DIRECTION',
      model: { id: MODEL, trainedOn: [{ id: TRAINED }] },
      steps: [],
    });
    for (const input of [
      { roots: [id('Dataset', 'other')], direction: 'DOWNSTREAM' },
      { roots: [TRAINED], direction: 'DOWNSTREAM', kinds: ['Model', 'Dataset'] },
      { roots: [TRAINED], direction: 'DOWNSTREAM', decidedFrom: '2026-02-02T00:00:00Z' },
      { roots: [TRAINED] },
    ]) {
      const other = await issueGrant(server, input);
      const answer = await other.ask('query ($p: ID!) { artifact(id: $p) { id } }', { p: DECISION });
      expect([input, answer]).toEqual([input, { artifact: null }]);
    }
  });

  test('a storyline whose model is hidden has none', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], kinds: ['Prediction', 'Dataset'] });
    const { trace } = await holder.ask(
      'query ($p: ID!) { trace(prediction: $p) { incomplete model { id } prediction { id } } }',
      { p: DECISION },
    );
    expect(trace).toEqual({ incomplete: 'HIDDEN', model: null, prediction: { id: DECISION } });
  });

  test('generated fields, and what a grant does not open, are closed', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], personal: true });
    for (const query of [
      '{ datasets { id } }',
      '{ predictions { id } }',
      '{ log { treeSize } }',
      '{ accessLog { asOf } }',
      '{ grants { items { id } } }',
      `{ rootCause(suspects: ["${DECISION}"], controls: ["${DECISION}"]) { asOf } }`,
      '{ search(text: "raw") { items { artifact { id } } } }',
      '{ attestations { items { id } } }',
      '{ dashboard { asOf } }',
      `{ report(kind: DECISION_FOR_AUTHORITY, of: "${DECISION}") { markdown } }`,
      `{ artifact(id: "${DECISION}") { attestations { items { about { items } } } } }`,
      'mutation { declare(items: [{}]) { index } }',
    ]) {
      const { data, errors } = await holder.graphql(query);
      expect([query, data, errors[0]?.message]).toEqual([
        query,
        null,
        expect.stringMatching(/^Cannot query field|may run no mutation$/),
      ]);
    }
  });

  test('events are no part of a grant, and PROV names what is hidden by its surrogate', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], kinds: HIDDEN_KINDS });
    const exported = (format: string): Promise<Response> =>
      holder.get(`/v1/export?of=${encodeURIComponent(DECISION)}&format=${format}`);
    const events = await exported('openlineage');
    expect([events.status, await events.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'FORBIDDEN' }),
    ]);
    const { entity, wasInfluencedBy } = (await (await exported('prov-json')).json()) as Record<
      string,
      object
    >;
    const [surrogate] = Object.keys(entity ?? {}).filter((name) => name.startsWith('surrogate:'));
    expect(Object.values(wasInfluencedBy ?? {})).toEqual([
      { 'prov:influencee': TRAINED, 'prov:influencer': surrogate },
      { 'prov:influencee': surrogate, 'prov:influencer': RAW },
    ]);
  });

  test('an export has the same part, with its surrogates', async () => {
    const holder = await issueGrant(server, { roots: [DECISION], kinds: HIDDEN_KINDS });
    const response = await holder.get(`/v1/export?of=${encodeURIComponent(DECISION)}`);
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ record: 'begin', incomplete: 'HIDDEN' });
    expect(lines.filter(({ record }) => record === 'node').map((line) => line.id)).toEqual([
      DECISION,
      MODEL,
      TRAINED,
      RAW,
    ]);
    expect(lines.filter(({ record }) => record === 'surrogate')).toMatchObject([
      { effects: [TRAINED], causes: [RAW] },
    ]);
    expect(lines.at(-1)).toEqual({ record: 'end', nodes: 4, edges: 2 });
  });
});

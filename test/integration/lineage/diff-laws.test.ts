/** Laws of `diff` on random lineages, beside a reference in memory, and its cursors. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { holds as holdsOn } from '../../support/law-cases.js';
import { kindOf } from '../../support/reference-graph.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let runs = 0;

beforeAll(async () => {
  server = await TestServer.start();
}, 60_000);

afterAll(() => server.stop());

const holds = (check: Parameters<typeof holdsOn>[1]): Promise<void> => holdsOn(server, check);

const SIDE = 'items { id depth }';
const DIFF = `query ($a: ID!, $b: ID!) { diff(a: $a, b: $b) {
  fields { field a b } onlyA { ${SIDE} } onlyB { ${SIDE} } changed { items { a { id } b { id } } }
  byKind { kind onlyA onlyB changed shared } truncated } }`;

test('diff of an artifact with itself is empty; diff of two mirrors and adds up to both ancestries', () =>
  holds(async ({ reference, asOf, ids }, pick) => {
    const a = pick(0);
    const b = ids.find((id) => id !== a && kindOf(id) === kindOf(a)) ?? a;
    const [ab, ba, aa] = await Promise.all(
      [
        [a, b],
        [b, a],
        [a, a],
      ].map(async ([x, y]) => (await server.ask(DIFF, { a: x, b: y })).diff),
    );
    const none = { items: [] };
    expect({ ...aa, byKind: 0 }).toEqual({
      ...{ fields: [], onlyA: none, onlyB: none, changed: none },
      byKind: 0,
      truncated: false,
    });
    expect([ba.onlyA, ba.onlyB]).toEqual([ab.onlyB, ab.onlyA]);
    expect(ba.changed.items).toEqual(
      ab.changed.items.map((pair: { a: unknown; b: unknown }) => ({ a: pair.b, b: pair.a })),
    );
    const ancestry = (of: string) =>
      reference.lineage({ of, direction: 'UPSTREAM', asOf }).map(({ id }) => id);
    const [ofA, ofB] = [ancestry(a), ancestry(b)];
    const idsOf = (side: { items: { id: string }[] }) => side.items.map(({ id }) => id).sort();
    expect(idsOf(ab.onlyA)).toEqual(ofA.filter((id) => !ofB.includes(id)).sort());
    expect(idsOf(ab.onlyB)).toEqual(ofB.filter((id) => !ofA.includes(id)).sort());
    const total = (name: string) =>
      ab.byKind.reduce((sum: number, kind: Record<string, number>) => sum + kind[name]!, 0);
    expect(total('onlyA') + total('shared') + total('changed')).toBe(ofA.length);
  }));

const DIFF_PAGE = `query ($a: ID!, $b: ID!, $asOf: AsOf, $onlyA: String, $onlyB: String, $changed: String) {
  diff(a: $a, b: $b, asOf: $asOf, first: 2) { asOf
    onlyA(after: $onlyA) { items { id depth } hasNextPage endCursor }
    onlyB(after: $onlyB) { items { id depth } hasNextPage endCursor }
    changed(after: $changed) { items { a { id } b { id } } hasNextPage endCursor } } }`;

test('pages of a diff concatenate to the whole, at one point, whatever is withdrawn meanwhile', () =>
  holds(async ({ reference, ids, asOf }, pick) => {
    const a = pick(0);
    const b = ids.find((id) => id !== a && kindOf(id) === kindOf(a)) ?? a;
    const whole = (await server.ask(DIFF, { a, b })).diff;
    const edges = reference.edgesOf(a, 'UPSTREAM', asOf);
    if (edges.length > 0) await server.declare(edges.map(withdrawn));
    for (const list of ['onlyA', 'onlyB', 'changed'] as const) {
      const found: object[] = [];
      for (let after: string | null = null, more = true; more;) {
        const variables = { a, b, asOf: { treeSize: asOf }, [list]: after };
        const { diff } = await server.ask(DIFF_PAGE, variables);
        found.push(...diff[list].items);
        ({ hasNextPage: more, endCursor: after } = diff[list]);
      }
      expect(found).toEqual(whole[list].items);
    }
  }));

function withdrawn(edge: object & { from: string }, i: number): object {
  const { type, from, to } = edge as Record<string, string>;
  return {
    id: `attestation:laws/w${String((runs += 1))}@${String(i)}`,
    kind: 'Attestation',
    type: 'CORRECTS',
    about: [from],
    occurredAt: 0,
    fields: { reason: 'was never so' },
    withdraws: [{ type, from, to }],
  };
}

test('a cursor of a diff goes with its own point and its own list', async () => {
  const models = [1, 2].map((n) => ({
    id: `model:laws/m@${String(n)}`,
    kind: 'Model' as const,
    occurredAt: n,
    edges: [0, 1, 2].map((i) => ({
      type: 'TRAINED_ON' as const,
      to: `dataset:laws/d${String(n)}-${String(i)}@1`,
    })),
  }));
  await server.declareAll(models);
  const [a, b] = models.map(({ id }) => id);
  const { diff } = await server.ask(DIFF_PAGE, { a, b });
  const cursor = diff.onlyA.endCursor as string;
  const codeOf = async (variables: object) =>
    (await server.graphql(DIFF_PAGE, { a, b, ...variables })).errors[0]?.extensions.code;
  expect(diff.onlyA.hasNextPage).toBe(true);
  expect(await codeOf({ onlyB: cursor })).toBe('BAD_CURSOR');
  expect(await codeOf({ onlyA: cursor })).toBeUndefined();
  await server.declareAll([{ id: 'dataset:laws/other@1', kind: 'Dataset', occurredAt: 1 }]);
  expect(await codeOf({ onlyA: cursor })).toBe('BAD_CURSOR');
  expect(await codeOf({ onlyA: cursor, asOf: { treeSize: diff.asOf } })).toBeUndefined();
});

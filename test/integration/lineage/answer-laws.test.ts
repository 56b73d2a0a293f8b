/** Laws of paths, diff, filters and export on random lineages, beside a reference in memory. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { kindOf, ReferenceGraph } from '../../support/reference-graph.js';
import { randomLineage, type RandomLineage } from '../../support/random-lineage.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let runs = 0;

beforeAll(async () => {
  server = await TestServer.start();
}, 60_000);

afterAll(() => server.stop());

interface Case {
  readonly reference: ReferenceGraph;
  readonly ids: readonly string[];
  readonly asOf: number;
}

/** Declares a random lineage; the reference takes in what was accepted. */
async function declared({ items, corrections }: RandomLineage): Promise<Case> {
  const reference = new ReferenceGraph();
  const all = [...items, ...corrections];
  let asOf = 0;
  if (all.length > 0) {
    for (const [i, receipt] of (await server.declare(all)).entries()) {
      if (!('leafIndex' in receipt)) continue;
      reference.add(all[i]!, receipt.leafIndex);
      asOf = Math.max(asOf, receipt.leafIndex + 1);
    }
  }
  const ids = reference.ids.filter((id) => !id.startsWith('attestation:') && reference.exists(id, asOf));
  return { reference, ids, asOf };
}

function holds(check: (given: Case, pick: (n: number) => string) => Promise<void>): Promise<void> {
  const lineages = randomLineage(() => `law-${(runs += 1)}`, 12);
  return fc.assert(
    fc.asyncProperty(lineages, fc.nat(), async (lineage, seed) => {
      const given = await declared(lineage);
      if (given.ids.length === 0) return;
      await check(given, (n) => given.ids[(seed + n) % given.ids.length]!);
    }),
    { numRuns: 15 },
  );
}

const PATHS = `query ($from: ID!, $to: ID!, $first: PageSize!) { paths(from: $from, to: $to, first: $first) {
  truncated paths { length steps { from to types } } } }`;

/** All paths by plain recursion: the graphs are small. */
function allPaths({ reference, asOf }: Case, from: string, to: string): string[][] {
  if (from === to) return [[to]];
  const causes = [...new Set(reference.edgesOf(from, 'UPSTREAM', asOf).map((edge) => edge.to))];
  return causes.flatMap((cause) =>
    allPaths({ reference, asOf, ids: [] }, cause, to).map((rest) => [from, ...rest]),
  );
}

test('paths are all paths, shortest first, each once; of too many the shortest', () =>
  holds(async (given, pick) => {
    const [from, to] = [pick(0), pick(3)];
    const expected = allPaths(given, from, to);
    const ask = async (first: number) => (await server.ask(PATHS, { from, to, first })).paths;
    const { paths, truncated } = await ask(1_000);
    const found: string[][] = paths.map(({ steps }: { steps: { from: string; to: string }[] }) => [
      from,
      ...steps.map((step) => step.to),
    ]);
    expect(truncated).toBe(false);
    expect(found.map(String).sort()).toEqual(expected.map(String).sort());
    expect(found.map((path) => path.length)).toEqual(
      found.map((path) => path.length).toSorted((a, b) => a - b),
    );
    for (const { steps } of paths as { steps: { from: string; to: string; types: string[] }[] }[]) {
      for (const step of steps) {
        const edges = given.reference.edgesOf(step.from, 'UPSTREAM', given.asOf);
        expect(step.types).toEqual(
          edges
            .filter((edge) => edge.to === step.to)
            .map((edge) => edge.type)
            .sort(),
        );
      }
    }
    const shorter = await ask(1);
    expect(shorter.paths).toEqual(paths.slice(0, 1));
    expect(shorter.truncated).toBe(paths.length > 1);
  }));

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

const FILTERED = `query ($of: ID!, $filter: LineageFilter) {
  lineage(of: $of, direction: UPSTREAM, first: 1000, filter: $filter) { nodes { id depth artifact { declared occurredAt } } totals { nodes } } }`;

test('a filter and its opposite share out the ancestry, and the way leads through what is left out', () =>
  holds(async ({ reference, asOf }, pick) => {
    const of = pick(0);
    const ask = async (filter: object) => (await server.ask(FILTERED, { of, filter })).lineage;
    const all = reference.lineage({ of, direction: 'UPSTREAM', asOf });
    const [declaredOnly, placeholders] = [await ask({ declared: true }), await ask({ declared: false })];
    const both = [...declaredOnly.nodes, ...placeholders.nodes].map(({ id, depth }) => ({ id, depth }));
    const byId = (x: { id: string }, y: { id: string }) => (x.id < y.id ? -1 : 1);
    expect(both.toSorted(byId)).toEqual(all.toSorted(byId));
    expect(
      declaredOnly.nodes.every((node: { artifact: { declared: boolean } }) => node.artifact.declared),
    ).toBe(true);
    expect(declaredOnly.totals.nodes + placeholders.totals.nodes).toBe(all.length);
    const middle = new Date(4).toISOString();
    const [early, late] = [await ask({ occurredTo: middle }), await ask({ occurredFrom: middle })];
    expect(early.totals.nodes + late.totals.nodes).toBe(declaredOnly.totals.nodes);
    expect((await ask({ namespaces: ['elsewhere'] })).nodes).toEqual([]);
  }));

const GROUPS = `query ($of: ID!, $after: String) { lineageGroups(of: $of, direction: UPSTREAM, first: 2, after: $after) {
  groups { kind namespace name depth count oldest { id } } hasNextPage endCursor } }`;

test('collapsing preserves counts, and its pages concatenate to all groups', () =>
  holds(async ({ reference, asOf }, pick) => {
    const of = pick(0);
    const groups: { depth: number; count: number; oldest: { id: string } }[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { lineageGroups } = await server.ask(GROUPS, { of, after });
      groups.push(...lineageGroups.groups);
      more = lineageGroups.hasNextPage;
      after = lineageGroups.endCursor;
    }
    const all = reference.lineage({ of, direction: 'UPSTREAM', asOf });
    const keyOf = (id: string, depth: number) => `${id.slice(0, id.lastIndexOf('@'))} ${String(depth)}`;
    const expected = new Map<string, number>();
    for (const { id, depth } of all) {
      expected.set(keyOf(id, depth), (expected.get(keyOf(id, depth)) ?? 0) + 1);
    }
    expect(groups.map(({ oldest, depth, count }) => [keyOf(oldest.id, depth), count])).toEqual([...expected]);
  }));

test('an export has the nodes and edges of the lineage, both ways', () =>
  holds(async ({ reference, asOf }, pick) => {
    const of = pick(0);
    for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
      const query = new URLSearchParams({ of, direction: direction.toLowerCase() });
      const response = await fetch(`${server.url}/v1/export?${query.toString()}`, {
        headers: { Authorization: `Bearer ${await server.token('reader')}` },
      });
      const lines = (await response.text()).trimEnd().split('\n');
      const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const nodes = [{ id: of, depth: 0 }, ...reference.lineage({ of, direction, asOf })];
      const found = records.filter(({ record }) => record === 'node').map(({ id, depth }) => ({ id, depth }));
      expect(found).toHaveLength(nodes.length);
      expect(found).toEqual(expect.arrayContaining(nodes));
      const edges = nodes.flatMap(({ id }) => reference.edgesOf(id, direction, asOf));
      const text = ({ type, from, to }: Record<string, unknown>) =>
        `${String(from)} ${String(type)} ${String(to)}`;
      expect(
        records
          .filter(({ record }) => record === 'edge')
          .map(text)
          .sort(),
      ).toEqual(edges.map((edge) => text({ ...edge })).sort());
    }
  }));

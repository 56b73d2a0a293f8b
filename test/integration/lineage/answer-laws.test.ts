/** Laws of paths, filters, collapse and export on random lineages, beside a reference in memory. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Declaration } from '../../../src/domain/declaration.js';
import { holds as holdsOn, type Case } from '../../support/law-cases.js';
import { kindOf } from '../../support/reference-graph.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let runs = 0;

beforeAll(async () => {
  server = await TestServer.start();
}, 60_000);

afterAll(() => server.stop());

const holds = (check: Parameters<typeof holdsOn>[1]): Promise<void> => holdsOn(server, check);

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

const GROUPS = `query ($of: ID!, $collapse: Collapse!, $after: String) {
  lineageGroups(of: $of, direction: UPSTREAM, collapse: $collapse, first: 2, after: $after) {
    groups { kind namespace name depth deepest count oldest { id depth } } hasNextPage endCursor } }`;

interface Group {
  readonly name: string;
  readonly depth: number;
  readonly deepest: number;
  readonly count: number;
  readonly oldest: { readonly id: string; readonly depth: number };
}

async function groupsOf(of: string, collapse: 'DEPTH' | 'NAME'): Promise<Group[]> {
  const groups: Group[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { lineageGroups } = await server.ask(GROUPS, { of, collapse, after });
    groups.push(...lineageGroups.groups);
    more = lineageGroups.hasNextPage;
    after = lineageGroups.endCursor;
  }
  return groups;
}

test('collapsing preserves counts, and its pages concatenate to all groups', () =>
  holds(async ({ reference, asOf }, pick) => {
    const of = pick(0);
    const groups = await groupsOf(of, 'DEPTH');
    const all = reference.lineage({ of, direction: 'UPSTREAM', asOf });
    const keyOf = (id: string, depth: number) => `${id.slice(0, id.lastIndexOf('@'))} ${String(depth)}`;
    const expected = new Map<string, number>();
    for (const { id, depth } of all) {
      expected.set(keyOf(id, depth), (expected.get(keyOf(id, depth)) ?? 0) + 1);
    }
    expect(groups.map(({ oldest, depth, count }) => [keyOf(oldest.id, depth), count])).toEqual([...expected]);
  }));

test('collapsed by name, a chain of runs of one job is one group, with what else they read beside it', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), async (alsoReads) => {
      const namespace = `chain-${String((runs += 1))}`;
      const table = (i: number) => `dataset:${namespace}/table@${String(i)}`;
      const run = (i: number) => `transform:${namespace}/append@${String(i)}`;
      const items = alsoReads.flatMap((also, i): Declaration[] => [
        {
          id: table(i + 1),
          kind: 'Dataset',
          occurredAt: i,
          edges: [{ type: 'PRODUCED_BY', to: run(i + 1) }],
        },
        {
          id: run(i + 1),
          kind: 'Transform',
          occurredAt: i,
          edges: [table(i), ...(also ? [`dataset:${namespace}/side@${String(i)}`] : [])].map((to) => ({
            type: 'READ',
            to,
          })),
        },
      ]);
      await server.declareAll(items);
      const length = alsoReads.length;
      const sides = alsoReads.flatMap((also, i) => (also ? [2 * (length - i)] : []));
      const expected = [
        ['append', 1, 2 * length - 1, length],
        ['table', 2, 2 * length, length],
        ...(sides.length === 0 ? [] : [['side', Math.min(...sides), Math.max(...sides), sides.length]]),
      ];
      const groups = await groupsOf(table(length), 'NAME');
      expect(new Set(groups.map(({ name, depth, deepest, count }) => [name, depth, deepest, count]))).toEqual(
        new Set(expected),
      );
    }),
    { numRuns: 8 },
  ));

const DECISIONS = `query ($of: ID!, $size: BigInt!) {
  impact(of: $of, asOf: { treeSize: $size }) { decisions { total precision byModel { items { model count } } } }
  lineage(of: $of, direction: DOWNSTREAM, asOf: { treeSize: $size }) {
    decisions { precision decisions total truncated items { model count cursor } } }
  lineageGroups(of: $of, direction: DOWNSTREAM, asOf: { treeSize: $size }) { decisions { decisions } }
  impactedDecisions(of: $of, first: 1000, asOf: { treeSize: $size }) { items { id model } } }`;
const GROUP = `query ($of: ID!, $models: [ID!], $after: String) {
  impactedDecisions(of: $of, models: $models, first: 1000, after: $after) { asOf items { id model } } }`;

test('collapsed to one group for each model, the affected decisions are those that impact counts and lists', () =>
  holds(async ({ asOf, ids }, pick) => {
    const of = [0, 1, 2, 3].map(pick).find((id) => kindOf(id) !== 'Prediction');
    if (of === undefined || ids.length === 0) return;
    const answer = await server.ask(DECISIONS, { of, size: String(asOf) });
    const { decisions } = answer.lineage;
    const { total, precision, byModel } = answer.impact.decisions;
    const groups = decisions.items as { model: string; count: string; cursor: string }[];
    expect([decisions.decisions, decisions.precision, answer.lineageGroups.decisions.decisions]).toEqual([
      total,
      precision,
      total,
    ]);
    expect(groups.map(({ model, count }) => ({ model, count }))).toEqual(byModel.items);
    for (const { model, count, cursor } of groups) {
      const page = (await server.ask(GROUP, { of, models: [model], after: cursor })).impactedDecisions;
      const listed = answer.impactedDecisions.items.filter((item: { model: string }) => item.model === model);
      expect(page).toEqual({ asOf: String(asOf), items: listed });
      expect(listed).toHaveLength(Number(count));
    }
    expect([decisions.total, decisions.truncated]).toEqual([groups.length, false]);
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

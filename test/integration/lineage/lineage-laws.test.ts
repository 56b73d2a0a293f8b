/** Laws of `lineage`, on random graphs, against a reference in memory and over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Declaration, Receipt } from '../../../src/domain/declaration.js';
import { ARTIFACT_KINDS, EDGE_TYPES, type EdgeType } from '../../../src/domain/kinds.js';
import { randomLineage, type RandomLineage } from '../../support/random-lineage.js';
import { kindOf, ReferenceGraph, type Found, type Question } from '../../support/reference-graph.js';
import { TestServer } from '../../support/server.js';

/** A fixed seed; a failure that takes long to shrink is shown as far as it came. */
const FIXED = { seed: 20_260_301, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true };

const PAGE = `query (
  $of: ID!, $direction: Direction!, $depth: Int, $kinds: [Kind!], $edges: [EdgeType!], $asOf: AsOf
  $first: PageSize!, $after: String
) {
  lineage(of: $of, direction: $direction, depth: $depth, kinds: $kinds, edges: $edges, asOf: $asOf, first: $first, after: $after) {
    asOf hasNextPage endCursor
    nodes { id kind depth artifact { id declared } edges { items { type from to } total truncated } }
    totals { nodes maxDepth byKind { kind count } byDepth { kind depth count } }
  }
}`;

let server: TestServer;
let runs = 0;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(() => server.stop());

interface Page {
  readonly asOf: string;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  readonly nodes: readonly (Found & {
    readonly kind: string;
    readonly edges: { readonly items: readonly object[] };
  })[];
  readonly totals: object;
}

/** Declares everything, in one or two requests, and says what the reference must know of it. */
async function declareAll(lineage: RandomLineage): Promise<ReferenceGraph> {
  const graph = new ReferenceGraph();
  for (const items of [lineage.items, lineage.corrections].filter((list) => list.length > 0)) {
    const receipts = await server.declareAll(items);
    items.forEach((item: Declaration, i) =>
      graph.add(item, (receipts[i] as Receipt & { leafIndex: number }).leafIndex),
    );
  }
  return graph;
}

async function readPages(question: Question, first: number): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | null = null;
  do {
    const { asOf, ...args } = question;
    const { lineage } = await server.ask(PAGE, { ...args, asOf: { treeSize: asOf }, first, after });
    pages.push(lineage as Page);
    after = pages.at(-1)!.hasNextPage ? pages.at(-1)!.endCursor : null;
  } while (after !== null);
  return pages;
}

function totalsOf(found: readonly Found[]) {
  const byDepth = new Map<string, { kind: string; depth: number; count: number }>();
  for (const { id, depth } of found) {
    const key = `${depth} ${kindOf(id)}`;
    byDepth.set(key, { kind: kindOf(id), depth, count: (byDepth.get(key)?.count ?? 0) + 1 });
  }
  return { nodes: found.length, maxDepth: found.at(-1)?.depth ?? 0, byDepth: new Set(byDepth.values()) };
}

const scenario = fc.record({
  lineage: randomLineage(() => `laws-${runs++}`, 40),
  root: fc.nat(),
  direction: fc.constantFrom('UPSTREAM', 'DOWNSTREAM'),
  depth: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  kinds: fc.option(fc.uniqueArray(fc.constantFrom(...ARTIFACT_KINDS), { minLength: 1 }), { nil: undefined }),
  edges: fc.option(fc.uniqueArray(fc.constantFrom(...EDGE_TYPES), { minLength: 4 }), { nil: undefined }),
  back: fc.nat({ max: 12 }),
  first: fc.integer({ min: 1, max: 9 }),
});

describe('lineage', () => {
  test('answers like the reference: nodes, depths, order, pages, totals and edges, as of any point', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ lineage, root, back, first, ...rest }) => {
        const graph = await declareAll(lineage);
        const { log } = await server.ask('{ log { treeSize } }');
        for (const asOf of [Number(log.treeSize), Math.max(0, Number(log.treeSize) - back)]) {
          const question = { ...rest, of: graph.ids[root % graph.ids.length]!, asOf };
          if (!graph.exists(question.of, asOf)) {
            const answer = await server.graphql(PAGE, { ...question, asOf: { treeSize: asOf }, first });
            expect(answer.errors[0]?.extensions.code).toBe('NOT_FOUND');
            continue;
          }
          const expected = graph.lineage(question);
          const pages = await readPages(question, first);
          const nodes = pages.flatMap((page) => page.nodes);
          expect(nodes.map(({ id, depth }) => ({ id, depth }))).toEqual(expected);
          expect(new Set(pages.map((page) => page.asOf))).toEqual(new Set([String(asOf)]));
          const {
            byDepth,
            nodes: count,
            maxDepth,
          } = pages[0]!.totals as {
            byDepth: object[];
            nodes: number;
            maxDepth: number;
          };
          expect({ nodes: count, maxDepth, byDepth: new Set(byDepth) }).toEqual(totalsOf(expected));
          for (const { id, kind, edges } of nodes) {
            expect(kind).toBe(kindOf(id));
            expect(new Set(edges.items)).toEqual(new Set(graph.edgesOf(id, question.direction, asOf)));
          }
        }
      }),
      { ...FIXED, numRuns: 40 },
    );
  }, 120_000);

  test('ancestry and impact are inverse, on the edges that both follow', async () => {
    const both: EdgeType[] = EDGE_TYPES.filter(
      (type) => !['MADE_BY', 'SCORED', 'DERIVED_FROM'].includes(type),
    );
    await fc.assert(
      fc.asyncProperty(
        randomLineage(() => `laws-${runs++}`, 14),
        async (lineage) => {
          const graph = await declareAll(lineage);
          const { log } = await server.ask('{ log { treeSize } }');
          const asOf = Number(log.treeSize);
          const ids = graph.ids.filter((id) => graph.exists(id, asOf));
          const pairs = async (direction: Question['direction']) => {
            const found: string[] = [];
            for (const of of ids) {
              const pages = await readPages({ of, direction, asOf, edges: both }, 1_000);
              for (const { id } of pages[0]!.nodes)
                found.push(direction === 'UPSTREAM' ? `${of} ${id}` : `${id} ${of}`);
            }
            return found.toSorted();
          };
          expect(await pairs('UPSTREAM')).toEqual(await pairs('DOWNSTREAM'));
        },
      ),
      { ...FIXED, numRuns: 8 },
    );
  }, 120_000);

  test('as-of only grows: more is found, none of it farther away, and what was answered stays the answer', async () => {
    const cases = fc.record({
      lineage: randomLineage(() => `laws-${runs++}`, 12),
      root: fc.nat(),
      direction: fc.constantFrom('UPSTREAM' as const, 'DOWNSTREAM' as const),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ lineage: { items, corrections }, root, direction }) => {
        const named = items.flatMap(({ id, edges = [] }) => [id, ...edges.map(({ to }) => to)]);
        if (named.length === 0) return;
        const of = named[root % named.length]!;
        const found = async (asOf: number): Promise<Found[]> => {
          const variables = { of, direction, asOf: { treeSize: asOf }, first: 1_000 };
          const { data, errors } = await server.graphql(PAGE, variables);
          if (data !== null) return data.lineage.nodes.map(({ id, depth }: Found) => ({ id, depth }));
          expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
          return [];
        };
        const answers: { asOf: number; nodes: readonly Found[] }[] = [];
        for (const item of items) {
          const [receipt] = await server.declareAll([item]);
          const asOf = (receipt as Receipt & { leafIndex: number }).leafIndex + 1;
          const nodes = await found(asOf);
          const depths = new Map(nodes.map(({ id, depth }) => [id, depth]));
          for (const earlier of answers.at(-1)?.nodes ?? [])
            expect(depths.get(earlier.id)).toBeLessThanOrEqual(earlier.depth);
          answers.push({ asOf, nodes });
        }
        if (corrections.length > 0) await server.declareAll(corrections);
        for (const { asOf, nodes } of answers) expect(await found(asOf)).toEqual(nodes);
      }),
      { ...FIXED, numRuns: 10 },
    );
  }, 120_000);
});

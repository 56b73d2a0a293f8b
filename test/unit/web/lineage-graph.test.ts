import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
  connected,
  groupsOf,
  joinParts,
  unfolded,
  withoutKinds,
  type LineageGraph,
  type LoadedPart,
} from '../../../web/app/graph/lineage-graph.js';

const KINDS = ['Dataset', 'Transform', 'FeatureDef', 'Model'] as const;

/** Edges `effect>cause` between small artifacts; the letter before a colon is the kind. */
function graphOf(root: string, ...edges: readonly string[]): LineageGraph {
  const pairs = edges.map((edge) => edge.split('>') as [string, string]);
  const ids = [...new Set([root, ...pairs.flat()])];
  const stops = ids.map((id) => ({
    id,
    kind: KINDS.find((kind) => id.startsWith(kind.toLowerCase())) ?? ('Dataset' as const),
    artifact: { declared: true, occurredAt: null },
    edges: {
      total: pairs.filter(([from]) => from === id).length,
      items: pairs.filter(([from]) => from === id).map(([from, to]) => ({ type: 'READ', from, to })),
    },
  }));
  return joinParts(root, [{ direction: 'UPSTREAM', stops }]);
}

function linksOf({ links }: LineageGraph): string[] {
  return links.map(({ from, to }) => `${from}>${to}`).sort();
}

/** Graphs without cycles: an edge leads from a lower number to a higher one. */
const graphs = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 })
  .map((pairs) =>
    graphOf(name(0), ...new Set(pairs.filter(([a, b]) => a < b).map(([a, b]) => `${name(a)}>${name(b)}`))),
  );

function name(i: number): string {
  return `${['dataset', 'transform', 'model'][i % 3]!}:n/a${String(i)}@1`;
}

describe('joining answers', () => {
  test('that overlap gives each artifact and each edge once, whatever their order', () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), (graph, turned) => {
        const stops = [...graph.stops.values()].map(({ id, kind, declared, occurredAt }) => ({
          id,
          kind,
          artifact: { declared, occurredAt },
          edges: {
            total: 0,
            items: graph.links
              .filter(({ from }) => from === id)
              .map(({ from, to }) => ({ type: 'READ', from, to })),
          },
        }));
        const part: LoadedPart = { direction: 'UPSTREAM', stops };
        const half: LoadedPart = { direction: 'UPSTREAM', stops: stops.slice(0, 3) };
        const joined = joinParts(graph.root, turned ? [part, half] : [half, part]);
        expect(linksOf(joined)).toEqual(linksOf(graph));
        expect(joined.stops.size).toBe(graph.stops.size);
      }),
    );
  });

  test('leaves out an edge to what was not loaded, and counts it as not loaded', () => {
    const stop = {
      id: 'model:n/m@1',
      kind: 'Model' as const,
      artifact: { declared: true, occurredAt: null },
    };
    const edges = { total: 3, items: [{ type: 'USES', from: 'model:n/m@1', to: 'featuredef:n/f@1' }] };
    const graph = joinParts(stop.id, [{ direction: 'UPSTREAM', stops: [{ ...stop, edges }] }]);
    expect(graph.links).toEqual([]);
    expect(graph.stops.get(stop.id)).toMatchObject({ onward: { UPSTREAM: 3 }, loaded: { UPSTREAM: 0 } });
  });
});

describe('folding', () => {
  const graph = graphOf('model:n/m@1', 'model:n/m@1>dataset:n/a@1', 'dataset:n/a@1>dataset:n/b@1');

  test('hides what can be reached only through it', () => {
    expect(linksOf(unfolded(graph, new Set(['dataset:n/a@1 UPSTREAM'])))).toEqual([
      'model:n/m@1>dataset:n/a@1',
    ]);
  });

  test('of nothing hides nothing; of the root it hides all that hangs together with it, and nothing else', () => {
    fc.assert(
      fc.property(graphs, (random) => {
        const shown = unfolded(random, new Set());
        expect([...shown.stops.keys()]).toEqual([...random.stops.keys()]);
        expect(linksOf(shown)).toEqual(linksOf(random));
        const folded = new Set([`${random.root} UPSTREAM`, `${random.root} DOWNSTREAM`]);
        const together = new Set([random.root]);
        for (const id of together) {
          for (const { from, to } of random.links) {
            if (from === id) together.add(to);
            if (to === id) together.add(from);
          }
        }
        const left = [...random.stops.keys()].filter((id) => id === random.root || !together.has(id));
        expect([...unfolded(random, folded).stops.keys()]).toEqual(left);
      }),
    );
  });
});

test('leaving a kind out keeps who depends on whom among the rest', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const shown = withoutKinds(graph, new Set(['Transform']));
      const kept = [...shown.stops.keys()];
      expect(kept.every((id) => !id.startsWith('transform:'))).toBe(true);
      for (const id of kept) {
        const before = [...connected(graph, id)].filter((other) => shown.stops.has(other)).sort();
        expect([...connected(shown, id)].sort()).toEqual(before);
      }
    }),
  );
});

test('versions of one name are one group beyond four, unless it is opened', () => {
  const edges = [1, 2, 3, 4, 5].map((i) => `model:n/m@1>dataset:n/d@${String(i)}`);
  const graph = graphOf('model:n/m@1', ...edges);
  expect(groupsOf(graph, new Set())).toMatchObject([{ key: 'Dataset:n/d', kind: 'Dataset' }]);
  expect(groupsOf(graph, new Set(['Dataset:n/d']))).toEqual([]);
  expect(groupsOf(graphOf('model:n/m@1', ...edges.slice(1)), new Set())).toEqual([]);
});

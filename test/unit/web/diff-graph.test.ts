/** Two ancestries as one graph: every artifact has the state that `diff` gives it, and none is drawn twice. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { LoadedPart } from '../../../web/app/graph/lineage-graph.js';
import { diffGraph, type DiffLists, type DiffState } from '../../../web/app/pages/compare/diff-graph.js';

const A = 'model:n/m@a';
const B = 'model:n/m@b';

/** An ancestry in which the root comes from each of some data sets. */
function ancestry(root: string, causes: readonly string[]): LoadedPart {
  const stop = (id: string, to: readonly string[]): LoadedPart['stops'][number] => ({
    id,
    kind: id.startsWith('model') ? 'Model' : 'Dataset',
    artifact: { declared: true, occurredAt: null },
    edges: { total: to.length, items: to.map((cause) => ({ type: 'READ', from: id, to: cause })) },
  });
  return { direction: 'UPSTREAM', stops: [stop(root, causes), ...causes.map((id) => stop(id, []))] };
}

interface Made {
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly shared: readonly string[];
  readonly changed: readonly (readonly [string, string])[];
}

function make({ onlyA, onlyB, shared, changed }: Made, listed = Infinity): Parameters<typeof diffGraph> {
  const items = (ids: readonly string[]): { items: { id: string }[] } => ({
    items: ids.slice(0, listed).map((id) => ({ id })),
  });
  const lists: DiffLists = {
    byKind: [{ onlyA: onlyA.length, onlyB: onlyB.length, shared: shared.length, changed: changed.length }],
    onlyA: items(onlyA),
    onlyB: items(onlyB),
    changed: { items: changed.slice(0, listed).map(([a, b]) => ({ a: { id: a }, b: { id: b } })) },
  };
  const ofA = ancestry(A, [...onlyA, ...shared, ...changed.map(([a]) => a)]);
  const ofB = ancestry(B, [...onlyB, ...shared, ...changed.map(([, b]) => b)]);
  return [lists, { a: A, b: B, ofA, ofB, hubs: [] }, new Set()];
}

const COUNT = fc.nat({ max: 12 });
const MADE = fc.tuple(COUNT, COUNT, COUNT, COUNT).map(([a, b, s, c]): Made => {
  const ids = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `dataset:n/${name}${String(i)}@1`);
  const changed = ids('c', c).map((id) => [id, id.replace('@1', '@2')] as const);
  return { onlyA: ids('a', a), onlyB: ids('b', b), shared: ids('s', s), changed };
});

describe('diffGraph', () => {
  test('draws each artifact once, in its state, and all of them where no list is cut', () => {
    fc.assert(
      fc.property(MADE, (made) => {
        const { drawing, boxes, counts } = diffGraph(...make(made));
        expect(new Set(drawing.boxes.map(({ id }) => id)).size).toBe(drawing.boxes.length);
        const states = ['onlyA', 'onlyB', 'changed', 'shared'] as const;
        const of = (state: DiffState): number =>
          [...boxes.values()].filter((box) => box.state === state && box.id !== A && box.id !== B).length;
        expect(states.map(of)).toEqual(states.map((state) => made[state].length));
        expect(states.map((state) => counts[state])).toEqual(
          states.map((state) => ({ drawn: made[state].length, total: made[state].length })),
        );
        // Each cause hangs on A, on B or on both; a changed pair is one box with a line to each.
        expect(drawing.lines).toHaveLength(
          made.onlyA.length + made.onlyB.length + 2 * (made.shared.length + made.changed.length),
        );
      }),
      { seed: 81 },
    );
  });

  test('of lists that are cut it draws nothing in a wrong state, and says how many there are', () => {
    fc.assert(
      fc.property(MADE, (made) => {
        const { boxes, counts } = diffGraph(...make(made, 3));
        const state = (id: string): DiffState | undefined => boxes.get(id)?.state;
        for (const id of made.onlyA) expect(['onlyA', undefined]).toContain(state(id));
        for (const id of made.shared) expect(state(id)).toBe('shared');
        expect(counts.onlyA).toEqual({ drawn: Math.min(3, made.onlyA.length), total: made.onlyA.length });
      }),
      { seed: 82 },
    );
  });

  test('what is left out is bridged, and the two that are compared always stay', () => {
    const chain = (root: string, end: string): LoadedPart => {
      const part = ancestry(root, ['dataset:n/s@1']);
      const [first, middle] = part.stops;
      const items = [{ type: 'READ', from: 'dataset:n/s@1', to: end }];
      return {
        ...part,
        stops: [first!, { ...middle!, edges: { total: 1, items } }, ...ancestry(end, []).stops],
      };
    };
    const [lists] = make({
      onlyA: [],
      onlyB: [],
      shared: ['dataset:n/s@1'],
      changed: [['dataset:n/e@1', 'dataset:n/e@2']],
    });
    const ancestries = {
      a: A,
      b: B,
      ofA: chain(A, 'dataset:n/e@1'),
      ofB: chain(B, 'dataset:n/e@2'),
      hubs: [],
    };
    const { drawing } = diffGraph(lists, ancestries, new Set<DiffState>(['shared', 'onlyA', 'onlyB']));
    expect(drawing.boxes.map(({ id }) => id)).toEqual([A, B, 'dataset:n/e@1']);
    expect(drawing.lines.map(({ effect, cause, types }) => [effect, cause, types])).toEqual([
      [A, 'dataset:n/e@1', ['VIA']],
      [B, 'dataset:n/e@1', ['VIA']],
    ]);
  });
});

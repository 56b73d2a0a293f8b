/** A batch decided as a whole, set-based, must come out as if its items had been declared one after the other. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { ErrorCode } from '../../../src/domain/errors.js';
import { mentionedIds, planBatch, type BatchPlan, type KnownNode } from '../../../src/store/batch-plan.js';
import { cycleJudge, reachQuestion } from '../../../src/store/cycle-check.js';
import type { PreparedEntry } from '../../../src/store/prepared-entry.js';

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** An item of a random batch; two that differ only in `salt` conflict. */
interface Item {
  readonly id: string;
  readonly edges: readonly Edge[];
  readonly about: readonly string[];
  readonly salt: number;
}

/** The database after some batches, as a simple model that inserts one item at a time. */
class ReferenceStore {
  readonly declared = new Map<string, { digest: string; leafIndex: number }>();
  readonly seq = new Map<string, number>();
  private edges: Edge[] = [];

  insert(item: Item): { leafIndex: number; repeated: boolean } | ErrorCode {
    const digest = digestOf(item);
    const first = this.declared.get(item.id);
    if (first)
      return first.digest === digest ? { leafIndex: first.leafIndex, repeated: true } : 'IMMUTABLE_CONFLICT';
    const edges = [...this.edges, ...item.edges];
    if (item.edges.some(({ from, to }) => reaches(edges, to, from))) return 'CYCLE';
    this.edges = edges;
    const leafIndex = this.declared.size;
    this.declared.set(item.id, { digest, leafIndex });
    const artifacts = [item.id, ...item.about, ...item.edges.flatMap(({ from, to }) => [from, to])];
    for (const id of artifacts) {
      if (!id.startsWith('attestation:') && !this.seq.has(id)) this.seq.set(id, this.seq.size);
    }
    return { leafIndex, repeated: false };
  }

  /** What the two reads of the write transaction answer. */
  known(ids: readonly string[]): Map<string, KnownNode> {
    const exists = ids.filter((id) => this.seq.has(id) || this.declared.has(id));
    return new Map(
      exists.map((id) => {
        const { digest = null, leafIndex = null } = this.declared.get(id) ?? {};
        return [id, { id, digest, leafIndex, ...(this.seq.has(id) ? { seq: this.seq.get(id)! } : {}) }];
      }),
    );
  }

  reachable(starts: readonly string[], targets: readonly string[]): { start: string; target: string }[] {
    return starts.flatMap((start) =>
      targets
        .filter((target) =>
          this.edges.some(({ from, to }) => from === start && reaches(this.edges, to, target)),
        )
        .map((target) => ({ start, target })),
    );
  }
}

/** True if `to` is `from` or lies upstream of it: plain depth-first search. */
function reaches(edges: readonly Edge[], from: string, to: string, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return edges.some((edge) => edge.from === from && reaches(edges, edge.to, to, seen));
}

function digestOf({ edges, about, salt }: Item): string {
  return JSON.stringify([edges, about, salt]);
}

function prepared(item: Item): PreparedEntry {
  const { id, edges, about } = item;
  return {
    id,
    kind: id.startsWith('attestation:') ? 'Attestation' : 'Model',
    entry: { decl: '', digest: digestOf(item), by: '' },
    props: {},
    edges: edges.map((edge) => ({ ...edge, type: 'TUNED_FROM', props: {} })),
    about,
    ends: [],
    kids: [],
    keySerial: 0,
  };
}

function decide(store: ReferenceStore, batch: readonly Item[]): BatchPlan {
  const items = batch.map(prepared);
  const { artifacts, attestations } = mentionedIds(items);
  const known = store.known([...artifacts, ...attestations]);
  const question = reachQuestion(items, known);
  const reachable = question ? store.reachable(question.starts, question.targets) : [];
  const head = { size: store.declared.size, nextSeq: store.seq.size };
  return planBatch(items, known, head, cycleJudge(reachable));
}

const model = fc.nat(7).map((i) => `model:lending/m${i}@1`);
const salt = fc.nat(1);

const artifact: fc.Arbitrary<Item> = fc
  .record({ id: model, targets: fc.uniqueArray(model, { maxLength: 3 }), salt })
  .map(({ id, targets, salt: own }) => ({
    id,
    edges: targets.map((to) => ({ from: id, to })),
    about: [],
    salt: own,
  }));

const attestation: fc.Arbitrary<Item> = fc.record({
  id: fc.nat(4).map((i) => `attestation:lending/a${i}@1`),
  edges: fc.array(fc.record({ from: model, to: model }), { maxLength: 2 }),
  about: fc.uniqueArray(model, { minLength: 1, maxLength: 2 }),
  salt,
});

const batches = fc.array(
  fc.array(fc.oneof({ weight: 4, arbitrary: artifact }, attestation), { maxLength: 8 }),
  {
    minLength: 1,
    maxLength: 4,
  },
);

describe('a batch comes out as its items one by one', () => {
  test('outcomes, leaf indexes and sequence numbers', () => {
    fc.assert(
      fc.property(batches, (plan) => {
        const store = new ReferenceStore();
        for (const batch of plan) {
          const [size, nextSeq] = [store.declared.size, store.seq.size];
          const { outcomes, placed, newNodes } = decide(store, batch);
          const expected = batch.map((item) => store.insert(item));
          const got = outcomes.map((outcome) =>
            outcome.accepted
              ? { leafIndex: outcome.leafIndex, repeated: outcome.repeated }
              : outcome.error.code,
          );
          expect(got).toEqual(expected);
          expect(placed.map(({ leafIndex }) => leafIndex)).toEqual(rangeOf(size, store.declared.size));
          expect([...newNodes.values()]).toEqual(rangeOf(nextSeq, store.seq.size));
          expect([...newNodes]).toEqual([...store.seq].slice(nextSeq));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('an accepted item’s outcome carries its digest, a refused one’s the way back to itself', () => {
    fc.assert(
      fc.property(batches, (plan) => {
        const store = new ReferenceStore();
        for (const batch of plan) {
          decide(store, batch).outcomes.forEach((outcome, i) => {
            if (outcome.accepted) expect(outcome.digest).toBe(digestOf(batch[i]!));
            else if (outcome.error.code === 'CYCLE') {
              const cycle = outcome.error.details.cycle as string[];
              expect(cycle.at(-1)).toBe(cycle[0]);
              expect(batch[i]!.edges).toContainEqual({ from: cycle[0], to: cycle[1] });
            }
          });
          for (const item of batch) store.insert(item);
        }
      }),
    );
  });
});

function rangeOf(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

const M = (i: number): string => `model:lending/m${i}@1`;

function declares(id: string, targets: readonly string[], own = 0): Item {
  return { id, edges: targets.map((to) => ({ from: id, to })), about: [], salt: own };
}

function refusals(store: ReferenceStore, batch: readonly Item[]): (string | undefined)[] {
  return decide(store, batch).outcomes.map((outcome) =>
    outcome.accepted ? undefined : outcome.error.message,
  );
}

describe('messages', () => {
  test.each([
    ['itself', [declares(M(0), [M(0)])], [`${M(0)} → ${M(0)}`]],
    [
      'one of its own causes',
      [declares(M(0), [M(1)]), declares(M(1), [M(0)])],
      [undefined, `${M(1)} → ${M(0)} → ${M(1)}`],
    ],
  ])('a cycle through %s', (_what, batch, cycles) => {
    expect(refusals(new ReferenceStore(), batch)).toEqual(
      cycles.map((cycle) => cycle && `lineage must not lead back to itself, but this would: ${cycle}`),
    );
  });

  test('a cycle through stored edges and edges of the batch', () => {
    const store = new ReferenceStore();
    store.insert(declares(M(0), [M(1)]));
    store.insert(declares(M(2), [M(3)]));
    const batch = [declares(M(1), [M(2)]), declares(M(3), [M(0)]), declares(M(4), [M(3)])];
    expect(refusals(store, batch)).toEqual([
      undefined,
      `lineage must not lead back to itself, but this would: ${[3, 0, 1, 2, 3].map(M).join(' → ')}`,
      undefined,
    ]);
  });

  test('other content under an id that is taken names both digests', () => {
    const [first, second] = [declares(M(0), [], 0), declares(M(0), [], 1)];
    const [, outcome] = decide(new ReferenceStore(), [first, second]).outcomes;
    expect(outcome).toMatchObject({
      accepted: false,
      error: {
        code: 'IMMUTABLE_CONFLICT',
        message: `${M(0)} was declared before with other content and never changes: its digest is ${digestOf(first)}, but got: ${digestOf(second)}`,
        details: { id: M(0), declared: digestOf(first), got: digestOf(second) },
      },
    });
  });
});

test('the database is asked about cycles only if something is already pointed at', () => {
  const items = [declares(M(0), [M(1)])].map(prepared);
  const known = (...ids: string[]): Map<string, KnownNode> =>
    new Map(ids.map((id) => [id, { id, digest: null, leafIndex: null }]));
  expect(reachQuestion(items, known())).toBeUndefined();
  expect(reachQuestion(items, known(M(1)))).toBeUndefined();
  expect(reachQuestion(items, known(M(0)))).toBeUndefined();
  expect(reachQuestion(items, known(M(0), M(1)))).toEqual({ starts: [M(1)], targets: [M(0)] });
});

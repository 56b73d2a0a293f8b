/** What a grant shows depends on nothing that it hides but on which visible artifacts that joins. */
import { runInNewContext } from 'node:vm';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { GrantScope, Reveal } from '../../../src/access/grant.js';
import type { ArtifactKind } from '../../../src/domain/kinds.js';
import { showGranted, type Closure, type Shown } from '../../../src/lineage/granted/hide.js';
import { Redaction } from '../../../src/lineage/granted/redaction.js';
import { ShownLinks } from '../../../src/lineage/granted/walk-shown.js';

const label = (text: string): string => `surrogate:${text}`;

const visible = (i: number): string => `dataset:t/v${String(i)}@1`;
const hidden = (i: number): string => `transform:t/h${String(i)}@1`;
const ROOT = visible(0);

type Pair = readonly [string, string];

function closureOf(pairs: readonly Pair[]): Closure {
  const ids = [...new Set([ROOT, ...pairs.flat()])];
  return {
    nodes: new Map(
      ids.map((id, leafIndex) => {
        const kind: ArtifactKind = id.startsWith('dataset:') ? 'Dataset' : 'Transform';
        return [id, { id, kind, leafIndex, namespace: 't', name: id, declared: true }];
      }),
    ),
    edges: pairs.map(([from, to], since) => ({ type: 'READ', from, to, since, props: {} })),
  };
}

function show(pairs: readonly Pair[], scope: Partial<GrantScope> & { reveal?: Reveal } = {}): Shown {
  const terms = {
    roots: [ROOT],
    direction: 'UPSTREAM',
    kinds: ['Dataset'],
    asOf: 1,
    reveal: 'NOTHING',
  } as const;
  return showGranted(closureOf(pairs), { ...terms, ...scope }, label);
}

/** Everything that can reach an answer: not which surrogate stands for which artifact, which the server keeps. */
function answers({ nodes, edges, surrogates }: Shown): unknown {
  return {
    ids: [...nodes.keys()].sort(),
    edges: edges.map(({ from, to }) => [from, to]).sort(),
    surrogates,
  };
}

/** Edges from a lower to a higher number, so that there is no cycle, among five visible and five hidden artifacts. */
const pairs = fc.array(
  fc.tuple(fc.nat(4), fc.nat(4), fc.nat(3)).map(([a, b, kind]): Pair => {
    const [low, high] = [Math.min(a, b), Math.max(a, b) + 1];
    const name = (hide: boolean, i: number): string => (hide ? hidden(i) : visible(i));
    return [name((kind & 1) === 1, low), name((kind & 2) === 2, high)];
  }),
  { maxLength: 20 },
);

describe('what is shown', () => {
  test('has no edge that is not stored between visible artifacts, and no id of a hidden one', () => {
    fc.assert(
      fc.property(pairs, (edges) => {
        const shown = show(edges);
        const stored = new Set(edges.map(([from, to]) => `${from} ${to}`));
        for (const { from, to } of shown.edges) expect(stored.has(`${from} ${to}`)).toBe(true);
        for (const { effects, causes } of shown.surrogates)
          for (const id of [...effects, ...causes]) expect(id).toMatch(/^dataset:/);
        expect([...shown.nodes.keys()].every((id) => id.startsWith('dataset:'))).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('reaches exactly what is reached in the stored graph, or more through surrogates, and never less', () => {
    fc.assert(
      fc.property(pairs, (edges) => {
        const walked = new ShownLinks(show(edges)).walk(ROOT, 'UPSTREAM');
        const reached = new Set([ROOT]);
        for (const id of reached) for (const [from, to] of edges) if (from === id) reached.add(to);
        for (const id of reached) if (id.startsWith('dataset:')) expect(walked.has(id)).toBe(true);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test('is the same however the hidden part is built, if it joins the same', () => {
    fc.assert(
      fc.property(pairs, fc.nat(4), (edges, which) => {
        const before = answers(show(edges));
        // One hidden artifact becomes a chain of three; beside it hangs another that joins nothing visible.
        const [a, b, c, d] = [hidden(which), 'transform:t/x1@1', 'transform:t/x2@1', 'transform:t/x3@1'];
        if (!edges.some((pair) => pair.includes(a))) return;
        const longer = edges.map(([from, to]): Pair => [from === a ? c : from, to]);
        expect(answers(show([...longer, [a, b], [b, c], [d, c]]))).toEqual(before);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('is the same if what is hidden has a twin that joins the same', () => {
    fc.assert(
      fc.property(pairs, fc.nat(4), (edges, which) => {
        const twin = (id: string): string => (id === hidden(which) ? 'transform:t/twin@1' : id);
        const doubled = edges
          .filter(
            (pair) =>
              pair.includes(hidden(which)) &&
              pair.every((id) => id === hidden(which) || id.startsWith('dataset:')),
          )
          .map(([from, to]): Pair => [twin(from), twin(to)]);
        const isAlone = edges.every(
          (pair) => !pair.includes(hidden(which)) || pair.some((id) => id.startsWith('dataset:')),
        );
        if (!isAlone) return;
        expect(answers(show([...edges, ...doubled]))).toEqual(answers(show(edges)));
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test('with kinds revealed has one surrogate for each hidden artifact, with its kind, within the depth', () => {
    const chain: Pair[] = [
      [visible(0), hidden(0)],
      [hidden(0), hidden(1)],
      [hidden(1), visible(1)],
      [visible(1), hidden(2)],
      [hidden(2), hidden(3)],
    ];
    expect(show(chain, { reveal: 'KIND' }).surrogates.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 4 }, () => 'Transform'),
    );
    const near = show(chain, { reveal: 'KIND', depth: 3 });
    expect([...near.nodes.keys()]).toEqual([visible(0), visible(1)]);
    expect(near.surrogates.map(({ kind }) => kind ?? 'beyond').sort()).toEqual([
      'Transform',
      'Transform',
      'beyond',
    ]);
  });

  test('counts depth as it is shown: a hidden chain is one step', () => {
    const chain: Pair[] = [
      [visible(0), hidden(0)],
      [hidden(0), hidden(1)],
      [hidden(1), visible(1)],
      [visible(1), visible(2)],
    ];
    expect([...show(chain, { depth: 2 }).nodes.keys()]).toEqual([visible(0), visible(1)]);
    expect([...show(chain, { depth: 3 }).nodes.keys()]).toEqual([visible(0), visible(1), visible(2)]);
  });
});

describe('what is said', () => {
  const redaction = new Redaction((id) => id === ROOT);
  const secret = hidden(1);

  test.each([
    [`from ${secret}, then ${ROOT}.`, `from (hidden), then ${ROOT}.`],
    [
      { [secret]: [{ deep: secret }], n: 1, b: true },
      { '(hidden)': [{ deep: '(hidden)' }], n: 1, b: true },
    ],
    ['attestation:t/x@1 and model:a/b', '(hidden) and model:a/b'],
    ['dataset:t/v0%2F@1', '(hidden)'],
  ])('%j becomes %j', (said, shown) => {
    expect(redaction.json(said)).toEqual(shown);
  });

  test('a text made to be slow is read once: hundreds of thousands of full stops would take minutes otherwise', () => {
    const stops = '.'.repeat(400_000);
    const redact = (text: string): unknown => {
      const said = (): unknown => redaction.json(text);
      return runInNewContext('said()', { said }, { timeout: 10_000 });
    };
    expect(redact(`${secret}${stops}x`)).toBe('(hidden)');
    expect(redact(`${ROOT}${stops}`)).toBe(`${ROOT}${stops}`);
  });

  test('has no row that comes from hidden data', () => {
    const rows = [
      { from: ROOT, mode: 'UNION' },
      { from: secret, mode: 'UNION' },
    ];
    const edge = { type: 'PRODUCED_BY', from: ROOT, to: ROOT, since: 0, props: { rows } } as const;
    expect(redaction.edge(edge)).toMatchObject({ props: { rows: [rows[0]] }, rowsHidden: true });
    expect(redaction.edge({ ...edge, props: { rows: rows.slice(0, 1) } })).not.toHaveProperty('rowsHidden');
  });
});

/** `lineage`: pages, cursors, filters, and what a walk enters and what not. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';
import { storyline } from '../../support/storyline.js';

const PAGE = `query ($of: ID!, $direction: Direction!, $depth: Int, $kinds: [Kind!], $edges: [EdgeType!], $asOf: AsOf, $first: PageSize! = 100, $after: String) {
  lineage(of: $of, direction: $direction, depth: $depth, kinds: $kinds, edges: $edges, asOf: $asOf, first: $first, after: $after) {
    asOf hasNextPage endCursor nodes { id depth }
  }
}`;
const CHAIN = 30;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...storyline(),
    ...Array.from({ length: CHAIN }, (_, i) =>
      artifact('Model', `m${i}`, i === 0 ? [] : [edge('TUNED_FROM', id('Model', `m${i - 1}`))]),
    ),
  ]);
});

afterAll(() => server.stop());

async function idsOf(args: object): Promise<string[]> {
  const { lineage } = await server.ask(PAGE, { direction: 'UPSTREAM', ...args });
  return lineage.nodes.map((node: { id: string }) => node.id);
}

async function codeOf(args: object, role: 'admin' | 'reader' = 'admin'): Promise<unknown> {
  const { errors } = await server.graphql(PAGE, { direction: 'UPSTREAM', ...args }, role);
  return errors[0]?.extensions.code;
}

describe('what a walk enters', () => {
  test('impact of data reaches runs, data and models, and never a decision', async () => {
    const found = await idsOf({ of: id('Dataset', 'part-b'), direction: 'DOWNSTREAM' });
    expect(found).toContain(id('Model', 'credit'));
    expect(found).toContain(id('Dataset', 'joined'));
    expect(found.filter((node) => node.startsWith('prediction:'))).toEqual([]);
    expect(await idsOf({ of: id('Model', 'credit'), direction: 'DOWNSTREAM' })).toEqual([]);
  });

  test('data is not blamed for definitions that were once derived from it; definitions are', async () => {
    await server.declareAll([
      artifact('FeatureDef', 'derived', [
        edge('DERIVED_FROM', id('Dataset', 'old')),
        edge('DERIVED_FROM', id('FeatureDef', 'parent')),
      ]),
      artifact('Model', 'uses-derived', [edge('USES', id('FeatureDef', 'derived'))]),
    ]);
    const impact = (of: string) => idsOf({ of, direction: 'DOWNSTREAM' });
    expect(await impact(id('Dataset', 'old'))).toEqual([]);
    expect(await impact(id('FeatureDef', 'parent'))).toEqual([
      id('FeatureDef', 'derived'),
      id('Model', 'uses-derived'),
    ]);
    expect(await idsOf({ of: id('Model', 'uses-derived') })).toContain(id('Dataset', 'old'));
  });

  test('a cascade of decisions is followed both ways', async () => {
    await server.declareAll([
      prediction('first', 'm0'),
      prediction('second', 'm1', [edge('USED_OUTPUT_OF', id('Prediction', 'first'))]),
    ]);
    expect(await idsOf({ of: id('Prediction', 'second') })).toContain(id('Prediction', 'first'));
    expect(await idsOf({ of: id('Prediction', 'first'), direction: 'DOWNSTREAM' })).toEqual([
      id('Prediction', 'second'),
    ]);
  });
});

describe('filters', () => {
  test('depth bounds what is returned', async () => {
    expect(await idsOf({ of: id('Model', 'm9'), depth: 2 })).toEqual([id('Model', 'm8'), id('Model', 'm7')]);
    expect(await codeOf({ of: id('Model', 'm9'), depth: 0 })).toBe('BAD_INPUT');
  });

  test('kinds select nodes, and the way still leads through the others', async () => {
    const found = await idsOf({ of: id('Prediction', 'loan'), kinds: ['Dataset'] });
    expect(found).toContain(id('Dataset', 'part-a'));
    expect(found.every((node) => node.startsWith('dataset:'))).toBe(true);
  });

  test('edges bound the way itself', async () => {
    expect(await idsOf({ of: id('Prediction', 'loan'), edges: ['MADE_BY', 'USES'] })).toEqual([
      id('Model', 'credit'),
      id('FeatureDef', 'dir'),
      id('FeatureDef', 'lvr'),
    ]);
  });

  test('a page size of 0 or 1,001 is refused', async () => {
    for (const first of [0, 1_001, -1, 1.5]) {
      const { errors, data } = await server.graphql(PAGE, {
        of: id('Model', 'm9'),
        direction: 'UPSTREAM',
        first,
      });
      expect([data, errors.length]).toEqual([null, 1]);
    }
  });
});

describe('cursors', () => {
  const question = { of: id('Model', `m${CHAIN - 1}`), direction: 'UPSTREAM', first: 4 };

  async function firstCursor(args: object = question): Promise<string> {
    const { lineage } = await server.ask(PAGE, args);
    expect(lineage.hasNextPage).toBe(true);
    return lineage.endCursor as string;
  }

  test('go on where the page ended, at the same as-of point, whatever is written in between', async () => {
    const { lineage: first } = await server.ask(PAGE, question);
    await server.declareAll([
      artifact('Dataset', 'meanwhile', []),
      artifact('Model', 'm-branch', [edge('TUNED_FROM', id('Model', 'm20'))]),
    ]);
    await server.declareAll([
      {
        id: id('Attestation', 'cut'),
        kind: 'Attestation',
        type: 'CORRECTS',
        about: [id('Model', 'm20')],
        occurredAt: 1,
        fields: { reason: 'r' },
        withdraws: [{ type: 'TUNED_FROM', from: id('Model', 'm20'), to: id('Model', 'm19') }],
      },
    ]);
    const seen = [...first.nodes];
    for (let page = first; page.hasNextPage;) {
      ({ lineage: page } = await server.ask(PAGE, { ...question, after: page.endCursor }));
      expect(page.asOf).toBe(first.asOf);
      seen.push(...page.nodes);
    }
    expect(seen.map(({ id: node }: { id: string }) => node)).toEqual(
      Array.from({ length: CHAIN - 1 }, (_, i) => id('Model', `m${CHAIN - 2 - i}`)),
    );
    expect(await idsOf({ ...question, first: 100 })).toHaveLength(9);
  });

  test('belong to one reader and one question', async () => {
    const after = await firstCursor();
    expect(await codeOf({ ...question, after }, 'reader')).toBe('BAD_CURSOR');
    for (const other of [
      { of: id('Model', 'm25') },
      { direction: 'DOWNSTREAM' },
      { depth: 3 },
      { kinds: ['Model'] },
      { edges: ['TUNED_FROM'] },
    ]) {
      expect(await codeOf({ ...question, ...other, after })).toBe('BAD_CURSOR');
    }
    expect(await codeOf({ ...question, first: 2, after })).toBeUndefined();
  });

  test('cannot be made up or changed', async () => {
    const after = await firstCursor();
    const bytes = Buffer.from(after, 'base64url');
    bytes[bytes.length - 20]! ^= 1;
    for (const forged of ['', 'x', bytes.toString('base64url'), after.slice(0, -4)]) {
      expect(await codeOf({ ...question, after: forged })).toBe('BAD_CURSOR');
    }
  });
});

describe('points', () => {
  test('what does not exist, or not yet, is NOT_FOUND', async () => {
    expect(await codeOf({ of: id('Model', 'never') })).toBe('NOT_FOUND');
    expect(await codeOf({ of: id('Model', 'm3'), asOf: { treeSize: 1 } })).toBe('NOT_FOUND');
    expect(await codeOf({ of: 'model:x' })).toBe('BAD_URN');
  });

  test('a point beyond the log, or two at once, is refused', async () => {
    expect(await codeOf({ of: id('Model', 'm3'), asOf: { treeSize: 1e9 } })).toBe('AS_OF_IN_FUTURE');
    expect(
      await codeOf({ of: id('Model', 'm3'), asOf: { treeSize: '3', time: '2026-01-01T00:00:00Z' } }),
    ).toBe('BAD_INPUT');
  });

  test('a time stands for everything recorded up to it', async () => {
    const { log } = await server.ask('{ log { treeSize } }');
    const before = server.clock.now;
    server.clock.now += 10_000;
    await server.declareAll([artifact('Model', 'm3-child', [edge('TUNED_FROM', id('Model', 'm3'))])]);
    const at = async (time: number) => {
      const { lineage } = await server.ask(PAGE, {
        of: id('Model', 'm3'),
        direction: 'DOWNSTREAM',
        asOf: { time: new Date(time).toISOString() },
      });
      return [
        lineage.asOf,
        lineage.nodes.some((node: { id: string }) => node.id === id('Model', 'm3-child')),
      ];
    };
    expect(await at(before)).toEqual([log.treeSize, false]);
    expect(await at(before + 9_999)).toEqual([log.treeSize, false]);
    expect(await at(before + 10_000)).toEqual([String(Number(log.treeSize) + 1), true]);
  });
});

describe('statements', () => {
  const QUERY = `query ($first: PageSize!) { lineage(of: "${id('Dataset', 'wide')}", direction: DOWNSTREAM, first: $first) {
    nodes { id artifact { name declared causes { items { to } } attestations { items { type } } } edges { items { to } } }
  } }`;

  test('a page of 100 nodes needs as many as one of 10: each loader sends one', async () => {
    await server.declareAll(
      Array.from({ length: 100 }, (_, i) =>
        artifact('Transform', `wide${i}`, [edge('READ', id('Dataset', 'wide'))]),
      ),
    );
    const count = async (first: number) => {
      server.statements.length = 0;
      const { lineage } = await server.ask(QUERY, { first });
      expect(lineage.nodes).toHaveLength(first);
      return server.statements.toSorted();
    };
    const small = await count(10);
    expect(await count(100)).toEqual(small);
    expect(small.length).toBeLessThanOrEqual(8);
  });
});

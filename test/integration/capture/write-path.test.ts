/** What a producer gets for each item, and what then lies in the graph and in the log. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { AttestationDeclaration, Receipt, RefusedReceipt } from '../../../src/domain/declaration.js';
import { testDriver } from '../../support/database.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { readLogSize } from '../../support/log.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
});

afterAll(async () => {
  await driver.close();
  await server.stop();
});

function refusal(receipt: Receipt | undefined): RefusedReceipt['error'] {
  expect(receipt).toHaveProperty('error');
  return (receipt as RefusedReceipt).error;
}

function codes(receipts: readonly Receipt[]): string[] {
  return receipts.map((receipt) => ('error' in receipt ? receipt.error.code : 'accepted'));
}

/** Ids of an artifact's causes as of a tree size; now if left out. */
async function causesOf(of: string, treeSize?: number): Promise<string[]> {
  const { artifact: found } = await server.ask(
    'query ($id: ID!, $asOf: AsOf) { artifact(id: $id, asOf: $asOf) { causes { items { to } } } }',
    { id: of, asOf: treeSize === undefined ? null : { treeSize } },
  );
  return found.causes.items.map(({ to }: { to: string }) => to);
}

describe('receipts', () => {
  test('say where each item is, in order, and a repeat gets the first receipt', async () => {
    const items = [artifact('Dataset', 'r1'), artifact('Dataset', 'r2', [], { fields: { rowCount: 3 } })];
    const size = await readLogSize(driver);
    const first = await server.declareAll(items);
    expect(first).toEqual(
      items.map((item, index) => ({
        index,
        id: item.id,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        leafIndex: size + index,
        repeated: false,
      })),
    );
    const again = await server.declareAll(items);
    expect(again).toEqual(first.map((receipt) => ({ ...receipt, repeated: true })));
    expect(await readLogSize(driver)).toBe(size + 2);
  });

  test('a repeat within one batch gets the same place', async () => {
    const item = artifact('Dataset', 'twice');
    const [one, two] = await server.declareAll([item, item]);
    expect(two).toEqual({ ...one, index: 1, repeated: true });
  });

  test('the same id with other content is refused, naming both digests', async () => {
    const [first] = await server.declareAll([artifact('Dataset', 'fixed')]);
    const [second] = await server.declare([artifact('Dataset', 'fixed', [], { fields: { rowCount: 1 } })]);
    const error = refusal(second);
    expect(error.code).toBe('IMMUTABLE_CONFLICT');
    expect(error.details).toMatchObject({ declared: (first as { digest: string }).digest });
    expect(error.message).toContain((first as { digest: string }).digest);
    expect(error.message).toContain(error.details!.got);
  });

  test('good items are kept beside bad ones, and each bad one is named', async () => {
    const receipts = await server.declare([
      artifact('Dataset', 'good1'),
      { ...artifact('Dataset', 'x'), kind: 'Table' },
      artifact('Dataset', 'fixed', [], { fields: { rowCount: 9 } }),
      artifact('Dataset', 'good2'),
      'no object',
    ]);
    expect(codes(receipts)).toEqual([
      'accepted',
      'UNKNOWN_KIND',
      'IMMUTABLE_CONFLICT',
      'accepted',
      'BAD_INPUT',
    ]);
    expect(refusal(receipts[1]).message).toMatch(
      /^item 1 \(dataset:test\/x@1\): "kind" must be one of Dataset/,
    );
    const places = receipts.flatMap((receipt) => ('leafIndex' in receipt ? [receipt.leafIndex] : []));
    expect(places[1]).toBe(places[0]! + 1);
  });

  test('a token bound to a namespace writes there only', async () => {
    const token = await server.token('writer', { namespaces: ['other', 'team*'] });
    const receipts = await server.declare(
      [
        artifact('Dataset', 'mine'),
        { ...artifact('Dataset', 'x'), id: 'dataset:team-a/x@1' },
        {
          ...attestation('a', 'SUPPLEMENTS', [id('Transform', 't')], {
            fields: { state: 'STARTED' },
            edges: [{ type: 'READ', from: id('Transform', 't'), to: id('Dataset', 'd') }],
          }),
          id: 'attestation:other/a@1',
        },
      ],
      'writer',
      token,
    );
    expect(codes(receipts)).toEqual(['NAMESPACE_FORBIDDEN', 'accepted', 'NAMESPACE_FORBIDDEN']);
  });
});

describe('placeholders', () => {
  test('a parent that nobody declared is visible, is filled once, and keeps its place', async () => {
    const query = 'query ($id: ID!, $asOf: AsOf) { artifact(id: $id, asOf: $asOf) { declared digest name } }';
    const parent = id('Dataset', 'later');
    await server.declareAll([artifact('Transform', 'reads-later', [edge('READ', parent)])]);
    const before = await readLogSize(driver);
    expect((await server.ask(query, { id: parent })).artifact).toEqual({
      declared: false,
      digest: null,
      name: 'later',
    });
    const [filled] = await server.declareAll([artifact('Dataset', 'later')]);
    const { digest } = filled as { digest: string };
    expect((await server.ask(query, { id: parent })).artifact).toEqual({
      declared: true,
      digest,
      name: 'later',
    });
    expect((await server.ask(query, { id: parent, asOf: { treeSize: before } })).artifact.declared).toBe(
      false,
    );
    expect((await server.ask(query, { id: parent, asOf: { treeSize: before - 1 } })).artifact).toBeNull();
    expect(
      codes(await server.declare([artifact('Dataset', 'later', [], { fields: { rowCount: 1 } })])),
    ).toEqual(['IMMUTABLE_CONFLICT']);
  });
});

describe('cycles are refused', () => {
  test('a self-loop', async () => {
    const receipts = await server.declare([
      artifact('Model', 'self', [edge('TUNED_FROM', id('Model', 'self'))]),
    ]);
    expect(refusal(receipts[0])).toMatchObject({
      code: 'CYCLE',
      details: { cycle: [id('Model', 'self'), id('Model', 'self')] },
    });
  });

  test('within one batch: the item that closes it, and only that one', async () => {
    const chain = ['c1', 'c2', 'c3'].map((name, i, all) =>
      artifact('Model', name, [edge('TUNED_FROM', id('Model', all[(i + 1) % 3]!))]),
    );
    const receipts = await server.declare([...chain, artifact('Dataset', 'after-cycle')]);
    expect(codes(receipts)).toEqual(['accepted', 'accepted', 'CYCLE', 'accepted']);
  });

  test('by filling a placeholder', async () => {
    await server.declareAll([
      artifact('Transform', 'p1', [edge('READ', id('Dataset', 'p0'))]),
      artifact('Dataset', 'p2', [edge('PRODUCED_BY', id('Transform', 'p1'))]),
      artifact('Transform', 'p3', [edge('READ', id('Dataset', 'p2'))]),
    ]);
    const receipts = await server.declare([
      artifact('Dataset', 'p0', [edge('PRODUCED_BY', id('Transform', 'p3'))]),
    ]);
    expect(refusal(receipts[0]).code).toBe('CYCLE');
    expect(codes(await server.declare([artifact('Dataset', 'p0')]))).toEqual(['accepted']);
  });

  test('by an edge that an attestation adds, but not after a correction took the way back', async () => {
    await server.declareAll([
      artifact('Dataset', 'q1', [edge('PRODUCED_BY', id('Transform', 'q2'))]),
      artifact('Transform', 'q2'),
    ]);
    const closing = { ...edge('READ', id('Dataset', 'q1')), from: id('Transform', 'q2') };
    const supplement = (name: string) =>
      attestation(name, 'SUPPLEMENTS', [id('Transform', 'q2')], { fields: {}, edges: [closing] });
    expect(codes(await server.declare([supplement('s1')]))).toEqual(['CYCLE']);
    await server.declareAll([
      attestation('undo-q', 'CORRECTS', [id('Dataset', 'q1')], {
        fields: { reason: 'wrong producer' },
        withdraws: [{ type: 'PRODUCED_BY', from: id('Dataset', 'q1'), to: id('Transform', 'q2') }],
      }),
    ]);
    expect(codes(await server.declare([supplement('s2')]))).toEqual(['accepted']);
  });
});

describe('a way back that a correction takes away', () => {
  const [data, run] = [id('Dataset', 'turn1'), id('Transform', 'turn2')];
  const correction = attestation('undo-turn', 'CORRECTS', [data], {
    fields: { reason: 'the other way round' },
    withdraws: [{ type: 'PRODUCED_BY', from: data, to: run }],
  });
  const turned = (name: string): AttestationDeclaration =>
    attestation(name, 'SUPPLEMENTS', [run], { fields: {}, edges: [{ ...edge('READ', data), from: run }] });

  test('is gone for what follows in the same list, and only for that', async () => {
    await server.declareAll([
      artifact('Dataset', 'turn1', [edge('PRODUCED_BY', run)]),
      artifact('Transform', 'turn2'),
    ]);
    const receipts = await server.declare([turned('before'), correction, turned('after'), turned('after')]);
    expect(codes(receipts)).toEqual(['CYCLE', 'accepted', 'accepted', 'accepted']);
    expect(receipts[3]).toEqual({ ...receipts[2], index: 3, repeated: true });
    expect(await causesOf(run)).toEqual([data]);
    expect(await causesOf(data)).toEqual([]);
    const back = attestation('back-again', 'SUPPLEMENTS', [data], {
      fields: {},
      edges: [{ ...edge('PRODUCED_BY', run), from: data }],
    });
    expect(codes(await server.declare([back]))).toEqual(['CYCLE']);
  });
});

describe('later words about edges', () => {
  test('RESOLVED ends the earlier binding: visible as of before, gone after', async () => {
    const read = id('Dataset', 'read-run1');
    const bind = (name: string, to: string) =>
      attestation(name, 'RESOLVED', [read], { edges: [{ type: 'RESOLVED_TO', from: read, to }] });
    await server.declareAll([artifact('Dataset', 'read-run1'), bind('b1', id('Dataset', 'v1'))]);
    const first = await readLogSize(driver);
    await server.declareAll([bind('b2', id('Dataset', 'v2'))]);
    expect(await causesOf(read)).toEqual([id('Dataset', 'v2')]);
    expect(await causesOf(read, first)).toEqual([id('Dataset', 'v1')]);
    expect(await causesOf(read, first - 1)).toEqual([]);
  });

  test('CORRECTS withdraws exactly what it names', async () => {
    const run = id('Transform', 'w');
    const [kept, wrong] = [id('Dataset', 'kept'), id('Dataset', 'wrong')];
    await server.declareAll([artifact('Transform', 'w', [edge('READ', kept), edge('READ', wrong)])]);
    const before = await readLogSize(driver);
    await server.declareAll([
      attestation('w-fix', 'CORRECTS', [run], {
        fields: { reason: 'was never read' },
        withdraws: [{ type: 'READ', from: run, to: wrong }],
      }),
    ]);
    expect(await causesOf(run)).toEqual([kept]);
    expect((await causesOf(run, before)).toSorted()).toEqual([kept, wrong]);
  });

  test('a binding and its replacement in one batch: the later one holds', async () => {
    const read = id('Dataset', 'read-run2');
    const bind = (name: string, to: string) =>
      attestation(name, 'RESOLVED', [read], { edges: [{ type: 'RESOLVED_TO', from: read, to }] });
    await server.declareAll([bind('n1', id('Dataset', 'n1')), bind('n2', id('Dataset', 'n2'))]);
    expect(await causesOf(read)).toEqual([id('Dataset', 'n2')]);
  });
});

describe('decision groups', () => {
  test('one for each model, set of data sets and mode; ordinals are contiguous and sizes exact', async () => {
    const scored = (...names: string[]) =>
      names.map((name) => edge('SCORED', id('Dataset', name), { props: { role: 'INPUT' } }));
    const decisions = Array.from({ length: 60 }, (_, i) =>
      prediction(
        `g${i}`,
        'gm',
        i % 3 === 0 ? scored('ga', 'gb') : i % 3 === 1 ? scored('gb', 'ga') : scored('ga'),
        {
          fields: { mode: i % 2 === 0 ? 'LIVE' : 'SHADOW' },
        },
      ),
    );
    await server.declareAll(decisions.slice(0, 25));
    await server.declareAll(decisions.slice(20));
    const { records } = await driver.executeQuery(
      `MATCH (g:DecisionGroup)-[:OF_MODEL]->({id: $model})
       RETURN g.mode AS mode, g.size AS size,
         [(g)-[:OF_DATA]->(d) | d.name] AS datasets,
         COLLECT { MATCH (p:Prediction {group: g.number}) RETURN p.ordinal ORDER BY p.ordinal } AS ordinals`,
      { model: id('Model', 'gm') },
    );
    const groups = records.map(
      (record) => record.toObject() as { mode: string; size: number; datasets: string[]; ordinals: number[] },
    );
    expect(
      groups.map(({ mode, size, datasets }) => `${mode} ${datasets.toSorted().join('+')} ${size}`).toSorted(),
    ).toEqual(['LIVE ga 10', 'LIVE ga+gb 20', 'SHADOW ga 10', 'SHADOW ga+gb 20']);
    for (const { ordinals, size } of groups)
      expect(ordinals).toEqual(Array.from({ length: size }, (_, i) => i));
  });
});

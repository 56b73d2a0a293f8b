/** Filters by what artifacts say about themselves: of pages and totals, at the present and as of any point or time. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Declaration } from '../../../src/domain/declaration.js';
import { artifact, attestation, edge, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const ASK = `query ($filter: LineageFilter, $kinds: [Kind!], $edges: [EdgeType!], $asOf: AsOf) {
  lineage(of: "${id('Model', 'top')}", direction: UPSTREAM, filter: $filter, kinds: $kinds, edges: $edges, asOf: $asOf) {
    asOf nodes { id } totals { nodes byKind { kind count } } }
  lineageGroups(
    of: "${id('Model', 'top')}", direction: UPSTREAM, collapse: NAME, filter: $filter, kinds: $kinds, edges: $edges, asOf: $asOf
  ) { groups { name count } } }`;

/** How each run ends, if it does: its events in the order of their happening. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  completed: ['RUNNING', 'COMPLETED'],
  failed: ['FAILED'],
  aborted: ['ABORTED'],
  'failed-first': ['FAILED', 'COMPLETED'],
  running: ['RUNNING'],
  silent: [],
};
const CLASSES = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'PERSONAL', 'SPECIAL'] as const;

let server: TestServer;
/** When nothing but the artifacts had been declared, and the size of the log then. */
let before: { readonly time: string; readonly size: string };

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(artifacts());
  const { log } = await server.ask('{ log { treeSize } }');
  before = { time: new Date(server.clock.now).toISOString(), size: log.treeSize };
  server.clock.now += 60_000;
  await server.declareAll(endings());
}, 60_000);

afterAll(() => server.stop());

/** A model trained by each run; each run has read a data set of each class, one without and one that nobody declared. */
function artifacts(): Declaration[] {
  const inputs = [...CLASSES.map((name) => name.toLowerCase()), 'unclassified', 'undeclared'];
  const reads = inputs.map((name) => edge('READ', id('Dataset', name)));
  return [
    ...CLASSES.map((classification) =>
      artifact('Dataset', classification.toLowerCase(), [], { fields: { classification } }),
    ),
    artifact('Dataset', 'unclassified'),
    ...Object.keys(RUNS).map((name) => artifact('Transform', name, reads)),
    artifact(
      'Model',
      'top',
      Object.keys(RUNS).map((name) => edge('TRAINED_BY', id('Transform', name))),
    ),
  ];
}

function endings(): Declaration[] {
  return Object.entries(RUNS).flatMap(([name, states]) =>
    states.map((state, i) =>
      attestation(`${name}-${String(i)}`, 'SUPPLEMENTS', [id('Transform', name)], {
        fields: { state },
        occurredAt: i,
      }),
    ),
  );
}

/** The names found, having checked that page, totals and groups agree. */
async function namesOf(args: object): Promise<string[]> {
  const { lineage, lineageGroups } = await server.ask(ASK, args);
  const names = lineage.nodes.map((node: { id: string }) => /\/(.*)@/.exec(node.id)![1]).toSorted();
  const { totals } = lineage;
  const count = (rows: { count: number }[]): number => rows.reduce((sum, row) => sum + row.count, 0);
  expect([totals.nodes, count(totals.byKind)]).toEqual([names.length, names.length]);
  expect(lineageGroups.groups.map(({ name }: { name: string }) => name).toSorted()).toEqual(names);
  return names;
}

/** The same as of the present, and as of its tree size once something else was declared: these are different statements. */
async function foundBy(args: object): Promise<string[]> {
  const { log } = await server.ask('{ log { treeSize } }');
  const now = await namesOf(args);
  await server.declareAll([artifact('Dataset', `elsewhere-${String(log.treeSize)}`)]);
  expect(await namesOf({ ...args, asOf: { treeSize: log.treeSize } })).toEqual(now);
  return now;
}

describe('classifications', () => {
  test.each([
    [['PUBLIC'], ['public']],
    [
      ['PERSONAL', 'SPECIAL'],
      ['personal', 'special'],
    ],
    [[], []],
  ])('%j', async (classifications, expected) => {
    expect(await foundBy({ filter: { classifications } })).toEqual(expected);
  });

  test('of any class is what says one: neither runs, nor what says none, nor what nobody declared', async () => {
    const expected = CLASSES.map((name) => name.toLowerCase()).toSorted();
    expect(await foundBy({ filter: { classifications: CLASSES } })).toEqual(expected);
  });
});

describe('states of runs', () => {
  test.each([
    [['COMPLETED'], ['completed']],
    [
      ['FAILED', 'ABORTED'],
      ['aborted', 'failed', 'failed-first'],
    ],
    [['UNFINISHED'], ['running', 'silent']],
  ])('%j: the first final state of a run is its state', async (runStates, expected) => {
    expect(await foundBy({ filter: { runStates } })).toEqual(expected);
  });

  test.each([
    ['a time', () => ({ time: before.time })],
    ['a tree size', () => ({ treeSize: before.size })],
  ])('as of %s before they ended, all were unfinished', async (_what, point) => {
    const asOf = point();
    expect(await namesOf({ filter: { runStates: ['UNFINISHED'] }, asOf })).toEqual(
      Object.keys(RUNS).toSorted(),
    );
    expect(await namesOf({ filter: { runStates: ['COMPLETED', 'FAILED', 'ABORTED'] }, asOf })).toEqual([]);
  });
});

test('filters hold together, and with kinds and types of edges', async () => {
  const filter = { classifications: ['PUBLIC', 'SPECIAL'], declared: true };
  expect(await foundBy({ filter, kinds: ['Dataset'], edges: ['TRAINED_BY', 'READ'] })).toEqual([
    'public',
    'special',
  ]);
  expect(await foundBy({ filter, kinds: ['Transform'] })).toEqual([]);
  expect(await foundBy({ filter, edges: ['TRAINED_BY'] })).toEqual([]);
  expect(await foundBy({ edges: ['TRAINED_BY'] })).toEqual(Object.keys(RUNS).toSorted());
  expect(await foundBy({ filter: { declared: false } })).toEqual(['undeclared']);
});

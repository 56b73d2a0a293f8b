/** Answers as of the present while others write: whatever a walk meets, it says what the exact walk says later. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import type { Declaration } from '../../../src/domain/declaration.js';
import { artifact, edge, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const WIDTH = 40;
const ROUNDS = 25;
const ROOT = id('Model', 'top');
const BOTTOM = id('Dataset', 'bottom');

const ALL = asking(`lineage(of: $of, direction: $direction, asOf: $asOf, first: 1000) {
  asOf nodes { id depth } totals { nodes maxDepth byKind { kind count } } }`);
/** Only the data sets below the root, and what was declared of them: totals alone, which are walked apart from pages. */
const FILTERED = asking(`lineage(
  of: $of, direction: $direction, asOf: $asOf, kinds: [Dataset, Transform], filter: { declared: true }
) { asOf totals { nodes maxDepth byKind { kind count } byDepth { kind depth count } } }`);
const GROUPS =
  asking(`lineageGroups(of: $of, direction: $direction, asOf: $asOf, collapse: DEPTH, first: 1000) {
  asOf groups { kind name count depth deepest oldest { id } } }`);
/** Along some types of edges, which are all that there are here. */
const TYPED = asking(`lineage(
  of: $of, direction: $direction, asOf: $asOf, edges: [TRAINED_BY, READ, TRAINED_ON]
) { asOf totals { nodes maxDepth byKind { kind count } } }`);
const TYPED_GROUPS = GROUPS.replace(
  'collapse: DEPTH',
  'collapse: NAME, edges: [TRAINED_BY, READ, TRAINED_ON]',
);
const PAGE = `query ($after: String) { lineage(of: "${ROOT}", direction: UPSTREAM, first: 7, after: $after) {
  asOf nodes { id depth } hasNextPage endCursor } }`;

/** A query of one field, which the answer has as `answer`. */
function asking(field: string): string {
  return `query ($of: ID!, $direction: Direction!, $asOf: AsOf) { answer: ${field} }`;
}

let server: TestServer;
/** Another server on the same database: writers of several servers come one after the other all the same. */
let other: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  other = await TestServer.start({ keep: true, keysDir: server.keysDir });
  const runs = Array.from({ length: WIDTH }, (_, i) => id('Transform', `r${String(i)}`));
  await server.declareAll([
    artifact(
      'Model',
      'top',
      runs.map((run) => edge('TRAINED_BY', run)),
    ),
    ...runs.map((_, i) => artifact('Transform', `r${String(i)}`, [edge('READ', BOTTOM)])),
    artifact('Dataset', 'bottom'),
  ]);
}, 60_000);

afterAll(async () => {
  await other.stop();
  await server.stop();
});

beforeEach(() => {
  server.statements.length = 0;
});

/** Edges onto what is there already, both ways, and every third time an edge is taken back. */
function written(round: number): Declaration[] {
  const run = id('Transform', `r${String(round % WIDTH)}`);
  const added = id('Dataset', `late${String(round)}`);
  const supplement = {
    id: id('Attestation', `s${String(round)}`),
    kind: 'Attestation',
    type: 'SUPPLEMENTS',
    about: [run],
    occurredAt: round,
    edges: [{ type: 'READ', from: run, to: added }],
  };
  const withdrawal = {
    id: id('Attestation', `w${String(round)}`),
    kind: 'Attestation',
    type: 'CORRECTS',
    about: [run],
    occurredAt: round,
    fields: { reason: 'was never read' },
    withdraws: [{ type: 'READ', from: run, to: BOTTOM }],
  };
  const below = artifact('Model', `below${String(round)}`, [edge('TRAINED_ON', BOTTOM)]);
  return [supplement, below, ...(round % 3 === 2 ? [withdrawal] : [])] as Declaration[];
}

interface Answer {
  readonly asOf: string;
  readonly nodes: readonly object[];
  readonly totals: object;
}

async function ask(of: string, direction: string, treeSize?: string, query = ALL): Promise<Answer> {
  const asOf = treeSize === undefined ? null : { treeSize };
  return (await server.ask(query, { of, direction, asOf })).answer as Answer;
}

test('a quiet log is walked without intervals, and from the first edge on that was ended with them', async () => {
  const counts = (): string[] => server.statements.filter((name) => name.startsWith('lineage/count'));
  await ask(ROOT, 'UPSTREAM');
  expect(counts()).toEqual(['lineage/count-present-upstream']);
  const quiet = await ask(id('Transform', 'r1'), 'UPSTREAM');
  await server.declareAll(written(0));
  await server.declareAll(written(2));
  server.statements.length = 0;
  const { asOf, totals } = await ask(ROOT, 'UPSTREAM');
  expect(counts()).toEqual(['lineage/count-present-upstream', 'lineage/count-upstream']);
  expect(totals).toMatchObject({ nodes: WIDTH + 3 });
  // Where nothing was ended, the short way still goes.
  expect(await ask(id('Transform', 'r1'), 'UPSTREAM')).toEqual({ ...quiet, asOf });
  expect(counts()).toHaveLength(3);
});

test.each([
  ['filtered totals', FILTERED, 'count-filtered-present-upstream', 'count-filtered-upstream'],
  ['totals along some types of edges', TYPED, 'count-typed-present-upstream', 'count-filtered-upstream'],
  ['groups', GROUPS, 'walk-groups-present-upstream', 'walk-groups-upstream'],
  [
    'groups along some types of edges',
    TYPED_GROUPS,
    'walk-typed-groups-present-upstream',
    'walk-groups-upstream',
  ],
])('so are %s; the answer is that of the walk with intervals', async (name, query, present, exact) => {
  const run = id('Transform', 'r5');
  const sent = async (of: string): Promise<string[]> => {
    server.statements.length = 0;
    const answer = await ask(of, 'UPSTREAM', undefined, query);
    const names = server.statements.filter((statement) => /^lineage\/(count|walk)/.test(statement));
    // What comes after the point cannot be in it, and makes it the past.
    await server.declareAll([artifact('Dataset', `after-${name}-${of}`.replaceAll(/[^\w-]/g, '-'))]);
    expect(await ask(of, 'UPSTREAM', answer.asOf, query)).toEqual(answer);
    return names;
  };
  expect(await sent(run)).toEqual([`lineage/${present}`]);
  expect(await sent(ROOT)).toEqual([`lineage/${present}`, `lineage/${exact}`]);
});

test('the first page and its totals are read together with the head, and again only where an edge was ended', async () => {
  const sent = async (of: string, direction: string): Promise<string[]> => {
    server.statements.length = 0;
    const answer = await ask(of, direction);
    const names = [...server.statements];
    await server.declareAll([artifact('Dataset', `after-page-${of}`.replaceAll(/[^\w-]/g, '-'))]);
    expect(await ask(of, direction, answer.asOf)).toEqual(answer);
    return names;
  };
  const ahead = (way: string) => [
    'log/read-head',
    `lineage/walk-present-${way}`,
    `lineage/count-present-${way}`,
  ];
  expect(await sent(id('Transform', 'r6'), 'UPSTREAM')).toEqual(ahead('upstream'));
  expect(await sent(ROOT, 'UPSTREAM')).toEqual([
    ...ahead('upstream'),
    'lineage/walk-upstream',
    'lineage/count-upstream',
  ]);
  // Whatever has no lineage is looked for, because it may not be there.
  expect(await sent(ROOT, 'DOWNSTREAM')).toEqual([...ahead('downstream'), 'artifact/read-artifacts']);
});

test('what is read while several servers write is what holds as of its point', async () => {
  const seen: { of: string; direction: string; query: string; answer: Answer }[] = [];
  const pages: object[][] = [];
  let writing = true;
  const write = async (by: TestServer, first: number): Promise<void> => {
    for (let round = first; round < first + 2 * ROUNDS; round += 2) await by.declareAll(written(10 + round));
  };
  const read = async (of: string, direction: string, query = ALL): Promise<void> => {
    while (writing) seen.push({ of, direction, query, answer: await ask(of, direction, undefined, query) });
  };
  const readPages = async (): Promise<void> => {
    while (writing) {
      let { lineage: page } = await server.ask(PAGE);
      const { asOf } = page;
      const found: object[] = [{ asOf }, ...page.nodes];
      while (page.hasNextPage) {
        ({ lineage: page } = await server.ask(PAGE, { after: page.endCursor }));
        expect(page.asOf).toBe(asOf);
        found.push(...page.nodes);
      }
      pages.push(found);
    }
  };
  const writers = Promise.all([write(server, 0), write(other, 1)]).finally(() => {
    writing = false;
  });
  await Promise.all([
    ...[writers, read(ROOT, 'UPSTREAM'), read(BOTTOM, 'DOWNSTREAM'), readPages()],
    ...[read(ROOT, 'UPSTREAM', FILTERED), read(BOTTOM, 'DOWNSTREAM', FILTERED)],
    ...[read(ROOT, 'UPSTREAM', GROUPS), read(BOTTOM, 'DOWNSTREAM', GROUPS)],
    ...[read(ROOT, 'UPSTREAM', TYPED), read(BOTTOM, 'DOWNSTREAM', TYPED_GROUPS)],
  ]);
  expect(seen.length).toBeGreaterThan(4);
  for (const { of, direction, query, answer } of seen) {
    expect(await ask(of, direction, answer.asOf, query)).toEqual(answer);
  }
  for (const [point, ...nodes] of pages) {
    const { asOf } = point as { asOf: string };
    expect((await ask(ROOT, 'UPSTREAM', asOf)).nodes).toEqual(nodes);
  }
}, 180_000);

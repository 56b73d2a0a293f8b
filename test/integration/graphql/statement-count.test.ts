/** A page costs as many statements however many rows it has: what hangs on its rows is looked up for all of them at once. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { Declaration, EdgeDeclaration } from '../../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';
import { eventually } from '../../support/sessions.js';

const FEW = 2;
const MANY = 12;

const numbers = Array.from({ length: MANY }, (_, i) => i);
const named = (kind: Parameters<typeof id>[0], name: string) => (i: number) =>
  id(kind, `${name}-${String(i)}`);
const data = named('Dataset', 'data');
const runs = named('Transform', 'run');
const decisions = named('Prediction', 'loan');
const definitions = named('FeatureDef', 'feature');
/** The next version of a delivery, which nobody has declared. */
const newer = (i: number): string => data(i).replace(/1$/, '2');

/** One artifact with everything that can hang on it. */
const ARTIFACT = `id declared fields personal { path state }
  attestations(first: 3) { total items { id type fields about(first: 3) { items total } } }
  causes(first: 3) { total items { type to props } }
  corrections { reason withdrawn { to } added { to } attestation { id } }`;

/** Decisions that look odd: the first of them, and the fewer of them scored a kit, the higher its number. */
const SUSPECTS = 6;
const KITS = 4;

function scored(i: number): EdgeDeclaration[] {
  const kits = numbers.slice(0, KITS).filter((kit) => i < SUSPECTS - kit);
  return [data(i), ...kits.map(named('Dataset', 'kit'))].map((to) =>
    edge('SCORED', to, { props: { role: 'INPUT' } }),
  );
}

/**
 * Twelve of each: inputs of a model, each with a run, a check and a correction; models over one data set, deployed; and
 * decisions of the first two of them.
 */
function twelveOfEach(): Declaration[] {
  return [
    artifact('Dataset', 'raw'),
    ...numbers.flatMap((i) => [
      artifact('Transform', `run-${String(i)}`, [edge('READ', id('Dataset', 'raw'))]),
      artifact('Dataset', `data-${String(i)}`, [edge('PRODUCED_BY', runs(i), { props: fromRaw(i) })]),
      artifact(
        'Model',
        `model-${String(i)}`,
        numbers.map((to) => edge('TRAINED_ON', data(to))),
      ),
      artifact('FeatureDef', `feature-${String(i)}`, [edge('DERIVED_FROM', data(i))]),
      prediction(`score-${String(i)}`, `model-${String(i)}`),
      prediction(`loan-${String(i)}`, i < SUSPECTS ? 'model-0' : 'model-1', scored(i)),
      attestation(`check-${String(i)}`, 'CONTRACT_CHECK', [data(i), runs(i)], {
        fields: { contract: 'c', passed: false, checks: [] },
      }),
      deployed(`model-${String(i)}`),
      attestation(`fix-${String(i)}`, 'CORRECTS', [runs(i)], {
        fields: { reason: 'also read' },
        edges: [{ type: 'READ', from: runs(i), to: id('Dataset', `missed-${String(i)}`) }],
      }),
    ]),
  ];
}

function deployed(model: string): Declaration {
  return attestation(`deploy-${model}`, 'DEPLOYED', [id('Model', model)], {
    fields: { endpoint: `/${model}`, environment: 'production' },
  });
}

/** Every column of a run's output from one column of its input, row by row. */
function fromRaw(i: number): NonNullable<EdgeDeclaration['props']> {
  const raw = id('Dataset', 'raw');
  return {
    columns: [{ column: `out-${String(i)}`, from: [{ dataset: raw, column: 'in' }] }],
    rows: [{ from: raw, mode: 'SAME_KEYS' }],
  };
}

/** A decision with `count` of everything that its storyline shows, by a model of its own. */
function storyline(name: string, count: number): Declaration[] {
  const some = numbers.slice(0, count);
  return [
    artifact('Model', name, [
      ...some.map((i) => edge('TRAINED_ON', data(i))),
      ...some.map((i) => edge('USES', definitions(i))),
    ]),
    prediction(
      name,
      name,
      some.map((i) => edge('SCORED', data(i), { props: { role: 'INPUT' }, row: [i] })),
      { features: Object.fromEntries(some.map((i) => [`feature-${String(i)}`, { value: i }])) },
    ),
    deployed(name),
  ];
}

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...storyline('few', FEW),
    ...storyline('many', MANY),
    artifact(
      'Model',
      'next',
      numbers.map((i) => edge('TRAINED_ON', newer(i))),
    ),
    prediction('sealed', 'model-1', [], { subjects: ['ann'], features: { income: { value: 1 } } }),
    ...twelveOfEach(),
  ]);
  // The library asks for the database's version before its first read.
  await server.ask('{ datasets(limit: 1) { id } }');
  await readPersonal();
}, 60_000);

/** As many reads of a personal value as a long page has rows, each recorded to its end. */
async function readPersonal(): Promise<void> {
  const read = `{ trace(prediction: "${id('Prediction', 'sealed')}") { features { value } } }`;
  for (let i = 0; i < MANY; i += 1) await server.ask(read, {}, 'auditor');
  const done = async (): Promise<number> => {
    const { accessLog } = await server.ask('{ accessLog { items { state } } }', {}, 'auditor');
    return accessLog.items.filter(({ state }: { state: string }) => state === 'COMPLETE').length;
  };
  await eventually('all reads are recorded', async () => (await done()) === MANY);
}

afterAll(() => server.stop());

/** What differs between the ancestries of two models: everything of the first is elsewhere than in the second. */
const DIFF = `diff(a: "${id('Model', 'model-1')}", b: "${id('Model', 'next')}", first: $first)`;

/** A list, where its rows are in the answer, and what is selected of it. */
const LISTS: readonly (readonly [list: string, rows: string, selection: string])[] = [
  [
    'Lineage.nodes',
    'lineage.nodes',
    `lineage(of: "${id('Model', 'model-1')}", direction: UPSTREAM, first: $first) {
      nodes { id depth artifact { ${ARTIFACT} } edges(first: 3) { total items { type to } } } }`,
  ],
  [
    'LineageGroups.groups',
    'lineageGroups.groups',
    `lineageGroups(of: "${id('Model', 'model-1')}", direction: UPSTREAM, collapse: DEPTH, first: $first) {
      groups { name count oldest { id artifact { ${ARTIFACT} } edges(first: 3) { items { to } } } } }`,
  ],
  [
    'Impact.models',
    'impact.models.items',
    `impact(of: "${id('Dataset', 'raw')}") { models(first: $first) { items { ${ARTIFACT} } } }`,
  ],
  [
    'Impact.deployments',
    'impact.deployments.items',
    `impact(of: "${id('Dataset', 'raw')}") { deployments(first: $first) { items { model endpoint } } }`,
  ],
  [
    'AffectedDecisions.items',
    'impactedDecisions.items',
    `impactedDecisions(of: "${id('Dataset', 'raw')}", first: $first) { items { id model artifact { ${ARTIFACT} } } }`,
  ],
  [
    'AttestationPage.items',
    'attestations.items',
    'attestations(first: $first) { items { id fields about(first: 3) { items } } }',
  ],
  [
    'SearchPage.items',
    'search.items',
    `search(text: "data", first: $first) { items { artifact { ${ARTIFACT} } } }`,
  ],
  ['Dashboard.newest', 'dashboard.newest', `dashboard { newest(first: $first) { ${ARTIFACT} } }`],
  [
    'Dashboard.newestDecisions',
    'dashboard.newestDecisions',
    `dashboard { newestDecisions(first: $first) { ${ARTIFACT} } }`,
  ],
  [
    'Dashboard.newestPlaceholders',
    'dashboard.newestPlaceholders',
    `dashboard { newestPlaceholders(first: $first) { ${ARTIFACT} } }`,
  ],
  [
    'Dashboard.findings',
    'dashboard.findings',
    'dashboard { findings(first: $first) { id about(first: 3) { items } } }',
  ],
  [
    'Dashboard.unfinishedRuns',
    'dashboard.unfinishedRuns.items',
    `dashboard { unfinishedRuns(first: $first) { items { ${ARTIFACT} } } }`,
  ],
  [
    'Artifact.causes',
    'artifact.causes.items',
    `artifact(id: "${id('Model', 'model-1')}") { causes(first: $first) { items { type to props } } }`,
  ],
  [
    'RootCause.candidates',
    'rootCause.candidates',
    `rootCause(suspects: $suspects, controls: $controls, first: $first) {
      candidates { artifact { ${ARTIFACT} } findings { id about(first: 3) { items } } } }`,
  ],
  [
    'DecisionCount.byModel',
    'impact.decisions.byModel.items',
    `impact(of: "${id('Dataset', 'raw')}") { decisions { byModel(first: $first) { items { model count } } } }`,
  ],
  [
    'Lineage.decisions',
    'lineage.decisions.items',
    `lineage(of: "${id('Dataset', 'raw')}", direction: DOWNSTREAM) {
      decisions(first: $first) { items { model count cursor } } }`,
  ],
  ['Diff.onlyA', 'diff.onlyA.items', `${DIFF} { onlyA { items { id depth } } }`],
  ['Diff.changed', 'diff.changed.items', `${DIFF} { changed { items { a { id } fields { field } } } }`],
  [
    'Paths.paths',
    'paths.paths',
    `paths(from: "${id('Model', 'model-1')}", to: "${id('Dataset', 'raw')}", first: $first) {
      paths { steps { from to types } } }`,
  ],
  [
    'ColumnLineage.columns',
    'columnLineage.columns',
    `columnLineage(of: { id: "${id('Dataset', 'raw')}", column: "in" }, direction: DOWNSTREAM, first: $first) {
      columns { column { dataset column } links { items { from { name } } } } }`,
  ],
  [
    'AccessPage.items',
    'accessLog.items',
    'accessLog(first: $first) { items { id by state artifacts arguments } }',
  ],
  [
    'a generated list',
    'datasets',
    'datasets(limit: $first) { id producedBy(limit: 3) { id read(limit: 3) { id } } trained(limit: 3) { id } }',
  ],
];

async function ask(
  selection: string,
  rows: string,
  first: number,
): Promise<{ rows: number; sent: string[] }> {
  server.statements.length = 0;
  const others = selection.includes('$suspects') ? '$suspects: [ID!]!, $controls: [ID!]!,' : '';
  const variables = {
    first,
    suspects: numbers.slice(0, SUSPECTS).map(decisions),
    controls: numbers.slice(SUSPECTS).map(decisions),
  };
  const answer: unknown = await server.ask(
    `query (${others} $first: PageSize!) { ${selection} }`,
    variables,
    selection.startsWith('accessLog') ? 'auditor' : 'reader',
  );
  const list = rows.split('.').reduce((value, name) => (value as Record<string, unknown>)[name], answer);
  return { rows: (list as unknown[]).length, sent: server.statements.toSorted() };
}

test.each(LISTS)(
  '%s: as many statements for a long page as for a short one',
  async (_list, rows, selection) => {
    const few = await ask(selection, rows, FEW);
    const many = await ask(selection, rows, MANY);
    expect(few.rows).toBe(FEW);
    expect(many.rows).toBeGreaterThan(FEW);
    expect(many.sent).toEqual(few.sent);
  },
);

test('trace: as many statements for a decision with much of everything as for one with little', async () => {
  const trace = async (name: string, size: number): Promise<string[]> => {
    server.statements.length = 0;
    const { trace: story } = await server.ask(
      `{ trace(prediction: "${id('Prediction', name)}") {
        model { trainedOn { ${ARTIFACT} } } steps { id reads } features { name definition { ${ARTIFACT} } }
        attestations { about attestation { id about(first: 3) { items } } } completeness { missing { code } } } }`,
      {},
      'reader',
    );
    const { model, steps, features } = story;
    expect([model.trainedOn, steps, features].map((list: unknown[]) => list.length)).toEqual([
      size,
      size,
      size,
    ]);
    return server.statements.toSorted();
  };
  expect(await trace('many', MANY)).toEqual(await trace('few', FEW));
});

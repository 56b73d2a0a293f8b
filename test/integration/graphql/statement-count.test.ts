/** A page costs as many statements however many rows it has: what hangs on its rows is looked up for all of them at once. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { Declaration, EdgeDeclaration } from '../../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const FEW = 2;
const MANY = 12;

const numbers = Array.from({ length: MANY }, (_, i) => i);
const named = (kind: Parameters<typeof id>[0], name: string) => (i: number) =>
  id(kind, `${name}-${String(i)}`);
const data = named('Dataset', 'data');
const runs = named('Transform', 'run');
const decisions = named('Prediction', 'loan');

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
      artifact('Dataset', `data-${String(i)}`, [edge('PRODUCED_BY', runs(i))]),
      artifact(
        'Model',
        `model-${String(i)}`,
        numbers.map((to) => edge('TRAINED_ON', data(to))),
      ),
      prediction(`loan-${String(i)}`, i < SUSPECTS ? 'model-0' : 'model-1', scored(i)),
      attestation(`check-${String(i)}`, 'CONTRACT_CHECK', [data(i), runs(i)], {
        fields: { contract: 'c', passed: false, checks: [] },
      }),
      attestation(`deploy-${String(i)}`, 'DEPLOYED', [id('Model', `model-${String(i)}`)], {
        fields: { endpoint: `/score-${String(i)}`, environment: 'production' },
      }),
      attestation(`fix-${String(i)}`, 'CORRECTS', [runs(i)], {
        fields: { reason: 'also read' },
        edges: [{ type: 'READ', from: runs(i), to: id('Dataset', `missed-${String(i)}`) }],
      }),
    ]),
  ];
}

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(twelveOfEach());
}, 60_000);

afterAll(() => server.stop());

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
    'reader',
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

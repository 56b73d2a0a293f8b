/** Why a feature is used, and what a decision rests on, as reports: by what people gave as reasons, and where they gave none. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { questions, REPORT_FIELDS, said, type ShownReport } from '../../support/bank.js';
import { artifact, attestation, edge, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';
import { SECRET_EXPLANATION, storyline } from '../../support/storyline.js';

const REPORT = `query ($of: ID!) { report(kind: RATIONALE, of: $of) { ${REPORT_FIELDS} } }`;
const LVR = id('FeatureDef', 'lvr');

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...storyline(),
    artifact('FeatureDef', 'squared', [edge('DERIVED_FROM', LVR)]),
    attestation('why', 'RATIONALE', [LVR], { fields: { text: 'bounds the loss on default' } }),
    attestation('board', 'RATIONALE', [id('Model', 'credit')], { fields: { text: 'best of three' } }),
  ] as never);
}, 60_000);

afterAll(() => server.stop());

async function rationale(of: string, role: 'reader' | 'auditor' = 'reader'): Promise<ShownReport> {
  return (await server.ask(REPORT, { of }, role)).report;
}

test('of a feature: what was declared, what was attested, and what it is derived from', async () => {
  const dir = await rationale(id('FeatureDef', 'dir'));
  expect(said(dir, /^The feature/)).toContain('Why it may be used: affordability');
  expect(dir.gaps).toEqual([]);
  expect(said(await rationale(LVR), /^What was said/)).toEqual([
    expect.stringContaining('text bounds the loss on default'),
  ]);
  const squared = await rationale(id('FeatureDef', 'squared'));
  expect(said(squared, /derived from/)).toEqual([expect.stringContaining(LVR)]);
  expect(questions(squared)).toEqual(['Why may this be used?']);
});

test('of a decision: its model and each feature, and the explanation for those who may read it', async () => {
  const told = await rationale(id('Prediction', 'loan'), 'auditor');
  expect(said(told, /^The decision/)).toContain(`Stated explanation: ${SECRET_EXPLANATION}`);
  expect(said(told, /^The model/)).toEqual([expect.stringContaining('best of three')]);
  expect(said(told, /^The features/).join()).toMatch(/bounds the loss.*affordability/);
  const reader = await rationale(id('Prediction', 'loan'));
  expect(JSON.stringify(reader)).not.toContain(SECRET_EXPLANATION);
  expect(reader.gaps).toContainEqual(
    expect.objectContaining({ question: 'What explanation was stated?', reason: 'It is withheld.' }),
  );
});

test('of a model is refused', async () => {
  const { errors } = await server.graphql(REPORT, { of: id('Model', 'credit') }, 'reader');
  expect(errors[0]?.message).toBe(
    'a RATIONALE report is about a FeatureDef or a Prediction, but got: "model:test/credit@1"',
  );
});

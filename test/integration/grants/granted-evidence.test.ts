/** Evidence under a grant: it verifies, says what is withheld, and names nothing that is hidden. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { verifyEvidence } from '../../../src/verify/index.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant, type Holder } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const DECISION = id('Prediction', 'p');
const MODEL = id('Model', 'm');
const TRAINED = id('Dataset', 'trained');
const RUN = id('Transform', 'run');
const SECRET = id('Dataset', 'secret');

let server: TestServer;
let key: string;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    artifact('Dataset', 'raw'),
    artifact('Dataset', 'secret'),
    artifact('Transform', 'run', [edge('READ', id('Dataset', 'raw')), edge('READ', SECRET)]),
    artifact('Dataset', 'trained', [
      edge('PRODUCED_BY', RUN, { props: { rows: [{ from: SECRET, mode: 'SAME_KEYS' }] } }),
    ]),
    artifact('Model', 'm', [edge('TRAINED_ON', TRAINED)]),
    prediction('p', 'm', [], {
      subjects: ['ann'],
      fields: { explanation: `${SECRET} was used for this decision` },
      features: { income: { value: 12 } },
    }),
    attestation('note', 'x-note', [MODEL, RUN], { fields: { about: SECRET } }),
  ]);
  key = (await server.ask('{ checkpoint { verifierKey } }')).checkpoint.verifierKey as string;
});

afterAll(() => server.stop());

async function evidence(holder: Holder, of = DECISION): Promise<string> {
  const response = await holder.get(`/v1/evidence?of=${encodeURIComponent(of)}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text;
}

/** Everything that a file says, its disclosures decoded. */
function saidBy(file: string): string {
  const { entries, ...rest } = JSON.parse(file) as { entries: { disclosures: string[] }[] };
  const disclosed = entries.flatMap(({ disclosures }) =>
    disclosures.map((text) => Buffer.from(text, 'base64url').toString('utf8')),
  );
  return JSON.stringify(rest) + disclosed.join('\n');
}

test('a grant that hides nothing gives what everybody gets', async () => {
  const holder = await issueGrant(server, { roots: [DECISION] });
  const verdict = verifyEvidence(await evidence(holder), { key });
  expect(verdict).toMatchObject({ outcome: 'VERIFIED', asserted: [], proved: { artifacts: 6 } });
});

test('what is hidden is withheld, stands as a surrogate, and is nowhere named', async () => {
  const holder = await issueGrant(server, { roots: [DECISION], kinds: ['Prediction', 'Model'] });
  const file = await evidence(holder);
  const verdict = verifyEvidence(file, { key });
  expect(verdict).toMatchObject({
    outcome: 'INCOMPLETE',
    problems: [],
    asserted: [{ id: expect.stringMatching(/^surrogate:/), of: MODEL, reason: 'OUTSIDE_GRANT' }],
    // How many edges the model has is withheld with them, and how many values: some may be rows that they used.
    withheld: expect.arrayContaining([{ id: MODEL, values: null, edges: null }]),
    proved: { artifacts: 2, edges: 1 },
  });
  for (const hidden of [TRAINED, RUN, SECRET, id('Dataset', 'raw')])
    expect(saidBy(file)).not.toContain(hidden);
  // The same over GraphQL.
  const { evidence: answer } = await holder.ask('query ($of: ID!) { evidence(of: $of) { file entries } }', {
    of: DECISION,
  });
  expect(verifyEvidence(answer.file as string, { key }).outcome).toBe('INCOMPLETE');
});

test('an edge that names something hidden is withheld, though both its ends are visible', async () => {
  const holder = await issueGrant(server, { roots: [DECISION], depth: 3 });
  const file = await evidence(holder);
  expect(saidBy(file)).not.toContain(SECRET);
  const verdict = verifyEvidence(file, { key });
  expect(verdict).toMatchObject({ outcome: 'INCOMPLETE', problems: [] });
  expect(verdict.withheld).toContainEqual({ id: TRAINED, values: null, edges: null });
});

test('what is hidden has no evidence, no more than what is missing', async () => {
  const holder = await issueGrant(server, { roots: [DECISION], kinds: ['Prediction', 'Model'] });
  const answers = await Promise.all(
    [TRAINED, id('Dataset', 'none')].map(async (of) => {
      const response = await holder.get(`/v1/evidence?of=${encodeURIComponent(of)}`);
      return `${String(response.status)} ${(await response.text()).replaceAll(of, 'X')}`;
    }),
  );
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toMatch(/^404 /);
});

test('personal values are disclosed only if the grant says so', async () => {
  const [closed, open] = await Promise.all(
    [false, true].map(async (personal) =>
      saidBy(await evidence(await issueGrant(server, { roots: [DECISION], personal }))),
    ),
  );
  expect(closed).not.toContain('"ann"');
  expect(open).toContain('"ann"');
});

test('a masked value is asserted over both doors, and names nothing that is hidden', async () => {
  const rules = [
    { classifications: ['SPECIAL'], names: ['income'], mask: 'RANGE', width: 10 },
    // Long enough to cut the name of the hidden data set in two.
    { classifications: ['PERSONAL'], names: ['explanation'], mask: 'PARTIAL', first: SECRET.length - 2 },
  ];
  await server.ask(
    'mutation ($profile: RedactionProfileInput!) { declareRedactionProfile(profile: $profile) { digest } }',
    { profile: { name: 'supervisor', rules } },
  );
  const holder = await issueGrant(server, {
    roots: [DECISION],
    kinds: ['Prediction', 'Model'],
    personal: true,
    profile: { name: 'supervisor' },
  });
  const file = await evidence(holder);
  const { outcome, masked, proved } = verifyEvidence(file, { key });
  expect(outcome).toBe('INCOMPLETE');
  expect(masked.map(({ id: of, path, value, rules: by }) => ({ of, path, value, by }))).toEqual([
    { of: DECISION, path: 'value/explanation', value: '"(hidden) was used f***"', by: [1] },
    { of: DECISION, path: 'value/features/income', value: '{"value":"[10, 20)"}', by: [0] },
  ]);
  expect(saidBy(file)).not.toMatch(new RegExp(`${SECRET.slice(0, -2)}|"ann"|"value":12`));
  const { artifact: shown } = await holder.ask(
    'query ($id: ID!) { artifact(id: $id) { personal { path state value } } }',
    { id: DECISION },
  );
  expect(shown.personal).toContainEqual({
    path: 'value/explanation',
    state: 'MASKED',
    value: '(hidden) was used f***',
  });
  const { evidence: answer } = await holder.ask('query ($of: ID!) { evidence(of: $of) { file } }', {
    of: DECISION,
  });
  expect(verifyEvidence(answer.file as string, { key })).toMatchObject({ masked, proved });
});

test('evidence costs budget over REST, too', async () => {
  const holder = await issueGrant(server, { roots: [DECISION], budget: 1 });
  expect((await holder.get(`/v1/evidence?of=${encodeURIComponent(DECISION)}`)).status).toBe(429);
});

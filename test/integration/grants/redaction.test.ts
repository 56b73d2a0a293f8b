/** Redaction profiles: declared in versions, pinned by grants, and applied to every value that a grant shows. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { verifyEvidence } from '../../../src/verify/index.js';
import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant, type Holder } from '../../support/granted.js';
import { TestServer } from '../../support/server.js';

const DECISION = id('Prediction', 'p');
const TRACE = `query ($p: ID!) { trace(prediction: $p) {
  features { name state value contribution } rowState rows { dataset key }
  prediction { explanation subjects personal { path state value } }
} }`;
const DECLARE = `mutation ($profile: RedactionProfileInput!) {
  declareRedactionProfile(profile: $profile) { name digest rules declaredBy }
}`;

const RULES = [
  { classifications: ['PERSONAL'], names: ['income'], mask: 'RANGE', width: 1000 },
  { classifications: ['PERSONAL'], names: ['born'], mask: 'LEVEL', separator: '-', levels: 1 },
  { classifications: ['PERSONAL'], names: ['city'], mask: 'PARTIAL', first: 1 },
  { classifications: ['INTERNAL'], mask: 'KEEP' },
];

let server: TestServer;
let digest: string;

beforeAll(async () => {
  server = await TestServer.start();
  const definition = (name: string, classification?: string) =>
    artifact('FeatureDef', name, [], {
      fields: classification ? { classification: classification as 'PUBLIC' } : {},
    });
  await server.declareAll([
    artifact('Dataset', 'rows', [], {
      fields: {
        classification: 'PERSONAL',
        schema: [{ name: 'city', type: 'text' }],
        keys: { columns: ['city'], in: [['Amsterdam']] },
      },
    }),
    definition('income', 'PERSONAL'),
    definition('born', 'PERSONAL'),
    definition('health', 'SPECIAL'),
    definition('branch', 'INTERNAL'),
    definition('mystery'),
    artifact(
      'Model',
      'm',
      ['income', 'born', 'health', 'branch', 'mystery'].map((name) => edge('USES', id('FeatureDef', name))),
    ),
    prediction(
      'p',
      'm',
      [edge('SCORED', id('Dataset', 'rows'), { props: { role: 'INPUT' }, row: ['Amsterdam'] })],
      {
        subjects: ['ann'],
        fields: { explanation: 'because of ann' },
        features: {
          income: { value: 42_500, contribution: 0.5 },
          born: { value: '1984-05-03' },
          health: { value: 'E11.9' },
          branch: { value: 'north', contribution: 0.25 },
          mystery: { value: 1 },
        },
      },
    ),
  ]);
  const { declareRedactionProfile } = await server.ask(DECLARE, {
    profile: { name: 'regulator', rules: RULES },
  });
  ({ digest } = declareRedactionProfile as { digest: string });
});

afterAll(() => server.stop());

function masked(extra: object = {}): Promise<Holder> {
  return issueGrant(server, {
    roots: [DECISION],
    personal: true,
    profile: { name: 'regulator', digest },
    ...extra,
  });
}

/** What is recorded of the holder's reads, once all have their outcome. */
async function readsOf({ id: grant }: Holder): Promise<readonly { readonly state: string }[]> {
  const query = 'query ($by: String) { accessLog(by: $by) { items { door values state } } }';
  for (let tries = 0; tries < 500; tries++) {
    const { accessLog } = await server.ask(query, { by: `grant:${grant}` }, 'auditor');
    const { items } = accessLog as { items: readonly { readonly state: string }[] };
    if (items.every(({ state }) => state !== 'OPEN')) return items;
  }
  throw new Error('a read under the grant has no outcome yet');
}

describe('values under a profile', () => {
  test('are kept, generalised, cut or dropped by what they are classified as', async () => {
    const { trace } = await (await masked()).ask(TRACE, { p: DECISION });
    const byName = Object.fromEntries(
      trace.features.map(({ name, ...feature }: { name: string }) => [name, feature]),
    );
    expect(byName).toEqual({
      // What a value contributed tells of the value.
      income: { state: 'MASKED', value: '[42000, 43000)', contribution: null },
      born: { state: 'MASKED', value: '1984', contribution: null },
      health: { state: 'WITHHELD', value: null, contribution: null },
      branch: { state: 'OPEN', value: 'north', contribution: 0.25 },
      // Nobody classified it.
      mystery: { state: 'WITHHELD', value: null, contribution: null },
    });
    expect(trace).toMatchObject({
      rowState: 'MASKED',
      rows: [],
      prediction: { explanation: null, subjects: [] },
    });
    expect(trace.prediction.personal).toContainEqual({
      path: `row/SCORED/${id('Dataset', 'rows')}`,
      state: 'MASKED',
      value: ['A***'],
    });
    expect(JSON.stringify(trace)).not.toMatch(/ann|Amsterdam|42500|E11/);
  });

  test('are masked in what a data set says of its rows, too', async () => {
    const { artifact: rows } = await (
      await masked()
    ).ask('query ($id: ID!) { artifact(id: $id) { fields } }', { id: id('Dataset', 'rows') });
    expect(rows.fields.keys).toEqual({ columns: ['city'] });
  });

  test('in evidence are withheld where less than all is kept, and the rest verifies', async () => {
    const { checkpoint } = await server.ask('{ checkpoint { verifierKey } }');
    const holder = await masked();
    const response = await holder.get(`/v1/evidence?of=${encodeURIComponent(DECISION)}`);
    const file = await response.text();
    const verdict = verifyEvidence(file, { key: checkpoint.verifierKey as string });
    expect(verdict).toMatchObject({ outcome: 'VERIFIED', problems: [] });
    expect(verdict.withheld).toContainEqual({ id: DECISION, values: 7, edges: 0 });
    const by = (path: string, value: string, rule: number) => ({
      ...{ id: DECISION, path, value, profile: digest, rules: [rule] },
    });
    // What other doors show as masked, here as the server's word.
    expect(verdict.masked.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      by(`row/SCORED/${id('Dataset', 'rows')}`, '["A***"]', 2),
      by('value/features/born', '{"value":"1984"}', 1),
      by('value/features/income', '{"value":"[42000, 43000)"}', 0),
    ]);
    const said = (JSON.parse(file) as { entries: { disclosures: string[] }[] }).entries
      .flatMap(({ disclosures }) => disclosures)
      .map((text) => Buffer.from(text, 'base64url').toString('utf8'))
      .join('\n');
    expect(said).toContain('north');
    expect(said).not.toMatch(/"ann"|42500|E11|1984/);
    // A masked value of a person is one that was looked at, as is the one that was kept.
    await expect(readsOf(holder)).resolves.toMatchObject([{ door: 'evidence', values: 4 }]);
  });

  test('in evidence without any masked value leave a file of the first version', async () => {
    const closed = await masked({ personal: false, roots: [id('Model', 'm')] });
    const response = await closed.get(`/v1/evidence?of=${encodeURIComponent(id('Model', 'm'))}`);
    const file = (await response.json()) as Record<string, unknown>;
    expect([file.format, 'masking' in file]).toEqual(['pedigree/evidence/1', false]);
  });

  test('stay closed where the grant opens no personal values, and open where it has no profile', async () => {
    const [closed, open] = await Promise.all(
      [{ personal: false }, { profile: null }].map(
        async (extra) => await (await masked(extra)).graphql(TRACE, { p: DECISION }),
      ),
    );
    expect(closed?.errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(open?.data)).toMatch(/42500/);
  });
});

describe('versions', () => {
  test('the same again is a no-op; other rules are a new version; an old one can be neither pinned nor declared', async () => {
    const again = await server.ask(DECLARE, { profile: { name: 'regulator', rules: RULES } });
    expect(again.declareRedactionProfile.digest).toBe(digest);
    const other = { name: 'second', rules: RULES };
    const first = (await server.ask(DECLARE, { profile: other })).declareRedactionProfile;
    const next = (await server.ask(DECLARE, { profile: { ...other, rules: RULES.slice(1) } }))
      .declareRedactionProfile;
    expect(next.digest).not.toBe(first.digest);
    await expect(masked({ profile: { name: 'second', digest: first.digest } })).rejects.toThrow(
      'PROFILE_SUPERSEDED',
    );
    await expect(server.ask(DECLARE, { profile: other })).rejects.toThrow('PROFILE_SUPERSEDED');
    const { id: grant } = await masked({ profile: { name: 'second' } });
    const { grant: issued } = await server.ask(
      'query ($id: ID!) { grant(id: $id) { profile { name digest } } }',
      {
        id: grant,
      },
    );
    expect(issued.profile).toEqual({ name: 'second', digest: next.digest });
    const { redactionProfiles } = await server.ask('{ redactionProfiles { name digest } }');
    expect(redactionProfiles).toEqual([
      { name: 'second', digest: next.digest },
      { name: 'second', digest: first.digest },
      { name: 'regulator', digest },
    ]);
  });

  test('a grant with a profile that nobody declared is refused', async () => {
    await expect(masked({ profile: { name: 'nobody' } })).rejects.toThrow('NOT_FOUND');
  });
});

/** Who gets in, which role may do what, and that every field of the schema has a decision. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { isInterfaceType, isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';

import { compilePolicy, isGranted } from '../../../src/access/policy.js';
import { ROLE_NAMES, ROLES, type Role, type Scope } from '../../../src/access/scopes.js';
import { buildOpenSchema } from '../../../src/graphql/schema.js';
import { testDriver } from '../../support/database.js';
import { artifact, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const ROOTS: Readonly<Record<string, readonly [query: string, ...needsOneOf: Scope[]]>> = {
  'Query.artifact': [`{ artifact(id: "${id('Dataset', 'a')}") { id } }`, 'READ_LINEAGE'],
  'Query.search': ['{ search(text: "ab") { asOf } }', 'READ_LINEAGE'],
  'Query.attestations': ['{ attestations { asOf } }', 'READ_LINEAGE'],
  'Query.report': [`{ report(kind: TECHNICAL_FILE, of: "${id('Model', 'm')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.subjectReport': ['{ subjectReport(subject: "x") { asOf } }', 'READ_ACCESS_LOG', 'ERASE_SUBJECTS'],
  'Query.erasureReport': ['{ erasureReport(id: "none") { asOf } }', 'ERASE_SUBJECTS'],
  'Query.custody': [`{ custody(of: "${id('Dataset', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.approvalReview': ['{ approvalReview { asOf } }', 'READ_LINEAGE'],
  'Query.retirementCheck': [`{ retirementCheck(model: "${id('Model', 'm')}") { asOf } }`, 'READ_LINEAGE'],
  'Mutation.retireModel': [
    `mutation { retireModel(model: "${id('Model', 'm')}", reason: "") { id } }`,
    'WRITE_LINEAGE',
  ],
  'Query.servedAt': ['{ servedAt(endpoint: "e", time: "2026-01-01T00:00:00Z") { asOf } }', 'READ_LINEAGE'],
  'Query.dashboard': ['{ dashboard { completeness } }', 'READ_LINEAGE'],
  'Query.lineage': [`{ lineage(of: "${id('Dataset', 'a')}", direction: UPSTREAM) { asOf } }`, 'READ_LINEAGE'],
  'Query.trace': [`{ trace(prediction: "${id('Prediction', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.accessLog': ['{ accessLog { asOf } }', 'READ_ACCESS_LOG'],
  'Query.subjectAccesses': [
    '{ subjectAccesses(subject: "nobody") { asOf } }',
    'READ_ACCESS_LOG',
    'ERASE_SUBJECTS',
  ],
  'Query.evidence': [`{ evidence(of: "${id('Dataset', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.log': ['{ log { treeSize } }', 'READ_LINEAGE'],
  'Query.checkpoint': ['{ checkpoint { note } }', 'READ_LINEAGE'],
  'Query.inclusionProof': ['{ inclusionProof(leafIndex: 0) { hashes } }', 'READ_LINEAGE'],
  'Query.consistencyProof': ['{ consistencyProof(from: 1) { hashes } }', 'READ_LINEAGE'],
  'Query.datasets': ['{ datasets { id } }', 'READ_LINEAGE'],
  'Query.transforms': ['{ transforms { id } }', 'READ_LINEAGE'],
  'Query.featureDefs': ['{ featureDefs { id } }', 'READ_LINEAGE'],
  'Query.models': ['{ models { id } }', 'READ_LINEAGE'],
  'Query.predictions': ['{ predictions { id } }', 'READ_LINEAGE'],
  'Query.lineageGroups': [
    `{ lineageGroups(of: "${id('Dataset', 'a')}", direction: UPSTREAM) { asOf } }`,
    'READ_LINEAGE',
  ],
  'Query.paths': [
    `{ paths(from: "${id('Dataset', 'a')}", to: "${id('Dataset', 'a')}") { asOf } }`,
    'READ_LINEAGE',
  ],
  'Query.diff': [`{ diff(a: "${id('Dataset', 'a')}", b: "${id('Dataset', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.impact': [`{ impact(of: "${id('Dataset', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.impactedDecisions': [`{ impactedDecisions(of: "${id('Dataset', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.contracts': [`{ contracts(of: "${id('Dataset', 'a')}") { asOf } }`, 'READ_LINEAGE'],
  'Query.schemaChange': [
    `{ schemaChange(from: "${id('Dataset', 'a')}", to: "${id('Dataset', 'a')}") { asOf } }`,
    'READ_LINEAGE',
  ],
  'Query.dataDrift': [
    `{ dataDrift(of: "${id('Dataset', 'a')}", baseline: "${id('Dataset', 'a')}") { asOf } }`,
    'READ_LINEAGE',
  ],
  'Query.watch': ['{ watch { asOf } }', 'READ_LINEAGE'],
  'Query.columnLineage': [
    `{ columnLineage(of: { id: "${id('Dataset', 'a')}", column: "x" }, direction: UPSTREAM) { asOf } }`,
    'READ_LINEAGE',
  ],
  'Query.rootCause': [
    `{ rootCause(suspects: ["${id('Prediction', 'a')}"], controls: ["${id('Prediction', 'b')}"]) { asOf } }`,
    'READ_LINEAGE',
  ],
  'Query.grants': ['{ grants { hasNextPage } }', 'GRANT_ACCESS'],
  'Query.grant': ['{ grant(id: "none") { id } }', 'GRANT_ACCESS'],
  'Query.redactionProfiles': ['{ redactionProfiles { name } }', 'GRANT_ACCESS'],
  'Mutation.declareRedactionProfile': [
    'mutation { declareRedactionProfile(profile: { name: "none", rules: [] }) { name } }',
    'GRANT_ACCESS',
  ],
  'Mutation.issueGrant': [
    'mutation { issueGrant(input: { holder: "x", purpose: "y", roots: [], expiresAt: "2026-01-01T00:00:00Z" }) { token } }',
    'GRANT_ACCESS',
  ],
  'Mutation.revokeGrant': ['mutation { revokeGrant(id: "none", reason: "x") { id } }', 'GRANT_ACCESS'],
  'Query.erasureCertificate': ['{ erasureCertificate(id: "none") { id } }', 'ERASE_SUBJECTS'],
  'Query.retentionRules': ['{ retentionRules { version } }', 'ERASE_SUBJECTS'],
  'Query.retentionPreview': ['{ retentionPreview { version } }', 'ERASE_SUBJECTS'],
  'Query.restrictedValues': [`{ restrictedValues(id: "${id('Dataset', 'a')}") { path } }`, 'READ_RESTRICTED'],
  'Mutation.runRetention': ['mutation { runRetention(rules: "00") { version } }', 'ERASE_SUBJECTS'],
  'Mutation.eraseSubject': [
    'mutation { eraseSubject(subject: "nobody", basis: "x") { id } }',
    'ERASE_SUBJECTS',
  ],
  'Mutation.declare': ['mutation { declare(items: [{}]) { index } }', 'WRITE_LINEAGE'],
};

const driver = testDriver();
let server: TestServer;
let schema: GraphQLSchema;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([artifact('Dataset', 'a')]);
  schema = await buildOpenSchema(driver);
});

afterAll(async () => {
  await server.stop();
  await driver.close();
});

describe('the policy', () => {
  test('has a decision for every field of every type', () => {
    const policy = compilePolicy(schema);
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type),
    );
    for (const type of types as Extract<(typeof types)[number], { getFields(): object }>[]) {
      for (const field of Object.keys(type.getFields())) {
        const requirement = policy.get(type.name)?.get(field);
        expect([`${type.name}.${field}`, requirement?.length ?? 0]).toEqual([
          `${type.name}.${field}`,
          expect.any(Number),
        ]);
        expect(requirement!.length).toBeGreaterThan(0);
        expect(isGranted(new Set(), requirement!)).toBe(false);
      }
    }
  });

  test('the table below knows every root', () => {
    const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
      Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
    );
    expect(roots.toSorted()).toEqual(Object.keys(ROOTS).toSorted());
  });

  const cases = ROLE_NAMES.flatMap((role) =>
    Object.entries(ROOTS).map(([root, [query, ...needs]]) => ({ role, root, query, needs })),
  );

  test.each(cases)('$role: $root', async ({ role, root, query, needs }) => {
    const { errors } = await server.graphql(query, {}, role);
    const allowed = needs.some((scope) => (ROLES[role] as readonly Scope[]).includes(scope));
    const messages = errors.map(({ message }) => message);
    const [type, field] = root.split('.');
    const unknown =
      type === 'Mutation' && !(ROLES[role] as readonly Scope[]).includes('WRITE_LINEAGE')
        ? 'the roles of your token may run no mutation'
        : expect.stringContaining(`Cannot query field "${field!}" on type "${type!}".`);
    if (allowed) expect(messages.join()).not.toMatch(/Cannot query|may run no|scope/);
    else expect(messages).toEqual([unknown]);
  });
});

describe('nobody is anonymous', () => {
  async function status(
    authorization?: string,
    query = '{ __schema { queryType { name } } }',
  ): Promise<number> {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      body: JSON.stringify({ query }),
    });
    if (response.status === 401) {
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="pedigree"');
      expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    return response.status;
  }

  test('introspection, queries and syntax errors alike need a token', async () => {
    expect(await status()).toBe(401);
    expect(await status(undefined, '{ nonsense')).toBe(401);
    expect(await status('Basic dXNlcjpwYXNz')).toBe(401);
    expect(await status(`Bearer ${await server.token('reader')}`)).toBe(200);
  });

  test('expired, forged, unsigned and foreign tokens are refused', async () => {
    const foreign = generateKeyPairSync('ed25519').privateKey;
    const claims = { roles: ['admin'], namespaces: ['*'] };
    const sign = (issuer: string, audience: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA' })
        .setSubject('x')
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime('1h')
        .sign(foreign);
    const valid = await server.token('reader');
    const [header, payload, signature] = valid.split('.') as [string, string, string];
    const raised = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('reader', 'admin'),
    ).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const tokens = [
      await server.token('admin', { lifetime: -60 }),
      await sign('pedigree-local', 'pedigree'),
      [header, raised, signature].join('.'),
      [none, payload, ''].join('.'),
      `${valid}x`,
    ];
    for (const token of tokens) expect(await status(`Bearer ${token}`)).toBe(401);
  });
});

describe('generated reads', () => {
  test.each(['0', '-1', '1001', '1.5', 'null', '"10"'])('limit %s is refused', async (limit) => {
    const { data, errors } = await server.graphql(`{ datasets(limit: ${limit}) { id } }`);
    expect([data, errors.length > 0]).toEqual([null, true]);
    const variable = await server.graphql('query ($n: PageSize!) { datasets(limit: $n) { id } }', {
      n: JSON.parse(limit) as unknown,
    });
    expect(variable.data).toBeNull();
  });

  test('without a limit a page has 100, also one hop away', async () => {
    await server.declareAll([
      ...Array.from({ length: 130 }, (_, i) =>
        artifact('Transform', `t${i}`, [{ type: 'READ', to: id('Dataset', 'a') }]),
      ),
    ]);
    const data = await server.ask(
      `{ transforms { id } datasets(where: { id: { eq: "${id('Dataset', 'a')}" } }) { readBy { id } } }`,
    );
    expect([data.transforms.length, data.datasets[0].readBy.length]).toEqual([100, 100]);
    const nested = await server.graphql('{ datasets { readBy(limit: 0) { id } } }');
    expect(nested.data).toBeNull();
  });

  test('there is nothing to write with, and nothing that aggregates', () => {
    expect(Object.keys(schema.getMutationType()!.getFields())).toEqual([
      'declare',
      'eraseSubject',
      'declareRedactionProfile',
      'issueGrant',
      'revokeGrant',
      'runRetention',
      'retireModel',
    ]);
    const names = Object.values(schema.getTypeMap()).flatMap((type) => [
      type.name,
      ...('getFields' in type ? Object.keys(type.getFields()) : []),
    ]);
    expect(names.filter((name) => /aggregat/i.test(name))).toEqual([]);
    expect(names.filter((name) => name.endsWith('Connection'))).toEqual([
      'scoredConnection',
      'PredictionScoredConnection',
    ]);
  });

  test('protected values can be neither filtered nor sorted by', async () => {
    for (const args of [
      'where: { sealed: { eq: "x" } }',
      'where: { values: { contains: "x" } }',
      'sort: [{ sealed: ASC }]',
      'where: { by: { eq: "x" } }',
    ]) {
      const { errors } = await server.graphql(`{ predictions(${args}) { id } }`);
      expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });
});

describe('roles and scopes', () => {
  test.each<[Role, readonly Scope[]]>([
    ['reader', ['READ_LINEAGE']],
    ['writer', ['READ_LINEAGE', 'WRITE_LINEAGE']],
    ['governance', ['READ_LINEAGE', 'WRITE_LINEAGE', 'ERASE_SUBJECTS', 'GRANT_ACCESS']],
    ['auditor', ['READ_LINEAGE', 'READ_PERSONAL', 'READ_RESTRICTED', 'READ_ACCESS_LOG', 'READ_LOG']],
    [
      'admin',
      [
        ...(['READ_LINEAGE', 'READ_PERSONAL', 'READ_RESTRICTED', 'READ_ACCESS_LOG', 'READ_LOG'] as const),
        ...(['WRITE_LINEAGE', 'ERASE_SUBJECTS', 'GRANT_ACCESS'] as const),
      ],
    ],
  ])('%s', (role, scopes) => {
    expect(ROLES[role]).toEqual(scopes);
  });
});

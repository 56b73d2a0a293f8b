/**
 * Every field of the schema, for every role and for nobody, at every door, against tables that a person has written. A field
 * without a line, a line without a field, and any answer that differs fails.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getNamedType, isObjectType, isLeafType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

import { buildOpenSchema } from '../../../src/graphql/schema.js';
import { ACTORS, tokensOf, type Actor } from '../../support/actors.js';
import { testDriver } from '../../support/database.js';
import { id } from '../../support/declarations.js';
import { decisionOf, FEATURES } from '../../support/delivery-story.js';
import { ERASED, everything } from '../../support/everything.js';
import { issueGrant, revokeGrant } from '../../support/granted.js';
import { readFields } from '../../support/policy-matrix.js';
import { objectsAt, pathsFrom, selectAt, type SchemaPath } from '../../support/schema-paths.js';
import { TestServer, type Answer } from '../../support/server.js';
import { SUBJECT } from '../../support/storyline.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const LOAN = id('Prediction', 'loan');
/** What the grants open. */
const ROOTS = [
  LOAN,
  id('Dataset', 'clean'),
  id('Dataset', 'columns'),
  id('Model', 'compared-one'),
  id('Model', 'compared-two'),
  FEATURES,
];
const INPUT = `{ holder: "x", purpose: "y", roots: ["${LOAN}"], expiresAt: "2026-03-02T00:00:00Z" }`;
const ARGS: Record<string, string> = {
  'Query.artifact': `(id: "${LOAN}")`,
  'Query.trace': `(prediction: "${LOAN}")`,
  'Query.lineage': `(of: "${id('Dataset', 'clean')}", direction: DOWNSTREAM)`,
  'Query.lineageGroups': `(of: "${id('Dataset', 'clean')}", direction: DOWNSTREAM)`,
  'Query.evidence': `(of: "${LOAN}")`,
  'Query.impact': `(of: "${id('Dataset', 'clean')}")`,
  'Query.impactedDecisions': `(of: "${FEATURES}")`,
  'Query.paths': `(from: "${LOAN}", to: "${id('Dataset', 'part-a')}")`,
  'Query.diff': `(a: "${id('Model', 'compared-one')}", b: "${id('Model', 'compared-two')}")`,
  'Query.columnLineage': `(of: { id: "${id('Dataset', 'columns')}", column: "dti" }, direction: UPSTREAM)`,
  'Query.rootCause': `(suspects: [${rows(80, 120)}], controls: [${rows(0, 80)}])`,
  'Query.inclusionProof': `(of: "${LOAN}")`,
  'Query.consistencyProof': '(from: 1)',
  'Query.search': '(text: "clean")',
  'Query.report': `(kind: DECISION_FOR_AUTHORITY, of: "${LOAN}")`,
  'Query.custody': `(of: "${id('Dataset', 'columns')}")`,
  'Query.retirementCheck': `(model: "${id('Model', 'credit')}")`,
  'Mutation.retireModel': `(model: "${id('Model', 'compared-one')}", reason: "old")`,
  'Query.contracts': `(of: "${id('Dataset', 'contracted')}")`,
  'Query.dataDrift': `(of: "dataset:test/contracted@2", baseline: "${id('Dataset', 'contracted')}")`,
  'Query.schemaChange': `(from: "${id('Dataset', 'contracted')}", to: "dataset:test/contracted@2")`,
  'Query.servedAt': '(endpoint: "/score", time: "2030-01-01T00:00:00Z")',
  'Query.subjectAccesses': `(subject: "${SUBJECT}")`,
  'Query.subjectReport': `(subject: "${SUBJECT}")`,
  'Query.predictions': `(where: { id: { eq: "${LOAN}" } })`,
  'Mutation.declare': '(items: [{}])',
  'Mutation.revokeGrant': '(id: "nothing", reason: "none")',
  'Mutation.issueGrant': `(input: ${INPUT})`,
  'Mutation.declareRedactionProfile':
    '(profile: { name: "regulator", rules: [{ classifications: [INTERNAL], mask: KEEP }] })',
  'Mutation.eraseSubject': `(subject: "${ERASED}", basis: "a request")`,
  'Mutation.runRetention': '(rules: "of another day")',
  'Query.restrictedValues': `(id: "${LOAN}")`,
};

function rows(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => `"${decisionOf(from + i)}"`).join(', ');
}

/** A duty that ends with the moment in which a decision is recorded. */
const RULES = {
  format: 'pedigree-retention/1',
  version: '1',
  rules: [{ id: 'books', kinds: ['Prediction'], keepFor: 'P0D', basis: 'law', purpose: 'audit' }],
};

const EXPECTED = readFields('graphql.txt');
const folder = temporaryFolder();
const driver = testDriver();
let server: TestServer;
let tokens: ReadonlyMap<Actor, string>;
let schema: GraphQLSchema;
let paths: Map<string, SchemaPath[]>;

beforeAll(async () => {
  schema = await buildOpenSchema(driver);
  paths = pathsFrom(schema, schema.getQueryType()!, 12);
  for (const [type, ways] of pathsFrom(schema, schema.getMutationType()!, 2)) {
    if (!paths.has(type)) paths.set(type, ways);
  }
  const rules = join(folder, 'rules.json');
  writeFileSync(rules, JSON.stringify(RULES));
  server = await TestServer.start({ env: { PEDIGREE_READ_BUDGET: '0', PEDIGREE_RETENTION: rules } });
  await server.declareAll(everything());
  await server.ask(`{ trace(prediction: "${LOAN}") { features { value } } }`, {}, 'auditor');
  const erase = `mutation { eraseSubject${ARGS['Mutation.eraseSubject']!} { id } }`;
  // Restricted while the duty lasts, so that the certificate has one to show; erased once it has ended.
  server.clock.now -= 1;
  await server.ask(erase, {}, 'governance');
  server.clock.now += 1;
  const { eraseSubject } = await server.ask(erase, {}, 'governance');
  const { declareRedactionProfile: profile } = await server.ask(
    `mutation { declareRedactionProfile${ARGS['Mutation.declareRedactionProfile']!} { name digest } }`,
    {},
    'governance',
  );
  const { id: over } = await issueGrant(server, { roots: [LOAN], personal: true, profile });
  await revokeGrant(server, over);
  ARGS['Query.grant'] = `(id: "${over}")`;
  tokens = await tokensOf(server, ROOTS);
  ARGS['Query.erasureCertificate'] = `(id: "${eraseSubject.id as string}")`;
  ARGS['Query.erasureReport'] = ARGS['Query.erasureCertificate'];
}, 120_000);

afterAll(async () => {
  await server.stop();
  await driver.close();
});

function operationOf(path: SchemaPath, type: string): 'mutation' | 'query' {
  return (path.fields[0]?.type ?? type) === 'Mutation' ? 'mutation' : 'query';
}

function ask(type: string, path: SchemaPath, selection: string, actor: Actor): Promise<Answer> {
  return server.graphql(
    selectAt(operationOf(path, type), path, selection, ARGS),
    {},
    'reader',
    tokens.get(actor),
  );
}

/** What selects a field, with as little as can be of what is below it: the library fetches nothing for `__typename` alone. */
function selectionOf(type: string, name: string, actor: Actor): string {
  const returned = getNamedType((schema.getType(type) as GraphQLObjectType).getFields()[name]!.type);
  const args = ARGS[`${type}.${name}`] ?? '';
  return isLeafType(returned) ? name : `${name}${args} { ${anyLeaf(returned.name, actor)} }`;
}

function anyLeaf(type: string, actor: Actor): string {
  const fields = Object.values((schema.getType(type) as GraphQLObjectType).getFields());
  const leaf = fields.find(
    (field) => isLeafType(getNamedType(field.type)) && may(actor, `${type}.${field.name}`),
  );
  return leaf?.name ?? '__typename';
}

function may(actor: Actor, key: string): boolean {
  return EXPECTED.get(key)?.has(actor) ?? false;
}

function isOpen(actor: Actor, { fields }: SchemaPath): boolean {
  return fields.every(({ type, field }) => may(actor, `${type}.${field}`));
}

function fieldsOf(type: string): string[] {
  return [...EXPECTED.keys()].flatMap((key) =>
    key.startsWith(`${type}.`) ? [key.slice(type.length + 1)] : [],
  );
}

/** Types with fields, but for those that only subscriptions reach. */
const TYPES = [...new Set([...EXPECTED.keys()].map((key) => key.split('.')[0]!))].filter(
  (type) => !['Subscription', 'LineageChange', 'AttestedChange'].includes(type),
);

test('the table has every field of the schema, and no other', () => {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
  expect([...EXPECTED.keys()].toSorted()).toEqual(fields.toSorted());
});

describe.each(TYPES)('%s', (type) => {
  test('has an object to show', async () => {
    const found: number[] = [];
    for (const path of paths.get(type) ?? []) {
      // What stands for something hidden is there for holders of grants only.
      for (const actor of ['admin', 'holder'] as const) {
        const { data } = await ask(type, path, anyLeaf(type, actor), actor);
        found.push(objectsAt(data, path).length);
        if (found.at(-1)! > 0) return;
      }
    }
    expect(found).toEqual('one way that leads to an object');
  });

  test.each(ACTORS)('gives a %s what the table says', async (actor) => {
    const allowed = fieldsOf(type).filter((field) => may(actor, `${type}.${field}`));
    const ways = (paths.get(type) ?? []).filter((path) => isOpen(actor, path));
    if (allowed.length === 0 || ways.length === 0) return;
    const reads = allowed.filter((field) => type !== 'Mutation' || field === 'declare');
    // Everything at once is more than a query may cost at the roots.
    const batches = ['Query', 'Mutation'].includes(type) ? reads.map((field) => [field]) : [reads];
    for (const batch of batches) {
      const selection = batch.map((field) => selectionOf(type, field, actor)).join(' ');
      for (const path of ways) {
        const { errors, data } = await ask(type, path, selection, actor);
        expect([path.fields, errors]).toEqual([path.fields, []]);
        const objects = objectsAt(data, path);
        for (const object of objects) expect(Object.keys(object)).toEqual(expect.arrayContaining(batch));
        if (objects.length > 0) break;
      }
    }
  });

  test.each(ACTORS)('hides the rest from a %s', async (actor) => {
    const hidden = fieldsOf(type).filter((field) => !may(actor, `${type}.${field}`));
    const path = (paths.get(type) ?? []).find((each) => isOpen(actor, each)) ?? paths.get(type)![0]!;
    for (const field of hidden) {
      const { status, data, errors } = await ask(type, path, selectionOf(type, field, actor), actor);
      expect([status, data]).toEqual([400, null]);
      const steps = [...path.fields, { type, field }];
      const first = steps.find((step) => !may(actor, `${step.type}.${step.field}`))!;
      const expected =
        first.type === 'Mutation' && !may(actor, 'Mutation.declare')
          ? 'the roles of your token may run no mutation'
          : `Cannot query field "${first.field}" on type "${first.type}".`;
      expect(errors.map(({ message }) => message.replace(/ Did you mean .*/, ''))).toEqual([expected]);
      for (const name of proposals(errors[0]!.message))
        expect([name, may(actor, `${first.type}.${name}`)]).toEqual([name, true]);
    }
  });

  test('gives nobody anything without a token', async () => {
    const path = paths.get(type)![0]!;
    const selection = fieldsOf(type)
      .map((field) => selectionOf(type, field, 'admin'))
      .join(' ');
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: selectAt(operationOf(path, type), path, selection, ARGS) }),
    });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });
});

/** `Did you mean "a" or "b"?` → a, b */
function proposals(message: string): string[] {
  const [, said = ''] = message.split('Did you mean ');
  return [...said.matchAll(/"(\w+)"/g)].map(([, name]) => name!);
}

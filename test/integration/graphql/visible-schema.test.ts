/** What each role can learn of the schema: by introspection, by guessing, and from what an error proposes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';

import { compilePolicy, isGranted, type Policy } from '../../../src/access/policy.js';
import { ROLE_NAMES, ROLES, type Role, type Scope } from '../../../src/access/scopes.js';
import { buildOpenSchema } from '../../../src/graphql/schema.js';
import { testDriver } from '../../support/database.js';
import { artifact } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

/** Names that are words, too. */
const WORDS = ['Access', 'grant', 'Grant'];

const driver = testDriver();
let server: TestServer;
let whole: GraphQLSchema;
let policy: Policy;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([artifact('Dataset', 'watched')]);
  whole = await buildOpenSchema(driver);
  policy = compilePolicy(whole);
});

afterAll(async () => {
  await server.stop();
  await driver.close();
});

async function introspected(role: Role): Promise<GraphQLSchema> {
  const query = getIntrospectionQuery({ inputValueDeprecation: true });
  return buildClientSchema((await server.ask(query, {}, role)) as IntrospectionQuery);
}

/** `Type.field` of objects, inputs and enums. */
function names(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isIntrospectionType(type)) return [];
    if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
    const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    return hasFields ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [];
  });
}

/** Names of the types of a type's fields and of their arguments. */
function usedBy(type: GraphQLNamedType): string[] {
  if (isIntrospectionType(type)) return [];
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => getNamedType(field.type).name);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    [field.type, ...field.args.map((arg) => arg.type)].map((each) => getNamedType(each).name),
  );
}

function grantedFields(role: Role): string[] {
  const scopes = new Set<Scope>(ROLES[role]);
  return [...policy].flatMap(([type, fields]) =>
    [...fields].flatMap(([field, needs]) => (isGranted(scopes, needs) ? [`${type}.${field}`] : [])),
  );
}

describe.each(ROLE_NAMES)('a %s', (role) => {
  test('is shown what it is granted, and nothing else', async () => {
    const shown = await introspected(role);
    const isComposite = (name: string): boolean => policy.has(name.split('.')[0]!);
    expect(names(shown).filter(isComposite).toSorted()).toEqual(grantedFields(role).toSorted());
  });

  test('is shown no input and no enum that only hidden fields use', async () => {
    const shown = await introspected(role);
    const used = new Set(Object.values(shown.getTypeMap()).flatMap(usedBy));
    const roots = ['Query', 'Mutation', 'Subscription', 'Boolean', 'String'];
    const unused = Object.values(shown.getTypeMap())
      .filter((type) => !isIntrospectionType(type))
      .map(({ name }) => name)
      .filter((name) => !used.has(name) && !roots.includes(name));
    expect(unused).toEqual([]);
  });

  test('reads no name of a hidden type or way in in any description', async () => {
    const text = JSON.stringify(await server.ask(getIntrospectionQuery(), {}, role));
    const shown = await introspected(role);
    const hiddenTypes = Object.keys(whole.getTypeMap()).filter((name) => shown.getType(name) === undefined);
    const hiddenRoots = [...policy]
      .filter(([type]) => /^(Query|Mutation|Subscription)$/.test(type))
      .flatMap(([type, fields]) => [...fields.keys()].map((field) => `${type}.${field}`))
      .filter((name) => !names(shown).includes(name))
      .map((name) => name.split('.')[1]!);
    const told = [...hiddenTypes, ...hiddenRoots].filter(
      (name) => !WORDS.includes(name) && new RegExp(`\\b${name}\\b`).test(text),
    );
    expect(told).toEqual([]);
  });
});

describe('a field that is hidden', () => {
  const query = (field: string) => `{ trace(prediction: "prediction:test/x@1") { features { ${field} } } }`;

  test('is refused like one that does not exist, as text, status and headers', async () => {
    const ask = async (field: string) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${await server.token('reader')}`,
        },
        body: JSON.stringify({ query: query(field) }),
      });
      const headers = [...response.headers].filter(([name]) => !['date', 'etag'].includes(name));
      return { status: response.status, headers, text: (await response.text()).replaceAll(field, 'FIELD') };
    };
    expect(await ask('contribution')).toEqual(await ask('zzntributionzz'.slice(0, 12)));
  });

  test.each([
    ['a near miss of it', query('valu'), 'TracedFeature'],
    ['a near miss of a hidden way in', '{ acessLog { asOf } }', 'Query'],
    ['a fragment on a hidden type', '{ ... on AccessPage { asOf } }', 'AccessPage'],
    ['a near miss of a hidden type', 'query ($x: Eras) { log { treeSize } }', 'Eras'],
  ])('is not proposed for %s', async (_what, text, at) => {
    const { status, errors } = await server.graphql(text, {}, 'reader');
    const said = errors.map(({ message }) => message).join(' ');
    expect(status).toBe(400);
    expect(said).toContain(at);
    expect(said).not.toMatch(/value"|accessLog|erasureCertificate|AccessState|ErasedItem|ErasureEntry/);
  });

  test('is proposed to whom it is granted', async () => {
    const { errors } = await server.graphql('{ acessLog { asOf } }', {}, 'auditor');
    expect(errors[0]?.message).toContain('Did you mean "accessLog"');
  });

  test('stays hidden when another role has just asked the same document', async () => {
    const text = '{ accessLog(first: 1) { asOf } }';
    expect((await server.graphql(text, {}, 'auditor')).errors).toEqual([]);
    expect((await server.graphql(text, {}, 'reader')).status).toBe(400);
    expect((await server.graphql(text, {}, 'auditor')).errors).toEqual([]);
  });

  test.each(['mutation { eraseSubject(subject: "x", basis: "y") { id } }', 'mutation { nonsense }'])(
    'is as unknown as anything where all of its kind are hidden: %s',
    async (text) => {
      const { status, data, errors } = await server.graphql(text, {}, 'reader');
      expect([status, data]).toEqual([400, null]);
      expect(errors).toMatchObject([
        {
          message: 'the roles of your token may run no mutation',
          extensions: { code: 'FORBIDDEN' },
        },
      ]);
    },
  );

  test('is not proposed on the stream either', async () => {
    const ask = async (field: string) => {
      const response = await fetch(`${server.url}/graphql/stream`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Accept: 'text/event-stream',
          Authorization: `Bearer ${await server.token('reader')}`,
        },
        body: JSON.stringify({
          query: `subscription { attested(of: "dataset:test/watched@1") { attestation { personal { ${field} } } } }`,
        }),
        signal: AbortSignal.timeout(10_000),
      });
      return response.text();
    };
    expect((await ask('value')).replaceAll('value', 'FIELD')).toBe(
      (await ask('zzzzz')).replaceAll('zzzzz', 'FIELD'),
    );
  });
});

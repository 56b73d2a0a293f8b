/** A schema in which a hidden field can be filtered and sorted by, as the library would make it from a careless SDL. */
import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, parse, validate, type GraphQLError } from 'graphql';

import { refuseProtectedInputs } from '../../../src/access/argument-policy.js';
import { compilePolicy } from '../../../src/access/policy.js';
import type { Principal } from '../../../src/access/principal.js';
import type { Scope } from '../../../src/access/scopes.js';
import { argumentGuard } from '../../../src/graphql/argument-guard.js';

type Resolved = GraphQLRequestContextDidResolveOperation<{ principal: Principal }>;

const schema = buildSchema(`
    directive @access(requires: [String!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
    type Query { people(where: PersonWhere, sort: [PersonSort!], nested: Wrapper): [Person!]! }
    type Person @access(requires: ["READ_LINEAGE"]) { id: ID! income: Int @access(requires: ["READ_PERSONAL"]) }
    input PersonWhere { id: ID income: IntFilter AND: [PersonWhere!] NOT: PersonWhere }
    input PersonSort { id: Direction income: Direction }
    input IntFilter { gt: Int }
    input Wrapper { where: [PersonWhere!]! }
    enum Direction { ASC DESC }
  `);
const policy = compilePolicy(schema);

/** What the guard answers when such an operation is about to run. */
async function codesOf(
  query: string,
  variables: Record<string, unknown> = {},
  scopes: Scope[] = ['READ_LINEAGE'],
): Promise<unknown[]> {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const contextValue = { principal: { scopes: new Set(scopes) } };
  const request = { schema, document, request: { variables }, contextValue } as unknown as Resolved;
  const hooks = await argumentGuard(policy).requestDidStart?.(request);
  try {
    await hooks?.didResolveOperation?.(request);
    return [];
  } catch (error) {
    return [(error as GraphQLError).extensions.code];
  }
}

describe('a hidden field is reached by', () => {
  const HIDDEN = { income: { gt: 1 } };
  const cases: [string, string, ...Record<string, unknown>[]][] = [
    ['a filter', '{ people(where: { income: { gt: 1 } }) { id } }'],
    ['an order', '{ people(sort: [{ id: ASC }, { income: ASC }]) { id } }'],
    ['one element without a list', '{ people(sort: { income: ASC }) { id } }'],
    ['a filter in a filter', '{ people(where: { AND: [{ NOT: { income: { gt: 1 } } }] }) { id } }'],
    ['an argument of another type', '{ people(nested: { where: [{ income: { gt: 1 } }] }) { id } }'],
    [
      'an alias in a fragment',
      'query { ...F } fragment F on Query { a: people(where: { income: { gt: 1 } }) { id } }',
    ],
    ['a variable', 'query ($w: PersonWhere) { people(where: $w) { id } }', { w: HIDDEN }],
    [
      'a variable in a filter',
      'query ($w: PersonWhere!) { people(where: { NOT: $w }) { id } }',
      { w: { NOT: HIDDEN } },
    ],
    ['a list variable', 'query ($s: [PersonSort!]) { people(sort: $s) { id } }', { s: [{ income: 'ASC' }] }],
    [
      'a list variable that is no list',
      'query ($s: [PersonSort!]) { people(sort: $s) { id } }',
      { s: { income: 'ASC' } },
    ],
    ['a variable’s default', 'query ($w: PersonWhere = { income: { gt: 1 } }) { people(where: $w) { id } }'],
    ['a value in a variable', 'query ($n: Int) { people(where: { income: { gt: $n } }) { id } }', { n: 1 }],
    [
      'a filter that a directive leaves out',
      '{ people(where: { income: { gt: 1 } }) @include(if: false) { id } __typename }',
    ],
  ];

  test.each(cases)('%s', async (...[, query, variables]) => {
    expect(await codesOf(query, variables)).toEqual(['FORBIDDEN']);
    expect(await codesOf(query, variables, ['READ_LINEAGE', 'READ_PERSONAL'])).toEqual([]);
  });

  test('nothing else: open fields may be filtered and sorted by', async () => {
    const query = 'query ($w: PersonWhere) { people(where: $w, sort: [{ id: ASC }]) { id } }';
    expect(await codesOf(query, { w: { AND: [{ id: '1' }] } })).toEqual([]);
  });

  test('any filter at any depth, written out or in a variable', async () => {
    const { filter } = fc.letrec<{ filter: object }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom<object>({ id: '1' }, HIDDEN),
        fc.record({ NOT: tie('filter') }),
        fc.record({ AND: fc.array(tie('filter'), { maxLength: 3 }) }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(filter, async (where) => {
        const text = JSON.stringify(where);
        const expected = text.includes('income') ? ['FORBIDDEN'] : [];
        const written = text.replaceAll(/"(\w+)":/g, '$1:');
        expect(await codesOf(`{ people(where: ${written}) { id } }`)).toEqual(expected);
        expect(await codesOf('query ($w: PersonWhere) { people(where: $w) { id } }', { w: where })).toEqual(
          expected,
        );
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

test('a schema with such inputs is not served at all', () => {
  expect(() => {
    refuseProtectedInputs(schema, policy);
  }).toThrow(/PersonWhere\.income, PersonSort\.income/);
});

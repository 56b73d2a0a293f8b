import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';

import { compilePolicy, isGranted, type Requirement } from '../../../src/access/policy.js';
import type { Scope } from '../../../src/access/scopes.js';
import { failureOf } from '../../support/failure.js';

const DIRECTIVE = 'directive @access(requires: [String!]!) on FIELD_DEFINITION | OBJECT | INTERFACE\n';
const READ = '@access(requires: ["READ_LINEAGE"])';
const PERSONAL = '@access(requires: ["READ_PERSONAL"])';

function requirementOf(sdl: string, type: string, field: string): Requirement | undefined {
  return compilePolicy(buildSchema(DIRECTIVE + sdl))
    .get(type)
    ?.get(field);
}

describe('a field asks for', () => {
  test.each<[string, string, Requirement]>([
    ['what it says itself', `type Query { a: Int ${READ} }`, [['READ_LINEAGE']]],
    ['what its type says', `type Query ${READ} { a: Int }`, [['READ_LINEAGE']]],
    [
      'both, where both say something',
      `type Query ${READ} { a: Int ${PERSONAL} }`,
      [['READ_LINEAGE'], ['READ_PERSONAL']],
    ],
    [
      'one of several',
      'type Query { a: Int @access(requires: ["READ_PERSONAL", "WRITE_LINEAGE"]) }',
      [['READ_PERSONAL', 'WRITE_LINEAGE']],
    ],
    [
      'what the type that it returns says',
      `type Query { a: [B!]! } type B ${PERSONAL} { c: Int }`,
      [['READ_PERSONAL']],
    ],
    [
      'the same through a connection',
      `type Query { a: BConnection } type BConnection { b: [B] totalCount: Int } type B ${PERSONAL} { c: Int }`,
      [['READ_PERSONAL']],
    ],
    [
      'its own, rather than what it returns',
      `type Query { a: B ${READ} } type B ${PERSONAL} { c: Int }`,
      [['READ_LINEAGE']],
    ],
  ])('%s', (_what, sdl, expected) => {
    expect(requirementOf(sdl, 'Query', 'a')).toEqual(expected);
  });

  test('what an interface says, where a type says it again', () => {
    const sdl = `type Query ${READ} { a: N } interface N ${PERSONAL} { id: ID } type B implements N ${READ} { id: ID }`;
    expect(requirementOf(sdl, 'N', 'id')).toEqual([['READ_PERSONAL']]);
    expect(requirementOf(sdl, 'B', 'id')).toEqual([['READ_LINEAGE']]);
  });

  test('a page and the counts of a connection ask for what every reader has', () => {
    const sdl = `type Query ${READ} { a: BConnection } type BConnection { totalCount: Int, pageInfo: PageInfo } type PageInfo { hasNextPage: Boolean }`;
    expect(requirementOf(sdl, 'PageInfo', 'hasNextPage')).toEqual([['READ_LINEAGE']]);
    expect(requirementOf(sdl, 'BConnection', 'totalCount')).toEqual([['READ_LINEAGE']]);
    expect(requirementOf(sdl, 'BConnection', 'pageInfo')).toEqual([['READ_LINEAGE']]);
  });
});

describe('deny by default: no server starts with', () => {
  test.each([
    ['a scalar', 'type Query { a: Int }', 'Query.a'],
    ['an enum', 'type Query { a: E } enum E { X }', 'Query.a'],
    ['a union', `type Query { a: U } union U = B type B ${READ} { c: Int }`, 'Query.a'],
    ['an object of an open type', 'type Query { a: B } type B { c: Int }', 'Query.a, B.c'],
    ['one open field among decided ones', `type Query { a: Int ${READ} b: Int c: Int ${READ} }`, 'Query.b'],
    [
      'a field of an implementer',
      `type Query ${READ} { a: N } interface N ${READ} { id: ID } type B implements N { id: ID }`,
      'B.id',
    ],
    ['a mutation', `type Query ${READ} { a: Int } type Mutation { b: Int }`, 'Mutation.b'],
  ])('%s without a decision', (_what, sdl, fields) => {
    expect(failureOf(() => compilePolicy(buildSchema(DIRECTIVE + sdl)))).toMatchObject({
      code: 'CONFIGURATION',
      message: `every field needs an @access decision, but got: ${JSON.stringify(fields)}`,
      details: { undecided: fields.split(', ') },
    });
  });

  test.each([
    [
      'an unknown scope',
      'type Query { a: Int @access(requires: ["READ_ALL"]) }',
      '@access on a must name known scopes, but got: "READ_ALL"',
    ],
    [
      'no scope',
      'type Query @access(requires: []) { a: Int }',
      '@access on Query must name known scopes, but got: "none"',
    ],
    [
      'the name of what every object has',
      'type Query { a: Int @access(requires: ["toString"]) }',
      '@access on a must name known scopes, but got: "toString"',
    ],
  ])('%s', (_what, sdl, message) => {
    expect(failureOf(() => compilePolicy(buildSchema(DIRECTIVE + sdl)))).toMatchObject({
      code: 'CONFIGURATION',
      message,
    });
  });
});

test.each<[readonly Scope[], Requirement, boolean]>([
  [[], [['READ_LINEAGE']], false],
  [['READ_LINEAGE'], [['READ_LINEAGE']], true],
  [['READ_PERSONAL'], [['READ_LINEAGE']], false],
  [['READ_LINEAGE'], [['READ_LINEAGE'], ['READ_PERSONAL']], false],
  [['READ_LINEAGE', 'READ_PERSONAL'], [['READ_LINEAGE'], ['READ_PERSONAL']], true],
  [['WRITE_LINEAGE'], [['READ_PERSONAL', 'WRITE_LINEAGE']], true],
])('with %j, %j is granted: %p', (scopes, requirement, expected) => {
  expect(isGranted(new Set(scopes), requirement)).toBe(expected);
});

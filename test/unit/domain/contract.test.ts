/** What a contract says is understood, or refused by name; what only others can check is said. */
import { describe, expect, test } from '@jest/globals';

import { parseContractYaml, toContractYaml } from '../../../src/domain/contract/contract-yaml.js';
import { parseContract, parseTables } from '../../../src/domain/contract/parse-contract.js';
import { failureOf } from '../../support/failure.js';
import { LOANS } from '../../support/loan-contract.js';

const table = (property: object, rest: object = {}): object => ({
  apiVersion: 'v3.0.2',
  kind: 'DataContract',
  id: 'c',
  version: '1',
  schema: [{ name: 't', properties: [{ name: 'x', ...property }] }],
  ...rest,
});

test('a contract in words', () => {
  const contract = parseContract(parseContractYaml(LOANS));
  expect([contract.name, contract.version, contract.table, contract.key]).toEqual([
    'loans',
    '1.2.0',
    'loans',
    ['id'],
  ]);
  expect(contract.rules.filter(({ form }) => form !== 'COLUMN').map(({ text }) => text)).toEqual([
    'not null',
    'of the type integer',
    'not null',
    'of the type number',
    'at least 0',
    'at most 3',
    'the mean must be between 0.2 and 1.5',
    'the quantile 0.9 must be below 2',
    'of the type string',
    'one of ["yes","no"]',
    'of the type string',
    'of the form ^[a-z]+$',
    'at most 8 characters long',
    'null values must be below 20 percent',
    'of the type timestamp',
    'the key id is unique',
    'the number of rows must be at least 3',
    'duplicate values of branch, seen must be 0',
    'the newest is at most 2 d old',
  ]);
  expect(contract.rules.filter(({ advisory }) => advisory)).toHaveLength(1);
  expect(contract.notChecked).toEqual([
    'branch: the option format',
    'no orphans (sql)',
    'service level: retention',
  ]);
});

test('YAML comes out as it went in, and JSON is read, too', () => {
  const document = parseContractYaml(LOANS);
  expect(parseContractYaml(toContractYaml(document))).toEqual(document);
  expect(parseContractYaml(JSON.stringify(document))).toEqual(document);
});

test('the metrics of version 3.0 have other names', () => {
  const quality = [{ rule: 'duplicateCount', mustBe: 0 }];
  expect(parseContract(table({ quality })).rules.at(-1)?.text).toBe('duplicate values must be 0');
});

test('a contract of several tables needs the name of one', () => {
  const two = table({}, { schema: ['a', 'b'].map((name) => ({ name, properties: [{ name: 'x' }] })) });
  expect(parseContract(two, 'b').table).toBe('b');
  expect(parseTables(two)).toHaveLength(2);
  expect(failureOf(() => parseContract(two))).toMatchObject({
    code: 'BAD_INPUT',
    message: 'a table must be named, one of a, b, but got: undefined',
  });
});

describe('refused', () => {
  test.each<[string, object, RegExp]>([
    ['another kind of document', { kind: 'Pod' }, /must have "kind" DataContract and an "apiVersion" v3/],
    ['version 2', table({}, { apiVersion: 'v2.2.2' }), /"apiVersion" v3/],
    ['no table', table({}, { schema: [] }), /^schema must have a table/],
    [
      'a type of nobody',
      table({ logicalType: 'float' }),
      /^schema\/0\/properties\/0\/logicalType must be one of string/,
    ],
    [
      'a range of words',
      table({ logicalType: 'number', logicalTypeOptions: { minimum: 'low' } }),
      /logicalTypeOptions\/minimum must be a value of the column's type, but got: "low"/,
    ],
    [
      'a pattern that is none',
      table({ logicalTypeOptions: { pattern: '(' } }),
      /pattern must be a regular expression/,
    ],
    ['an empty set', table({ enum: [] }), /enum must be a list of values/],
    [
      'an unknown metric',
      table({ quality: [{ metric: 'mood', mustBe: 1 }] }),
      /quality\/0\/metric must be one of nullValues, .*"mood"/,
    ],
    [
      'a metric without a bound',
      table({ quality: [{ metric: 'nullValues' }] }),
      /quality\/0 must have one of mustBe/,
    ],
    [
      'a bound that is no number',
      table({ quality: [{ metric: 'nullValues', mustBe: 'few' }] }),
      /mustBe must be a number/,
    ],
    [
      'a range upside down',
      table({ quality: [{ metric: 'nullValues', mustBeBetween: [2, 1] }] }),
      /two numbers, the lower one first/,
    ],
    [
      'a metric that every object has',
      table({ quality: [{ metric: 'toString', mustBe: 0 }] }),
      /metric must be one of/,
    ],
    [
      'an unknown unit',
      table({ quality: [{ metric: 'nullValues', mustBe: 0, unit: 'boxes' }] }),
      /unit must be rows or percent/,
    ],
    [
      'an unknown statistic',
      table({ quality: [{ type: 'custom', engine: 'pedigree', implementation: { statistic: 'mode' } }] }),
      /statistic must be one of mean, stddev, quantile/,
    ],
    [
      'a quantile of nothing',
      table({
        quality: [
          { type: 'custom', engine: 'pedigree', implementation: { statistic: 'quantile', mustBe: 1 } },
        ],
      }),
      /at must be a number from 0 to 1/,
    ],
    [
      'freshness of no column',
      table({}, { slaProperties: [{ property: 'latency', value: 1, unit: 'd', element: 'y' }] }),
      /element must name a column/,
    ],
    [
      'freshness in moons',
      table({}, { slaProperties: [{ property: 'latency', value: 1, unit: 'moons', element: 'x' }] }),
      /unit must be one of s, m, h, d/,
    ],
    [
      'a column twice',
      table({}, { schema: [{ name: 't', properties: [{ name: 'x' }, { name: 'x' }] }] }),
      /must name each column once, but got: "x"/,
    ],
  ])('%s', (_, document, message) => {
    expect(failureOf(() => parseContract(document))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['no YAML', 'a: [1', /^a contract must be YAML: .*line 1/],
    ['a member twice', 'a: 1\na: 2', /^a contract must be YAML: Map keys must be unique/],
  ])('%s', (_, text, message) => {
    expect(failureOf(() => parseContractYaml(text))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message),
    });
  });
});

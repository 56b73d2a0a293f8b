import { describe, expect, test } from '@jest/globals';
import neo4j from 'neo4j-driver';

import { type Statement, toParameters, toRow } from '../../../src/store/statement.js';

interface Params {
  readonly first: number;
  readonly after: number | null;
  readonly rows: readonly { readonly leaf: number; readonly score: number; readonly key: Uint8Array }[];
  readonly extra: Readonly<Record<string, unknown>>;
}

const WRITE: Statement<Params, { readonly key: Uint8Array | null; readonly n: number }> = {
  name: 'area/do-it',
  mode: 'write',
  text: '',
  plan: [],
  params: {
    first: { is: 'Int' },
    after: { is: 'Int', nullable: true },
    rows: {
      is: 'List',
      of: { is: 'Record', fields: { leaf: { is: 'Int' }, score: { is: 'Float' }, key: { is: 'Bytes' } } },
    },
    extra: { is: 'Map' },
  },
  columns: { key: { is: 'Bytes', nullable: true }, n: { is: 'Int' } },
};

const PARAMS: Params = { first: 1, after: null, rows: [], extra: {} };

describe('toParameters', () => {
  test('wraps what is declared as an integer, at any depth, and leaves floats alone', () => {
    const rows = [{ leaf: 7, score: 1, key: new Uint8Array([1, 255]) }];
    expect(toParameters(WRITE, { ...PARAMS, after: 2, rows })).toEqual({
      first: neo4j.int(1),
      after: neo4j.int(2),
      rows: [{ leaf: neo4j.int(7), score: 1, key: new Int8Array([1, -1]) }],
      extra: {},
    });
  });

  test('in a map, sends whole numbers as integers and drops what is undefined', () => {
    const extra = { a: 1, b: 1.5, c: [2, { d: 3 }], e: undefined, f: null, g: 'text', h: true };
    expect(toParameters(WRITE, { ...PARAMS, extra }).extra).toEqual({
      a: neo4j.int(1),
      b: 1.5,
      c: [neo4j.int(2), { d: neo4j.int(3) }],
      f: null,
      g: 'text',
      h: true,
    });
  });

  test('in a map, leaves the driver’s own values alone', () => {
    const at = neo4j.types.DateTime.fromStandardDate(new Date(0));
    expect(toParameters(WRITE, { ...PARAMS, extra: { at } }).extra).toEqual({ at });
  });

  test.each([1.5, Number.NaN, 2 ** 53])(
    'refuses %d where an integer is declared, naming the place',
    (leaf) => {
      const rows = [
        { leaf: 0, score: 0, key: new Uint8Array() },
        { leaf, score: 0, key: new Uint8Array() },
      ];
      expect(() => toParameters(WRITE, { ...PARAMS, rows })).toThrow(
        /^area\/do-it: \$rows\[1\]\.leaf must be a safe integer, but got: /,
      );
    },
  );

  test('leaves out what the header does not declare', () => {
    const given: Params & { secret: string } = { ...PARAMS, secret: 'x' };
    expect(Object.keys(toParameters(WRITE, given))).toEqual(['first', 'after', 'rows', 'extra']);
  });
});

test.each([
  [new Int8Array([1, -1]), new Uint8Array([1, 255])],
  [null, null],
])('toRow turns the driver’s bytes %p into %p', (key, expected) => {
  expect(toRow(WRITE, { toObject: () => ({ key, n: 3 }) })).toEqual({ key: expected, n: 3 });
});

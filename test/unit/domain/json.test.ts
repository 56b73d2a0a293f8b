import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';

import { isPedigreeError } from '../../../src/domain/errors.js';
import { canonicalJson, MAX_JSON_DEPTH, parseStrictJson, type Json } from '../../../src/domain/json.js';
import { anyJson, anyName } from '../../support/arbitrary-json.js';
import { failureOf } from '../../support/failure.js';

test('canonicalJson is that of RFC 8785, also for integer names, null and a member called toJSON', () => {
  const names = fc.constantFrom('10', '9', '01', 'a', 'B', '\u{1F600}', '\uE000', 'toJSON', '');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, 0, -0, 1e21, 'x'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(names, tie('value'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(fc.oneof(value, anyJson), (json) => {
      expect(canonicalJson(json as Json)).toBe(canonicalize(json));
    }),
    { numRuns: 2_000, seed: 8785 },
  );
});

describe('parseStrictJson', () => {
  test('gives back what was written, however it was written', () => {
    fc.assert(
      fc.property(anyJson, anyWriting(), (value, writing) => {
        expect(parseStrictJson(write(value, writing))).toEqual(value);
        expect(parseStrictJson(JSON.stringify(value))).toEqual(value);
        expect(parseStrictJson(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  test('refuses a name that occurs twice in an object, wherever it is and however it is spelled', () => {
    fc.assert(
      fc.property(
        anyJson.filter((value) => objectsIn(value) > 0),
        anyWriting(),
        fc.nat(),
        anyJson,
        (value, writing, place, other) => {
          const planted = { at: place % objectsIn(value), value: other };
          const text = write(value, writing, planted);
          const error = failureOf(() => parseStrictJson(text));
          expect(isPedigreeError(error, 'DUPLICATE_KEY')).toBe(true);
          const { name, offset } = (error as { details: { name: string; offset: number } }).details;
          expect(JSON.parse(/^"(?:[^"\\]|\\.)*"/.exec(text.slice(offset))![0])).toBe(name);
        },
      ),
    );
  });

  test('the same name in different objects is no duplicate', () => {
    fc.assert(
      fc.property(anyName, anyJson, (name, value) => {
        const nested = { [name]: [{ [name]: value }, { [name]: { [name]: value } }] } as Json;
        expect(parseStrictJson(JSON.stringify(nested))).toEqual(nested);
      }),
    );
  });

  test.each([
    [
      '{"a":1,"a":1}',
      'DUPLICATE_KEY',
      'each name must occur once in an object (RFC 8785 §3.1), but "a" occurs again at offset 7',
    ],
    [
      String.raw`{"a":1,"\u0061":2}`,
      'DUPLICATE_KEY',
      'each name must occur once in an object (RFC 8785 §3.1), but "a" occurs again at offset 7',
    ],
    [
      '{"a":{"b":[{"c":1,"c":2}]}}',
      'DUPLICATE_KEY',
      'each name must occur once in an object (RFC 8785 §3.1), but "c" occurs again at offset 18',
    ],
    [
      '{"":1,"":{"x":2}}',
      'DUPLICATE_KEY',
      'each name must occur once in an object (RFC 8785 §3.1), but "" occurs again at offset 6',
    ],
    [
      '{"n":9007199254740993}',
      'UNSAFE_NUMBER',
      'a number must be within ±(2^53 − 1), so that every reader sees the same value; send a larger one as text, at /n, but got: "9007199254740992"',
    ],
    [
      '[-1e400]',
      'UNSAFE_NUMBER',
      'a number must be within ±(2^53 − 1), so that every reader sees the same value; send a larger one as text, at /0, but got: "-Infinity"',
    ],
    [
      String.raw`{"a":["\ud83d"]}`,
      'LONE_SURROGATE',
      'text must be well-formed Unicode, but a surrogate stands alone, at /a/0',
    ],
    [
      String.raw`{"a":{"\ude00":1}}`,
      'LONE_SURROGATE',
      'text must be well-formed Unicode, but a surrogate stands alone, at /a',
    ],
    ['{"a":{"b":null}}', 'NULL_VALUE', 'null is not a value: leave the member out, at /a/b'],
    ['{"a":{"__proto__":1}}', 'BAD_INPUT', 'a member may not be called "__proto__", at /a'],
    [
      '['.repeat(65) + ']'.repeat(65),
      'BAD_JSON',
      `JSON may nest 64 levels deep, but more were given, at ${'/0'.repeat(64)}`,
    ],
  ])('refuses %s', (text, code, message) => {
    expect(failureOf(() => parseStrictJson(text))).toMatchObject({ code, message });
  });

  test.each(['', '{', '{"a":}', "{'a':1}", '{"a":1,}', '01', '"\n"', 'undefined', '1 2'])(
    'says that %j is no JSON',
    (text) => {
      expect(failureOf(() => parseStrictJson(text))).toMatchObject({
        code: 'BAD_JSON',
        message: expect.stringMatching(/^JSON text \(RFC 8259\) is required, but: /),
      });
    },
  );

  test('takes the deepest nesting that is allowed, and refuses a million levels without falling over', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseStrictJson(nested(MAX_JSON_DEPTH))).not.toThrow();
    expect(isPedigreeError(failureOf(() => parseStrictJson(nested(1_000_000))))).toBe(true);
  });

  test('lets null through where it is asked to, and nothing else', () => {
    expect(parseStrictJson('{"a":[null]}', { nulls: true })).toEqual({ a: [null] });
    expect(failureOf(() => parseStrictJson('{"a":null,"a":null}', { nulls: true }))).toMatchObject({
      code: 'DUPLICATE_KEY',
    });
  });
});

test('the canonical form depends on nothing but the value', () => {
  fc.assert(
    fc.property(anyJson, anyWriting(), (value, writing) => {
      expect(canonicalJson(parseStrictJson(write(value, writing)) as Json)).toBe(canonicalJson(value));
    }),
  );
});

/** How a text is written: for each choice a number, used in turn. */
type Writing = readonly number[];

function anyWriting(): fc.Arbitrary<Writing> {
  return fc.array(fc.nat(1_000), { minLength: 1, maxLength: 50 });
}

/** Writes a value with any white space, order of members and escapes; `planted` repeats a name of one object. */
function write(value: Json, writing: Writing, planted?: { at: number; value: Json }): string {
  let choices = 0;
  let objects = 0;
  const choose = (options: number): number => writing[choices++ % writing.length]! % options;
  const space = (): string => ['', ' ', '\n', '\t \r'][choose(4)]!;
  const text = (string: string): string => `"${units(string).map(escape).join('')}"`;
  const escape = (unit: string): string => {
    const plain = JSON.stringify(unit).slice(1, -1);
    return plain.length === 1 && choose(2) === 0 ? plain : escaped(unit);
  };
  const list = (parts: readonly string[]): string => parts.map((part) => space() + part + space()).join(',');
  const member = (name: string, inner: Json): string => `${text(name)}${space()}:${space()}${visit(inner)}`;
  function visit(inner: Json): string {
    if (typeof inner === 'string') return text(inner);
    if (typeof inner !== 'object') return JSON.stringify(inner);
    if (Array.isArray(inner)) return `[${list(inner.map(visit))}]`;
    const entries = Object.entries(inner as Record<string, Json>);
    const isPlace = entries.length > 0 && objects++ === planted?.at;
    const repeated = isPlace ? entries[choose(entries.length)] : undefined;
    const members = entries.map(([name, each]) => member(name, each));
    if (repeated && planted) {
      members.splice(choose(members.length + 1), 0, `${text(repeated[0])}:${JSON.stringify(planted.value)}`);
    }
    return `{${list(members)}}`;
  }
  return visit(value);
}

/** Code units, but surrogate pairs together: an escape may split them, a plain character may not. */
function units(text: string): string[] {
  return Array.from(text);
}

function escaped(unit: string): string {
  return unit
    .split('')
    .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** How many objects with members there are in a value. */
function objectsIn(value: Json): number {
  if (typeof value !== 'object') return 0;
  const inner: Json[] = Object.values(value);
  const own = !Array.isArray(value) && inner.length > 0 ? 1 : 0;
  return inner.map(objectsIn).reduce((sum, count) => sum + count, own);
}

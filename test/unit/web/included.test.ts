import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

import { includedText } from '../../../web/app/api/included.js';

const TEXT = `
    query Story($id: ID!, $personal: Boolean!) {
  story(id: $id) {
    name
    secret @include(if: $personal)
    rows @include(if: $personal) {
      id
      parts {
        id
      }
    }
    size
  }
}`;
const SEEN = buildSchema('type Query { story(id: ID!): Story } type Story { name: String, size: Int }');

test('a field that is left out is not named, nor is its flag, so that a server which does not show it answers', () => {
  const text = includedText(TEXT, { id: 'x', personal: false });
  expect(validate(SEEN, parse(text))).toEqual([]);
  expect(text.match(/name|size/g)).toEqual(['name', 'size']);
});

test('nothing changes for a reader who may ask for all of it', () => {
  expect(includedText(TEXT, { id: 'x', personal: true })).toBe(TEXT);
});

test('a flag that was the only variable leaves no empty brackets', () => {
  const text = 'query Q($all: Boolean!) {\n  story(id: "a") {\n    name\n    size @include(if: $all)\n  }\n}';
  expect(validate(SEEN, parse(includedText(text, { all: false })))).toEqual([]);
});

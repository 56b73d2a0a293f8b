/** Bad fields: each message names the member and says what was required. */
import { test } from '@jest/globals';

import { DATASET, MODEL, PREDICTION, TRANSFORM, refuses, type Refusal } from './refusals.js';

test.each<Refusal>([
  ['no object', { ...DATASET, fields: ['x'] }, 'BAD_INPUT', 'fields must be an object, but got: ["x"]'],
  [
    'an unknown field',
    { ...TRANSFORM, fields: { commit: 'x' } },
    'UNKNOWN_FIELD',
    'fields may have the members description, owner, extra, code, parameters, environment, but got: "commit"',
  ],
  [
    'an unknown member of a field',
    { ...TRANSFORM, fields: { code: { repository: 'r', commit: 'abcdef0', branch: 'main' } } },
    'UNKNOWN_FIELD',
    'fields/code may have the members repository, commit, path, but got: "branch"',
  ],
  [
    'text for a count',
    { ...DATASET, fields: { rowCount: '2381' } },
    'BAD_INPUT',
    'fields/rowCount must be a number, but got: "2381"',
  ],
  [
    'a part of a row',
    { ...DATASET, fields: { rowCount: 0.5 } },
    'BAD_INPUT',
    'fields/rowCount must be a whole number, but got: 0.5',
  ],
  [
    'less than no rows',
    { ...DATASET, fields: { rowCount: -1 } },
    'BAD_INPUT',
    'fields/rowCount must be at least 0, but got: -1',
  ],
  [
    'a number for text',
    { ...DATASET, fields: { owner: 7 } },
    'BAD_INPUT',
    'fields/owner must be text, but got: 7',
  ],
  [
    'empty text',
    { ...DATASET, fields: { owner: '' } },
    'BAD_INPUT',
    'fields/owner must have a length of at least 1, but got: ""',
  ],
  [
    'long text',
    { ...DATASET, fields: { owner: 'x'.repeat(513) } },
    'BAD_INPUT',
    `fields/owner must have a length of at most 512, but got: "${'x'.repeat(76)}…`,
  ],
  [
    'an unknown classification',
    { ...DATASET, fields: { classification: 'SECRET' } },
    'BAD_INPUT',
    'fields/classification must be one of PUBLIC, INTERNAL, CONFIDENTIAL, PERSONAL, SPECIAL, but got: "SECRET"',
  ],
  [
    'a digest without its algorithm',
    { ...DATASET, fields: { contentDigest: 'ab' } },
    'BAD_INPUT',
    'fields/contentDigest must be "sha256:" and 64 lower-case hex digits, but got: "ab"',
  ],
  [
    'a branch for a commit',
    { ...MODEL, fields: { code: { repository: 'r', commit: 'main' } } },
    'BAD_INPUT',
    'fields/code/commit must be a commit id of 7 to 64 lower-case hex digits, but got: "main"',
  ],
  [
    'a column without a type',
    { ...DATASET, fields: { schema: [{ name: 'a', type: 'b' }, { name: 'x' }] } },
    'BAD_INPUT',
    'fields/schema/1/type must be text, but got: undefined',
  ],
  [
    'half a range of keys',
    { ...DATASET, fields: { keys: { columns: ['id'], from: [1] } } },
    'BAD_INPUT',
    'fields/keys must have both "from" and "to", or neither, but got: {"columns":["id"],"from":[1]}',
  ],
  [
    'keys with too few parts',
    { ...DATASET, fields: { keys: { columns: ['a', 'b'], in: [[1]] } } },
    'BAD_INPUT',
    'fields/keys must have keys with one part for each of its columns, but got: {"columns":["a","b"],"in":[[1]]}',
  ],
  [
    'an object in a key',
    { ...DATASET, fields: { keys: { columns: ['a'], in: [[{}]] } } },
    'BAD_INPUT',
    'fields/keys/in/0/0 must be text, a number, true or false, but got: {}',
  ],
  [
    'a mode that is none',
    { ...PREDICTION, fields: { mode: 'ONLINE' } },
    'BAD_INPUT',
    'fields/mode must be one of LIVE, SHADOW, TEST, BACKFILL, but got: "ONLINE"',
  ],
])('%s', refuses);

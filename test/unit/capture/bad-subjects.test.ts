/** Whom a declaration concerns: what would leave a personal value without a key is refused. */
import { describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { ATTESTATION, DATASET, PREDICTION, SCORED, refuses, without, type Refusal } from './refusals.js';

const PERSONAL = '"personal" must be a list of names of the declaration\'s fields, other than type and mode';

describe('people', () => {
  test.each<Refusal>([
    [
      'a decision that does not say whom it concerns',
      without(PREDICTION, 'subjects'),
      'SUBJECT_REQUIRED',
      'a Prediction must say whom it concerns in "subjects", or that it concerns nobody with an empty list',
    ],
    [
      'no list of subjects',
      { ...PREDICTION, subjects: 'alice' },
      'BAD_INPUT',
      '"subjects" must be a list of at most 100 distinct, non-empty names, but got: "alice"',
    ],
    [
      'a subject twice',
      { ...PREDICTION, subjects: ['alice', 'alice'] },
      'BAD_INPUT',
      '"subjects" must be a list of at most 100 distinct, non-empty names, but got: ["alice","alice"]',
    ],
    [
      'a subject without a name',
      { ...PREDICTION, subjects: [''] },
      'BAD_INPUT',
      '"subjects" must be a list of at most 100 distinct, non-empty names, but got: [""]',
    ],
    [
      'no object of features',
      { ...PREDICTION, features: [1] },
      'BAD_INPUT',
      '"features" must be an object of feature values by name, but got: [1]',
    ],
    [
      'a feature without a name',
      { ...PREDICTION, features: { '': { value: 1 } } },
      'BAD_INPUT',
      'a feature\'s name must have 1 to 512 characters, but got: ""',
    ],
    [
      'a feature that is a bare value',
      { ...PREDICTION, features: { dir: 0.2 } },
      'BAD_INPUT',
      'features/dir must be an object, but got: 0.2',
    ],
    [
      'a feature without a value',
      { ...PREDICTION, features: { dir: { contribution: 1 } } },
      'BAD_INPUT',
      'features/dir/value must be a JSON value, but got: undefined',
    ],
    [
      'a feature from what is no data set',
      { ...PREDICTION, features: { dir: { value: 1, source: { dataset: 'bureau' } } } },
      'BAD_INPUT',
      'features/dir/source/dataset must be the id of a data set, but got: "bureau"',
    ],
    [
      'a feature of somebody else',
      { ...PREDICTION, features: { dir: { value: 1, subject: 'bob' } } },
      'SUBJECT_REQUIRED',
      'features/dir/subject must be one of "subjects", but got: "bob"',
    ],
    [
      'personal fields that are not there',
      { ...PREDICTION, personal: ['outcome'] },
      'BAD_INPUT',
      `${PERSONAL}, but got: ["outcome"]`,
    ],
    [
      'personal fields that every object has',
      { ...PREDICTION, personal: ['toString'] },
      'BAD_INPUT',
      `${PERSONAL}, but got: ["toString"]`,
    ],
    [
      'a personal mode',
      { ...PREDICTION, fields: { mode: 'TEST' }, personal: ['mode'] },
      'BAD_INPUT',
      `${PERSONAL}, but got: ["mode"]`,
    ],
    [
      'a personal type',
      { ...ATTESTATION, subjects: ['alice'], personal: ['type'] },
      'BAD_INPUT',
      `${PERSONAL}, but got: ["type"]`,
    ],
    [
      'personal fields of nobody',
      { ...DATASET, fields: { owner: 'x' }, personal: ['owner'] },
      'SUBJECT_REQUIRED',
      'a declaration with "personal" fields must name whom they concern in "subjects"',
    ],
    [
      'personal fields that concern nobody',
      { ...DATASET, fields: { owner: 'x' }, personal: ['owner'], subjects: [] },
      'SUBJECT_REQUIRED',
      'a declaration with "personal" fields must name whom they concern in "subjects"',
    ],
    [
      'free text about a decision',
      { ...ATTESTATION, about: [PREDICTION.id], fields: { text: 'x', notes: 'y' } },
      'SUBJECT_REQUIRED',
      'fields/notes is personal in an attestation about a decision: say whom it concerns in "subjects" (an empty list: nobody)',
    ],
    [
      'a row key of a decision',
      { ...ATTESTATION, about: [PREDICTION.id], edges: [{ ...SCORED, from: PREDICTION.id, row: [1] }] },
      'SUBJECT_REQUIRED',
      'edges/0/row is personal in an attestation about a decision: say whom it concerns in "subjects" (an empty list: nobody)',
    ],
    [
      'a row key of a decision that it is not about',
      { ...ATTESTATION, edges: [{ ...SCORED, from: PREDICTION.id, row: [1] }] },
      'EDGE_NOT_ALLOWED',
      'edges/0/row: only an attestation about the decision may name its row, but got: "prediction:lending/decision@1"',
    ],
  ])('%s', refuses);

  test.each([
    ['a decision that concerns nobody', { ...PREDICTION, subjects: [], features: { t: { value: 1 } } }],
    [
      'a data set about somebody',
      { ...DATASET, fields: { owner: 'x' }, subjects: ['alice'], personal: ['owner'] },
    ],
    ['an empty list of personal fields', { ...DATASET, personal: [] }],
    ['an attestation about a decision without free text', { ...ATTESTATION, about: [PREDICTION.id] }],
    [
      'one with it that concerns nobody',
      { ...ATTESTATION, about: [PREDICTION.id], fields: { text: 'x', notes: 'y' }, subjects: [] },
    ],
  ])('takes %s', (_what, input) => {
    expect(parseDeclaration(input).id).toBe(input.id);
  });
});

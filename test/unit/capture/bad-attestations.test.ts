/** Bad attestations: each message names the member and says what was required. */
import { describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { ATTESTATION, DATASET, ID, TRANSFORM, refuses, type Refusal } from './refusals.js';

const FIELD_NAME =
  'a field name must be a letter and up to 63 letters, digits or "_", and none of features, subjects, withdraws';

describe('attestations', () => {
  const TYPES =
    'CONTRACT, CONTRACT_CHECK, DATA_PROFILE, DRIFT, DEPLOYED, APPROVED, RATIONALE, INCIDENT, OUTCOME_OBSERVED, HUMAN_DECISION, RETIRED, SUPPLEMENTS, RESOLVED, CORRECTS, LEGAL_HOLD, RESTRICTED, ERASED';
  const READ = { type: 'READ', from: TRANSFORM.id, to: DATASET.id };
  const CORRECTS = { ...ATTESTATION, type: 'CORRECTS', about: [TRANSFORM.id], fields: { reason: 'x' } };
  test.each<Refusal>([
    [
      'no type',
      { ...ATTESTATION, type: 7 },
      'BAD_INPUT',
      `"type" must be one of ${TYPES}, or begin with "x-", but got: 7`,
    ],
    [
      'an unknown type',
      { ...ATTESTATION, type: 'REVIEW' },
      'BAD_INPUT',
      `"type" must be one of ${TYPES}, or begin with "x-", but got: "REVIEW"`,
    ],
    [
      'the type among the fields',
      { ...ATTESTATION, type: 'x-a', fields: { type: 'x-b' } },
      'UNKNOWN_FIELD',
      'an attestation names its type beside "fields", not inside them',
    ],
    [
      'about nothing',
      { ...ATTESTATION, about: [] },
      'EDGE_WITHOUT_TARGET',
      '"about" must be a list of 1 to 1,000 artifact ids, but got: []',
    ],
    [
      'about an attestation',
      { ...ATTESTATION, about: [ATTESTATION.id] },
      'EDGE_NOT_ALLOWED',
      'an attestation is about artifacts, but got: "attestation:lending/note@1"',
    ],
    ['about what is no id', { ...ATTESTATION, about: ['loans'] }, 'BAD_URN', `${ID}, but got: "loans"`],
    [
      'edges in a type that adds none',
      { ...ATTESTATION, edges: [READ] },
      'UNKNOWN_FIELD',
      '"edges" may be in attestations of type SUPPLEMENTS, RESOLVED, CORRECTS only, but got: "RATIONALE"',
    ],
    [
      'a correction to what is no artifact',
      { ...CORRECTS, fields: { reason: 'x', to: 'version 2' } },
      'BAD_INPUT',
      'fields/to must be the id of an artifact, but got: "version 2"',
    ],
    [
      'a payload of another type',
      { ...ATTESTATION, fields: { approver: 'x' } },
      'BAD_INPUT',
      'fields/text must be text, but got: undefined',
    ],
    [
      'an unknown member of its payload',
      { ...ATTESTATION, fields: { text: 'x', approver: 'y' } },
      'UNKNOWN_FIELD',
      'fields may have the members author, notes, evidence, extra, text, but got: "approver"',
    ],
    [
      'a field name with a slash',
      { ...ATTESTATION, type: 'x-a', fields: { 'a/b': 1 } },
      'UNKNOWN_FIELD',
      `${FIELD_NAME}, but got: "a/b"`,
    ],
    [
      'a field that would pass for features',
      { ...ATTESTATION, type: 'x-a', fields: { features: 1 } },
      'UNKNOWN_FIELD',
      `${FIELD_NAME}, but got: "features"`,
    ],
    [
      'a field that would pass for withdrawn edges',
      { ...ATTESTATION, type: 'x-a', fields: { withdraws: [] } },
      'UNKNOWN_FIELD',
      `${FIELD_NAME}, but got: "withdraws"`,
    ],
    [
      'an edge from nowhere',
      { ...ATTESTATION, edges: [{ type: 'READ', to: DATASET.id }] },
      'BAD_INPUT',
      'edges/0/from must be the id that the attested edge leaves, but got: undefined',
    ],
    [
      'an edge of its own',
      { ...ATTESTATION, edges: [{ type: 'READ', from: ATTESTATION.id, to: DATASET.id }] },
      'EDGE_NOT_ALLOWED',
      'edges/0: READ goes from Transform to Dataset, but got: "Attestation to Dataset"',
    ],
    [
      'one that ends edges, but corrects nothing',
      { ...ATTESTATION, withdraws: [READ] },
      'UNKNOWN_FIELD',
      '"withdraws" may be in attestations of type CORRECTS and RESOLVED only, but got: "RATIONALE"',
    ],
    [
      'withdraws no list',
      { ...CORRECTS, withdraws: 'all' },
      'BAD_INPUT',
      '"withdraws" must be a list of at most 10000 edges, but got: "all"',
    ],
    [
      'withdraws no edge',
      { ...CORRECTS, withdraws: [READ.to] },
      'BAD_INPUT',
      'withdraws/0 must be an object, but got: "dataset:lending/loans@1"',
    ],
    [
      'withdraws an edge from nowhere',
      { ...CORRECTS, withdraws: [{ type: 'READ', to: DATASET.id }] },
      'BAD_URN',
      `${ID}, but got: undefined`,
    ],
    [
      'withdraws an edge to nowhere',
      { ...CORRECTS, withdraws: [{ type: 'READ', from: TRANSFORM.id }] },
      'EDGE_WITHOUT_TARGET',
      "withdraws/0/to: the id of the READ edge's target is required",
    ],
    [
      'withdraws properties',
      { ...CORRECTS, withdraws: [{ ...READ, props: {} }] },
      'UNKNOWN_FIELD',
      'withdraws/0 may have the members type, from, to, but got: "props"',
    ],
  ])('%s', refuses);

  test('a correction says which edges it ends', () => {
    expect(parseDeclaration({ ...CORRECTS, withdraws: [READ] })).toMatchObject({
      fields: { type: 'CORRECTS', reason: 'x' },
      about: [TRANSFORM.id],
      withdraws: [READ],
    });
  });
});

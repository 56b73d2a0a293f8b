/** docs/model.md says what the code does: its examples are accepted, its tables list exactly what there is. */
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';

import {
  ATTESTATION_SCHEMAS,
  EDGE_PROPS,
  FEATURE_VALUE,
  FIELD_SCHEMAS,
} from '../../../src/capture/field-schemas.js';
import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import type { AcceptedReceipt, Receipt } from '../../../src/domain/declaration.js';
import { parseStrictJson } from '../../../src/domain/json.js';
import {
  ARTIFACT_KINDS,
  EDGE_RULES,
  EDGE_TYPES,
  ENTRY_KINDS,
  ROW_MODES,
  type EdgeType,
} from '../../../src/domain/kinds.js';
import { failureOf } from '../../support/failure.js';
import { codeBlocks, codesIn, readPage, tableUnder } from '../../support/markdown.js';
import { ATTESTATION, DATASET, PREDICTION } from './refusals.js';

const PAGE = readPage('model.md');
const EXAMPLES = codeBlocks(PAGE, 'json');

/** The members of a schema, with a question mark where one may be left out. */
function membersOf(schema: z.ZodType): string[] {
  const { shape } = schema as z.ZodObject;
  return Object.entries(shape).map(([name, member]) =>
    (member as z.ZodType).safeParse(undefined).success ? `${name}?` : name,
  );
}

describe('examples', () => {
  const declarations = EXAMPLES.map((text) => parseDeclaration(parseStrictJson(text)));

  test('each is a declaration, there is one of every kind, and none comes twice', () => {
    expect(new Set(declarations.map(({ kind }) => kind))).toEqual(new Set(ENTRY_KINDS));
    expect(new Set(declarations.map(({ id }) => id)).size).toBe(declarations.length);
  });

  test('attestations are about artifacts of the page', () => {
    const ids = new Set(declarations.flatMap(({ id, edges }) => [id, ...edges.map(({ to }) => to)]));
    for (const { about } of declarations) expect(ids).toEqual(new Set([...ids, ...about]));
  });

  test('the receipts have the members of receipts', () => {
    const [accepted, refused] = codeBlocks(PAGE, 'ndjson')[0]!
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Receipt);
    const members = [...Object.keys(accepted as AcceptedReceipt), 'erased', 'warnings', 'error'];
    expect(tableUnder(PAGE, 'Receipts').map(([member]) => codesIn(member!)[0])).toEqual(members);
    expect(Object.keys(refused!)).toEqual(['index', 'id', 'error']);
  });
});

describe('tables', () => {
  test.each([
    ['Dataset', DATASET],
    ['Prediction', PREDICTION],
    ['Attestation', ATTESTATION],
  ])('the members of a %s declaration', (kind, sample) => {
    const { message } = failureOf(() => parseDeclaration({ ...sample, x: 1 })) as Error;
    const [, known = ''] = /may have the members (.*), but got/.exec(message) ?? [];
    const listed = tableUnder(PAGE, 'A declaration').filter(
      ([, place]) => place!.startsWith('all') || place!.startsWith(kind),
    );
    expect(listed.map(([member]) => codesIn(member!)[0]).sort()).toEqual(known.split(', ').sort());
  });

  test.each(ARTIFACT_KINDS)('the fields of a %s', (kind) => {
    const common = ['description', 'owner', 'extra'];
    const fields = membersOf(FIELD_SCHEMAS[kind]).map((field) => field.replace('?', ''));
    expect([...common, ...tableUnder(PAGE, kind).flatMap(([field]) => codesIn(field!))].sort()).toEqual(
      fields.sort(),
    );
  });

  test('feature values', () => {
    expect(tableUnder(PAGE, 'Feature values').flatMap(([member]) => codesIn(member!))).toEqual(
      membersOf(FEATURE_VALUE),
    );
  });

  test('edges, with their ends and properties', () => {
    const rows = tableUnder(PAGE, 'Edges').map(([type, from, to, props]) => ({
      type: codesIn(type!)[0],
      from: from!.split(', '),
      to: to!.split(', '),
      props: codesIn(props!),
    }));
    const rules = EDGE_TYPES.map((type: EdgeType) => ({
      type,
      ...EDGE_RULES[type],
      props: membersOf(EDGE_PROPS[type]),
    }));
    expect(rows).toEqual(rules);
  });

  test('how rows come from rows', () => {
    expect(tableUnder(PAGE, 'Rows').flatMap(([mode]) => codesIn(mode!))).toEqual(ROW_MODES);
  });

  test('attestations, with their payloads', () => {
    const common = ['author?', 'notes?', 'evidence?', 'extra?'];
    const rows = tableUnder(PAGE, 'Attestations').map(([type, , payload]) => [
      codesIn(type!)[0],
      [...common, ...codesIn(payload!)],
    ]);
    const schemas = Object.entries(ATTESTATION_SCHEMAS).map(([type, schema]) => [type, membersOf(schema)]);
    expect(rows).toEqual(schemas);
  });
});

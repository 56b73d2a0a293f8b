import { describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import {
  attest,
  dataset,
  featureDef,
  inNamespace,
  model,
  prediction,
  transform,
} from '../../../src/sdk/index.js';

const at = { namespace: 'lending', occurredAt: '2026-01-05T09:00:00Z' };
const raw = dataset({ ...at, name: 'loans', version: '2026/01', rowCount: 3 });
const cleaning = transform({ ...at, name: 'clean', version: 'run-1', reads: { to: raw, columns: ['lvr'] } });
const clean = dataset({
  ...at,
  name: 'clean loans',
  version: '1',
  producedBy: { to: cleaning, rows: [{ from: raw, mode: 'FILTER' }] },
});
const lvr = featureDef({ ...at, name: 'lvr', version: '1', derivedFrom: raw, expression: 'loan / value' });
const risk = model({
  ...at,
  name: 'risk',
  version: '1',
  trainedOn: { to: clean, split: 'train', toDigest: 'ab'.repeat(32) },
  trainedBy: cleaning,
  uses: [{ to: lvr, input: 'lvr' }],
});
const decision = prediction({
  ...at,
  name: 'decision',
  version: '17',
  model: risk,
  subjects: ['applicant-17'],
  scored: { to: clean, row: [17] },
  features: { lvr: { value: 0.8, contribution: -0.2 } },
  outcome: 'APPROVE',
});

describe('a builder', () => {
  test.each([raw, cleaning, clean, lvr, risk, decision])(
    'makes a declaration that the server accepts: $kind',
    (one) => {
      expect(parseDeclaration(JSON.parse(JSON.stringify(one)))).toMatchObject({ id: one.id, kind: one.kind });
    },
  );

  test('encodes the parts of an id', () => {
    expect(raw.id).toBe('dataset:lending/loans@2026%2F01');
    expect(clean.id).toBe('dataset:lending/clean%20loans@1');
  });

  test('says edges in the wire format', () => {
    expect(cleaning.edges).toEqual([{ type: 'READ', to: raw.id, props: { columns: ['lvr'] } }]);
    expect(clean.edges).toEqual([
      { type: 'PRODUCED_BY', to: cleaning.id, props: { rows: [{ from: raw.id, mode: 'FILTER' }] } },
    ]);
    expect(lvr.edges).toEqual([{ type: 'DERIVED_FROM', to: raw.id }]);
    expect(risk.edges).toEqual([
      { type: 'TRAINED_ON', to: clean.id, props: { split: 'train' }, toDigest: 'ab'.repeat(32) },
      { type: 'TRAINED_BY', to: cleaning.id },
      { type: 'USES', to: lvr.id, props: { input: 'lvr' } },
    ]);
    expect(decision.edges).toEqual([
      { type: 'MADE_BY', to: risk.id },
      { type: 'SCORED', to: clean.id, props: { role: 'INPUT' }, row: [17] },
    ]);
  });

  test('keeps fields apart from identity and edges', () => {
    expect(raw.fields).toEqual({ rowCount: 3 });
    expect(decision.fields).toEqual({ outcome: 'APPROVE' });
    expect(decision.subjects).toEqual(['applicant-17']);
  });

  test('can be bound to a namespace', () => {
    const lending = inNamespace('lending');
    expect(lending.dataset({ name: 'loans', version: '1', occurredAt: 1 }).id).toBe(
      'dataset:lending/loans@1',
    );
    expect(lending.dataset({ namespace: 'other', name: 'loans', version: '1', occurredAt: 1 }).id).toBe(
      'dataset:other/loans@1',
    );
  });
});

describe('an attestation', () => {
  const approval = {
    type: 'APPROVED' as const,
    about: risk,
    occurredAt: at.occurredAt,
    fields: { approver: 'Model risk', decision: 'APPROVED' },
  };

  test('is named by its content, so that saying it twice is one', () => {
    expect(attest(approval)).toEqual(attest(approval));
    expect(attest(approval).id).toMatch(/^attestation:lending\/approved@[0-9a-f]{32}$/);
    expect(attest({ ...approval, fields: { approver: 'x', decision: 'APPROVED' } }).id).not.toBe(
      attest(approval).id,
    );
    expect(parseDeclaration(attest(approval))).toMatchObject({ about: [risk.id] });
  });

  test('can be named', () => {
    const named = attest({
      ...approval,
      about: [risk, clean],
      namespace: 'audit',
      name: 'board',
      version: '3',
    });
    expect(named).toMatchObject({ id: 'attestation:audit/board@3', about: [risk.id, clean.id] });
  });
});

/** What the tables of bad input start from: small declarations that are right, and how a refusal is compared. */
import { expect } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import type { ErrorCode, PedigreeError } from '../../../src/domain/errors.js';
import { failureOf } from '../../support/failure.js';

export const DATASET = { id: 'dataset:lending/loans@1', kind: 'Dataset', occurredAt: 1 };
export const TRANSFORM = { id: 'transform:lending/clean@1', kind: 'Transform', occurredAt: 1 };
export const MODEL = { id: 'model:lending/scorer@1', kind: 'Model', occurredAt: 1 };
export const MADE_BY = { type: 'MADE_BY', to: MODEL.id };
export const SCORED = { type: 'SCORED', to: DATASET.id, props: { role: 'INPUT' } };
export const PREDICTION = {
  id: 'prediction:lending/decision@1',
  kind: 'Prediction',
  occurredAt: 1,
  subjects: ['alice'],
  edges: [MADE_BY],
};
export const ATTESTATION = {
  id: 'attestation:lending/note@1',
  kind: 'Attestation',
  type: 'RATIONALE',
  about: [MODEL.id],
  occurredAt: 1,
  fields: { text: 'why' },
};

/** A row of a table: what is wrong, the declaration, and the code and the whole message of its refusal. */
export type Refusal = [what: string, input: unknown, code: ErrorCode, message: string];

/** How every message about an id begins. */
export const ID =
  'an id must be "kind:namespace/name@version" with percent-encoded parts and at most 2048 bytes';

/** Checks a row. */
export function refuses(_what: string, input: unknown, code: ErrorCode, message: string): void {
  const failure = failureOf(() => parseDeclaration(input)) as PedigreeError;
  expect({ code: failure.code, message: failure.message }).toEqual({ code, message });
}

/** An object without one of its members. */
export function without<T extends object>(object: T, name: keyof T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)) as Partial<T>;
}

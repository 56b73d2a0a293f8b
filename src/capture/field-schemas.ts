/** The fields of each kind of artifact and of each type of attestation, as zod schemas. */
import { z } from 'zod';
import type { JsonObject } from '../domain/json.js';
import {
  CLASSIFICATIONS,
  PREDICTION_MODES,
  ROW_MODES,
  SCORED_ROLES,
  type ArtifactKind,
  type EdgeType,
} from '../domain/kinds.js';

const text = z.string().min(1).max(65_536);
const name = z.string().min(1).max(512);
const json = z.custom<JsonObject>((value) => value !== undefined, 'a JSON value is required');
const jsonObject = z.record(z.string(), z.unknown());
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'required: "sha256:" and 64 lower-case hex digits');
const commit = z.string().regex(/^[0-9a-f]{7,64}$/, 'required: a commit id of 7 to 64 lower-case hex digits');
const code = z.strictObject({ repository: text, commit, path: text.optional() });
const tuple = z
  .array(z.union([z.string(), z.number(), z.boolean()]))
  .min(1)
  .max(16);
const classification = z.enum(CLASSIFICATIONS);
const common = { description: text.optional(), owner: name.optional(), extra: jsonObject.optional() };

const KEYS = z
  .strictObject({
    columns: z.array(name).min(1).max(16),
    from: tuple.optional(),
    to: tuple.optional(),
    in: z.array(tuple).max(10_000).optional(),
  })
  .refine(
    (keys) => (keys.from === undefined) === (keys.to === undefined),
    'required: both "from" and "to", or neither',
  );

const SCHEMA_FIELD = z.strictObject({
  name,
  type: name,
  nullable: z.boolean().optional(),
  description: text.optional(),
  classification: classification.optional(),
});

export const FIELD_SCHEMAS: Readonly<Record<ArtifactKind, z.ZodType<Record<string, unknown>>>> = {
  Dataset: z.strictObject({
    ...common,
    schema: z.array(SCHEMA_FIELD).max(10_000).optional(),
    location: text.optional(),
    contentDigest: sha256.optional(),
    rowCount: count.optional(),
    classification: classification.optional(),
    contract: json.optional(),
    keys: KEYS.optional(),
  }),
  Transform: z.strictObject({
    ...common,
    code: code.optional(),
    parameters: jsonObject.optional(),
    environment: jsonObject.optional(),
  }),
  FeatureDef: z.strictObject({
    ...common,
    expression: text.optional(),
    type: name.optional(),
    unit: name.optional(),
    rationale: text.optional(),
    classification: classification.optional(),
    code: code.optional(),
  }),
  Model: z.strictObject({
    ...common,
    weightsDigest: sha256.optional(),
    architecture: text.optional(),
    hyperparameters: jsonObject.optional(),
    framework: text.optional(),
    metrics: jsonObject.optional(),
    intendedUse: text.optional(),
    code: code.optional(),
  }),
  Prediction: z.strictObject({
    ...common,
    outcome: name.optional(),
    score: z.number().optional(),
    mode: z.enum(PREDICTION_MODES).optional(),
    endpoint: name.optional(),
    preprocessing: code.optional(),
    baseValue: z.number().optional(),
    explanation: text.optional(),
    notes: text.optional(),
    verbatim: json.optional(),
  }),
};

export const FEATURE_VALUE = z.strictObject({
  value: json,
  contribution: z.number().optional(),
  source: z.strictObject({ dataset: text, row: tuple.optional(), asOf: text.optional() }).optional(),
  subject: name.optional(),
});

const ROW_LINEAGE = z.strictObject({
  from: text,
  mode: z.enum(ROW_MODES),
  keyMap: z.array(z.int().min(0).max(15)).min(1).max(16).optional(),
});

/** The properties that an edge of each type may carry. */
export const EDGE_PROPS: Readonly<Record<EdgeType, z.ZodType<Record<string, unknown>>>> = {
  PRODUCED_BY: z.strictObject({ rows: z.array(ROW_LINEAGE).max(1_000).optional() }),
  READ: z.strictObject({ columns: z.array(name).optional() }),
  APPLIED: z.strictObject({}),
  DERIVED_FROM: z.strictObject({ columns: z.array(name).optional() }),
  TRAINED_ON: z.strictObject({ split: name.optional() }),
  EVALUATED_ON: z.strictObject({ split: name.optional() }),
  TRAINED_BY: z.strictObject({}),
  USES: z.strictObject({ input: name.optional() }),
  TUNED_FROM: z.strictObject({}),
  MEMBER: z.strictObject({ weight: z.number().optional() }),
  MADE_BY: z.strictObject({}),
  SCORED: z.strictObject({ role: z.enum(SCORED_ROLES) }),
  USED_OUTPUT_OF: z.strictObject({}),
  RESOLVED_TO: z.strictObject({}),
};

const evidence = z
  .array(z.strictObject({ digest: sha256.optional(), link: text.optional(), title: text.optional() }))
  .max(100);
const attested = {
  author: name.optional(),
  notes: text.optional(),
  evidence: evidence.optional(),
  extra: jsonObject.optional(),
};
const number = z.number();
const flag = z.boolean();

/** The payload of each known attestation type. An `x-…` type carries any object. */
export const ATTESTATION_SCHEMAS: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  CONTRACT_CHECK: z.strictObject({
    ...attested,
    contract: text,
    contractDigest: sha256.optional(),
    passed: flag,
    rowsChecked: count.optional(),
    rowsFailed: count.optional(),
    checks: z.array(
      z.strictObject({
        rule: text,
        column: name.optional(),
        passed: flag,
        failed: count.optional(),
        samples: z.array(tuple).max(100).optional(),
      }),
    ),
  }),
  DATA_PROFILE: z.strictObject({ ...attested, profile: jsonObject }),
  DRIFT: z.strictObject({
    ...attested,
    feature: name.optional(),
    statistic: name,
    value: number,
    threshold: number,
    drifted: flag,
    baseline: text.optional(),
    sample: jsonObject.optional(),
  }),
  DEPLOYED: z.strictObject({ ...attested, endpoint: name, environment: name.optional() }),
  APPROVED: z.strictObject({
    ...attested,
    approver: name,
    decision: z.enum(['APPROVED', 'REJECTED']),
    basis: text.optional(),
  }),
  RATIONALE: z.strictObject({ ...attested, text }),
  INCIDENT: z.strictObject({
    ...attested,
    title: name,
    severity: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    status: z.enum(['OPEN', 'RESOLVED']),
    explanation: text.optional(),
  }),
  OUTCOME_OBSERVED: z.strictObject({ ...attested, outcome: name }),
  HUMAN_DECISION: z.strictObject({ ...attested, decision: name, explanation: text.optional() }),
  RETIRED: z.strictObject({ ...attested, reason: text }),
  SUPPLEMENTS: z.strictObject({
    ...attested,
    state: z.enum(['STARTED', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED', 'OTHER']).optional(),
    startedAt: count.optional(),
    endedAt: count.optional(),
    error: text.optional(),
    facets: jsonObject.optional(),
    verbatim: json.optional(),
  }),
  RESOLVED: z.strictObject({ ...attested, reason: text.optional() }),
  CORRECTS: z.strictObject({ ...attested, from: text.optional(), to: text.optional(), reason: text }),
  LEGAL_HOLD: z.strictObject({
    ...attested,
    basis: text,
    until: count.optional(),
    released: flag.optional(),
  }),
  ERASED: z.strictObject({ ...attested, basis: text }),
};

export const OPEN_ATTESTATION = jsonObject;

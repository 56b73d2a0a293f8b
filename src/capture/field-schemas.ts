/** The fields of each kind of artifact and of each type of attestation, as zod schemas. */
import { z } from 'zod';
import type { JsonObject } from '../domain/json.js';
import {
  ARTIFACT_KINDS,
  CLASSIFICATIONS,
  PREDICTION_MODES,
  ROW_MODES,
  SCORED_ROLES,
  type ArtifactKind,
  type EdgeType,
} from '../domain/kinds.js';
import { isUrnOf } from '../domain/urn.js';
import { contractDocument, digestOf } from './contract-document.js';

/** An object with these members and no others. */
function members<T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  const known = Object.keys(shape).join(', ') || 'none';
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `may have the members ${known}` : undefined),
  });
}

const text = z.string().min(1).max(65_536);
const name = z.string().min(1).max(512);
const json = z.custom<JsonObject>((value) => value !== undefined, 'must be a JSON value');
const jsonObject = z.record(z.string(), z.unknown());
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be "sha256:" and 64 lower-case hex digits');
const commit = z.string().regex(/^[0-9a-f]{7,64}$/, 'must be a commit id of 7 to 64 lower-case hex digits');
const code = members({ repository: text, commit, path: text.optional() });
const tuple = z
  .array(z.union([z.string(), z.number(), z.boolean()], 'must be text, a number, true or false'))
  .min(1)
  .max(16);
const datasetId = z.string().refine((id) => isUrnOf('Dataset', id), 'must be the id of a data set');
const artifactId = z
  .string()
  .refine((id) => ARTIFACT_KINDS.some((kind) => isUrnOf(kind, id)), 'must be the id of an artifact');
const classification = z.enum(CLASSIFICATIONS);
const common = { description: text.optional(), owner: name.optional(), extra: jsonObject.optional() };

const KEYS = members({
  columns: z.array(name).min(1).max(16),
  from: tuple.optional(),
  to: tuple.optional(),
  in: z.array(tuple).max(10_000).optional(),
})
  .refine(
    (keys) => (keys.from === undefined) === (keys.to === undefined),
    'must have both "from" and "to", or neither',
  )
  .refine(
    ({ columns, from = columns, to = columns, in: list = [] }) =>
      [from, to, ...list].every((key) => key.length === columns.length),
    'must have keys with one part for each of its columns',
  );

const SCHEMA_FIELD = members({
  name,
  type: name,
  nullable: z.boolean().optional(),
  description: text.optional(),
  classification: classification.optional(),
});

export const FIELD_SCHEMAS: Readonly<Record<ArtifactKind, z.ZodType<Record<string, unknown>>>> = {
  Dataset: members({
    ...common,
    schema: z.array(SCHEMA_FIELD).max(10_000).optional(),
    location: text.optional(),
    contentDigest: sha256.optional(),
    rowCount: count.optional(),
    classification: classification.optional(),
    contract: json.optional(),
    keys: KEYS.optional(),
  }),
  Transform: members({
    ...common,
    code: code.optional(),
    parameters: jsonObject.optional(),
    environment: jsonObject.optional(),
  }),
  FeatureDef: members({
    ...common,
    expression: text.optional(),
    type: name.optional(),
    unit: name.optional(),
    rationale: text.optional(),
    classification: classification.optional(),
    code: code.optional(),
  }),
  Model: members({
    ...common,
    weightsDigest: sha256.optional(),
    architecture: text.optional(),
    hyperparameters: jsonObject.optional(),
    framework: text.optional(),
    metrics: jsonObject.optional(),
    intendedUse: text.optional(),
    code: code.optional(),
  }),
  Prediction: members({
    ...common,
    outcome: name.optional(),
    score: z.number().optional(),
    mode: z.enum(PREDICTION_MODES).optional(),
    endpoint: name.optional(),
    preprocessing: code.optional(),
    baseValue: z.number().optional(),
    reasons: z.array(name).min(1).max(100).optional(),
    explanation: text.optional(),
    notes: text.optional(),
    verbatim: json.optional(),
  }),
};

export const FEATURE_VALUE = members({
  value: json,
  contribution: z.number().optional(),
  source: members({ dataset: datasetId, row: tuple.optional(), asOf: text.optional() }).optional(),
  subject: name.optional(),
});

const ROW_LINEAGE = members({
  from: datasetId,
  mode: z.enum(ROW_MODES),
  keyMap: z.array(z.int().min(0).max(15)).min(1).max(16).optional(),
});

const COLUMN_LINEAGE = members({
  column: text,
  from: z
    .array(
      members({
        dataset: text,
        column: text,
        transformation: text.optional(),
        masking: z.boolean().optional(),
      }),
    )
    .max(10_000),
});

/** The properties that an edge of each type may carry. */
export const EDGE_PROPS: Readonly<Record<EdgeType, z.ZodType<Record<string, unknown>>>> = {
  PRODUCED_BY: members({
    rows: z.array(ROW_LINEAGE).max(1_000).optional(),
    columns: z.array(COLUMN_LINEAGE).max(10_000).optional(),
  }),
  READ: members({ columns: z.array(name).optional() }),
  APPLIED: members({}),
  DERIVED_FROM: members({ columns: z.array(name).optional() }),
  TRAINED_ON: members({ split: name.optional() }),
  EVALUATED_ON: members({ split: name.optional() }),
  TRAINED_BY: members({}),
  USES: members({ input: name.optional() }),
  TUNED_FROM: members({}),
  MEMBER: members({ weight: z.number().optional() }),
  MADE_BY: members({}),
  SCORED: members({ role: z.enum(SCORED_ROLES) }),
  USED_OUTPUT_OF: members({}),
  RESOLVED_TO: members({}),
};

const evidence = z
  .array(members({ digest: sha256.optional(), link: text.optional(), title: text.optional() }))
  .max(100);
const attested = {
  author: name.optional(),
  notes: text.optional(),
  evidence: evidence.optional(),
  extra: jsonObject.optional(),
};
const TAG = members({ key: text, value: text.optional(), source: text.optional(), field: text.optional() });
const SUPPLEMENTED_DATASET = z.looseObject({ id: text, role: z.enum(['INPUT', 'OUTPUT']) });
const number = z.number();
const flag = z.boolean();
const LIKELY_CAUSE = members({
  artifact: artifactId,
  suspects: count.optional(),
  controls: count.optional(),
  adjustedPValue: number.optional(),
  alike: count.optional(),
});

/** The payload of each known attestation type. An `x-…` type carries any object. */
export const ATTESTATION_SCHEMAS: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  CONTRACT: members({ ...attested, document: contractDocument, contractDigest: sha256 }).refine(
    ({ document, contractDigest }) => contractDigest === digestOf(document),
    'must have as "contractDigest" the SHA-256 of the canonical form of its "document"',
  ),
  CONTRACT_CHECK: members({
    ...attested,
    contract: text,
    contractDigest: sha256.optional(),
    passed: flag,
    rowsChecked: count.optional(),
    rowsFailed: count.optional(),
    checks: z.array(
      members({
        rule: text,
        column: name.optional(),
        passed: flag,
        failed: count.optional(),
        measured: number.optional(),
        samples: z.array(tuple).max(100).optional(),
      }),
    ),
  }),
  DATA_PROFILE: members({ ...attested, profile: jsonObject }),
  DRIFT: members({
    ...attested,
    feature: name.optional(),
    statistic: name,
    value: number,
    threshold: number,
    drifted: flag,
    baseline: text.optional(),
    sample: jsonObject.optional(),
    causes: z.array(LIKELY_CAUSE).max(100).optional(),
  }),
  DEPLOYED: members({ ...attested, endpoint: name, environment: name.optional() }),
  APPROVED: members({
    ...attested,
    approver: name,
    decision: z.enum(['APPROVED', 'REJECTED']),
    basis: text.optional(),
    until: count.optional(),
  }),
  RATIONALE: members({ ...attested, text }),
  INCIDENT: members({
    ...attested,
    title: name,
    severity: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    status: z.enum(['OPEN', 'RESOLVED']),
    explanation: text.optional(),
  }),
  OUTCOME_OBSERVED: members({ ...attested, outcome: name }),
  HUMAN_DECISION: members({ ...attested, decision: name, explanation: text.optional() }),
  RETIRED: members({ ...attested, reason: text }),
  SUPPLEMENTS: members({
    ...attested,
    state: z.enum(['STARTED', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED', 'OTHER']).optional(),
    startedAt: count.optional(),
    endedAt: count.optional(),
    error: text.optional(),
    code: code.optional(),
    parameters: jsonObject.optional(),
    environment: jsonObject.optional(),
    nominalTime: jsonObject.optional(),
    parent: text.optional(),
    root: text.optional(),
    description: text.optional(),
    query: text.optional(),
    owners: z.array(members({ name: text, type: text.optional() })).optional(),
    tags: z.array(TAG).optional(),
    job: jsonObject.optional(),
    datasets: z.array(SUPPLEMENTED_DATASET).optional(),
    deleted: z.array(text).optional(),
    facets: jsonObject.optional(),
    verbatim: json.optional(),
  }),
  RESOLVED: members({ ...attested, reason: text.optional() }),
  CORRECTS: members({ ...attested, from: artifactId.optional(), to: artifactId.optional(), reason: text }),
  LEGAL_HOLD: members({
    ...attested,
    basis: text,
    until: count.optional(),
    released: flag.optional(),
  }),
  RESTRICTED: members({
    ...attested,
    basis: text,
    erasure: name,
    duty: text,
    dutyBasis: text,
    purpose: text,
    keepUntil: count.optional(),
    part: count,
    parts: count,
    values: z.array(members({ id: text, paths: z.array(text) })),
  }),
  ERASED: members({
    ...attested,
    basis: text,
    erasure: name,
    part: count,
    parts: count,
    values: z.array(members({ id: text, paths: z.array(text) })),
  }),
};

export const OPEN_ATTESTATION = jsonObject;

/**
 * Untrusted input → a checked declaration, or an error that names the member at fault.
 * Nothing here needs the database; what does (conflicts, cycles) is decided in the write transaction.
 */
import type { z } from 'zod';
import type { CheckedDeclaration, CheckedEdge, FeatureValue } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import { checkJson, type JsonObject } from '../domain/json.js';
import { concernsDecision, FREE_TEXT_FIELDS } from '../domain/personal.js';
import { ENTRY_KINDS, isAttestationType, type EntryKind } from '../domain/kinds.js';
import { parseUrn, type Urn } from '../domain/urn.js';
import { check, isObject, refuseUnknown } from './check.js';
import { ATTESTATION_SCHEMAS, FEATURE_VALUE, FIELD_SCHEMAS, OPEN_ATTESTATION } from './field-schemas.js';
import { parseEdges, parseWithdrawn } from './parse-edges.js';
import { parseTime } from './parse-time.js';
import { isUsualFeature, isUsualPredictionFields } from './usual-forms.js';

const MEMBERS: Readonly<Record<'artifact' | 'Prediction' | 'Attestation', readonly string[]>> = {
  artifact: ['id', 'kind', 'occurredAt', 'fields', 'edges', 'personal', 'subjects'],
  Prediction: ['id', 'kind', 'occurredAt', 'fields', 'edges', 'personal', 'subjects', 'features'],
  Attestation: [
    'id',
    'kind',
    'occurredAt',
    'fields',
    'edges',
    'personal',
    'subjects',
    'type',
    'about',
    'withdraws',
  ],
};

/**
 * Checks one declaration as parsed from JSON.
 *
 * @param isStrictJson true if `parseStrictJson` gave the value, which has then been checked already
 *
 * Errors: every `input` code of src/domain/errors.ts; the message names the member and what it must be.
 */
export function parseDeclaration(
  input: unknown,
  { isStrictJson = false }: { readonly isStrictJson?: boolean } = {},
): CheckedDeclaration {
  if (!isObject(input))
    throw new PedigreeError('BAD_INPUT', required('a declaration must be a JSON object', input));
  if (!isStrictJson) checkJson(input);
  const kind = parseKind(input.kind);
  const urn = parseId(input.id, kind);
  const allowed = MEMBERS[kind === 'Prediction' || kind === 'Attestation' ? kind : 'artifact'];
  refuseUnknown(input, allowed, `a ${kind} declaration`);
  const id = input.id as string;
  const about = kind === 'Attestation' ? parseAbout(input.about) : [];
  const edges = parseEdges(input.edges, { id, kind });
  const subjects = parseSubjects(input.subjects, kind);
  const features = parseFeatures(input.features, subjects);
  const fields = parseFields(input, kind);
  const personal = parsePersonal(input.personal, fields, subjects);
  const withdraws = parseWithdrawn(input.withdraws, fields.type);
  checkWhole({ kind, about, fields, edges }, subjects);
  if (fields.type === 'CORRECTS') checkCorrection(about, fields, [...edges, ...withdraws]);
  return {
    id,
    kind,
    namespace: urn.namespace,
    name: urn.name,
    version: urn.version,
    occurredAt: parseTime(input.occurredAt, 'occurredAt'),
    fields,
    features,
    subjects: subjects ?? [],
    personal,
    edges,
    about,
    withdraws,
  };
}

function parseKind(kind: unknown): EntryKind {
  if (typeof kind === 'string' && (ENTRY_KINDS as readonly string[]).includes(kind)) return kind as EntryKind;
  throw new PedigreeError('UNKNOWN_KIND', required(`"kind" must be one of ${ENTRY_KINDS.join(', ')}`, kind));
}

function parseId(id: unknown, kind: EntryKind): Urn {
  const urn = parseUrn(id);
  if (urn.kind === kind) return urn;
  throw new PedigreeError(
    'URN_KIND_MISMATCH',
    required(`the id of a ${kind} must begin with "${kind.toLowerCase()}:"`, id),
  );
}

function parseFields(input: Record<string, unknown>, kind: EntryKind): JsonObject {
  const fields = input.fields ?? {};
  if (kind !== 'Attestation') return checkFields(FIELD_SCHEMAS[kind], fields);
  const type = input.type;
  if (typeof type !== 'string' || !isAttestationType(type)) {
    const known = Object.keys(ATTESTATION_SCHEMAS).join(', ');
    throw new PedigreeError(
      'BAD_INPUT',
      required(`"type" must be one of ${known}, or begin with "x-"`, type),
    );
  }
  if (isObject(fields) && 'type' in fields) {
    throw new PedigreeError(
      'UNKNOWN_FIELD',
      'an attestation names its type beside "fields", not inside them',
    );
  }
  return { type, ...checkFields(ATTESTATION_SCHEMAS[type] ?? OPEN_ATTESTATION, fields) };
}

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** Members of a declaration that an entry keeps where it keeps fields: a field of that name would be taken for them. */
const RESERVED: readonly string[] = ['features', 'subjects', 'withdraws'];

function checkFields(schema: z.ZodType<Record<string, unknown>>, fields: unknown): JsonObject {
  if (schema === FIELD_SCHEMAS.Prediction && isUsualPredictionFields(fields)) return fields;
  const checked = check(schema, fields, 'fields') as JsonObject;
  const bad = Object.keys(checked).find((field) => !FIELD_NAME.test(field) || RESERVED.includes(field));
  if (bad === undefined) return checked;
  throw new PedigreeError(
    'UNKNOWN_FIELD',
    required(
      `a field name must be a letter and up to 63 letters, digits or "_", and none of ${RESERVED.join(', ')}`,
      bad,
    ),
  );
}

function parseAbout(about: unknown): readonly string[] {
  if (!Array.isArray(about) || about.length === 0 || about.length > 1_000) {
    throw new PedigreeError(
      'EDGE_WITHOUT_TARGET',
      required('"about" must be a list of 1 to 1,000 artifact ids', about),
    );
  }
  for (const id of about) {
    if (parseUrn(id).kind === 'Attestation') {
      throw new PedigreeError('EDGE_NOT_ALLOWED', required('an attestation is about artifacts', id));
    }
  }
  return [...new Set(about as string[])];
}

function parseSubjects(subjects: unknown, kind: EntryKind): readonly string[] | undefined {
  if (subjects === undefined) {
    if (kind !== 'Prediction') return undefined;
    throw new PedigreeError(
      'SUBJECT_REQUIRED',
      'a Prediction must say whom it concerns in "subjects", or that it concerns nobody with an empty list',
    );
  }
  const valid =
    Array.isArray(subjects) &&
    subjects.length <= 100 &&
    subjects.every((subject) => typeof subject === 'string' && subject !== '' && subject.length <= 512) &&
    new Set(subjects).size === subjects.length;
  if (valid) return subjects as string[];
  throw new PedigreeError(
    'BAD_INPUT',
    required('"subjects" must be a list of at most 100 distinct, non-empty names', subjects),
  );
}

function parseFeatures(
  features: unknown,
  subjects: readonly string[] | undefined,
): Readonly<Record<string, FeatureValue>> {
  if (features === undefined) return {};
  if (!isObject(features)) {
    throw new PedigreeError(
      'BAD_INPUT',
      required('"features" must be an object of feature values by name', features),
    );
  }
  for (const [name, feature] of Object.entries(features)) {
    if (name === '' || name.length > 512) {
      throw new PedigreeError('BAD_INPUT', required("a feature's name must have 1 to 512 characters", name));
    }
    if (isUsualFeature(feature)) continue;
    const { subject } = check(FEATURE_VALUE, feature, `features/${name}`) as { subject?: string };
    if (subject !== undefined && !subjects?.includes(subject)) {
      throw new PedigreeError(
        'SUBJECT_REQUIRED',
        required(`features/${name}/subject must be one of "subjects"`, subject),
      );
    }
  }
  return features as Record<string, FeatureValue>;
}

/** Fields that say what an entry is; the graph cannot work without them. */
const STRUCTURE: readonly unknown[] = ['type', 'mode'];

function parsePersonal(
  personal: unknown,
  fields: JsonObject,
  subjects: readonly string[] | undefined,
): readonly string[] {
  if (personal === undefined) return [];
  const isField = (name: unknown): boolean =>
    typeof name === 'string' && Object.hasOwn(fields, name) && !STRUCTURE.includes(name);
  if (!Array.isArray(personal) || !personal.every(isField)) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(
        `"personal" must be a list of names of the declaration's fields, other than ${STRUCTURE.join(' and ')}`,
        personal,
      ),
    );
  }
  if (personal.length > 0 && !subjects?.length) {
    throw new PedigreeError(
      'SUBJECT_REQUIRED',
      'a declaration with "personal" fields must name whom they concern in "subjects"',
    );
  }
  return [...new Set(personal as string[])].sort();
}

/** What the checks across members look at. */
interface Whole {
  readonly kind: EntryKind;
  readonly about: readonly string[];
  readonly fields: JsonObject;
  readonly edges: readonly CheckedEdge[];
}

function checkWhole({ kind, about, fields, edges }: Whole, subjects: readonly string[] | undefined): void {
  const madeBy = edges.filter((edge) => edge.type === 'MADE_BY').length;
  if (kind === 'Prediction' && madeBy !== 1) {
    throw new PedigreeError(
      'REQUIRED_EDGE_MISSING',
      required('a Prediction must have exactly one MADE_BY edge', madeBy),
    );
  }
  if (kind === 'Attestation') checkAttested({ kind, about, fields, edges }, subjects);
}

/** What a correction changes it must be about: there answers look for what corrects an artifact. */
function checkCorrection(
  about: readonly string[],
  { from }: JsonObject,
  edges: readonly { readonly from: string }[],
): void {
  const changed = [...edges.map((edge) => edge.from), ...(typeof from === 'string' ? [from] : [])];
  const missing = changed.find((id) => !about.includes(id));
  if (missing === undefined) return;
  throw new PedigreeError(
    'EDGE_NOT_ALLOWED',
    required('a correction must be "about" every artifact that it corrects', missing),
  );
}

/** Attestations that may add edges; all others only say something about artifacts. */
const ADDS_EDGES: readonly string[] = ['SUPPLEMENTS', 'RESOLVED', 'CORRECTS'];

/** Free text and row keys of a decision are sealed under a subject's key: without a subject they would lie open. */
function checkAttested({ kind, about, fields, edges }: Whole, subjects: readonly string[] | undefined): void {
  if (edges.length > 0 && !ADDS_EDGES.includes(fields.type as string)) {
    throw new PedigreeError(
      'UNKNOWN_FIELD',
      required(`"edges" may be in attestations of type ${ADDS_EDGES.join(', ')} only`, fields.type),
    );
  }
  const withRow = edges.findIndex((edge) => edge.row !== undefined);
  const from = edges[withRow]?.from;
  if (from !== undefined && !about.includes(from)) {
    throw new PedigreeError(
      'EDGE_NOT_ALLOWED',
      required(`edges/${String(withRow)}/row: only an attestation about the decision may name its row`, from),
    );
  }
  if (!concernsDecision({ kind, about }) || subjects !== undefined) return;
  const text = FREE_TEXT_FIELDS.find((field) => field in fields);
  const member = text === undefined ? `edges/${String(withRow)}/row` : `fields/${text}`;
  if (text === undefined && from === undefined) return;
  throw new PedigreeError(
    'SUBJECT_REQUIRED',
    `${member} is personal in an attestation about a decision: say whom it concerns in "subjects" (an empty list: nobody)`,
  );
}

/** The edges of a declaration: their types, ends, properties and row keys. */
import type { CheckedEdge, EdgeRef, RowKey } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import { EDGE_RULES, EDGE_TYPES, type EdgeType, type EntryKind } from '../domain/kinds.js';
import { parseKnownUrn } from '../domain/urn.js';
import { check, isObject, refuseUnknown } from './check.js';
import { EDGE_PROPS } from './field-schemas.js';
import { isUsualEdgeProps } from './usual-forms.js';

/** Most edges that one declaration may have. */
const MAX_EDGES = 10_000;

interface Owner {
  readonly id: string;
  readonly kind: EntryKind;
}

/** Checks the `edges` of a declaration; an attestation's edges say where they come `from`. */
export function parseEdges(edges: unknown, owner: Owner): readonly CheckedEdge[] {
  if (edges === undefined) return [];
  if (!Array.isArray(edges) || edges.length > MAX_EDGES) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`"edges" must be a list of at most ${String(MAX_EDGES)} edges`, edges),
    );
  }
  const seen = new Set<string>();
  return edges.map((edge: unknown, i) => {
    const checked = parseEdge(edge, owner, `edges/${String(i)}`);
    const key = `${checked.type} ${checked.from} ${checked.to}`;
    if (seen.has(key)) {
      throw new PedigreeError(
        'DUPLICATE_EDGE',
        `edges/${String(i)}: ${checked.type} to ${checked.to} is there twice; say it once`,
      );
    }
    seen.add(key);
    return checked;
  });
}

/** Checks the edges that a `CORRECTS` or `RESOLVED` attestation ends; no other entry may end any. */
export function parseWithdrawn(edges: unknown, attestation: unknown): readonly EdgeRef[] {
  if (edges === undefined) return [];
  if (attestation !== 'CORRECTS' && attestation !== 'RESOLVED') {
    throw new PedigreeError(
      'UNKNOWN_FIELD',
      required('"withdraws" may be in attestations of type CORRECTS and RESOLVED only', attestation),
    );
  }
  if (!Array.isArray(edges) || edges.length > MAX_EDGES) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`"withdraws" must be a list of at most ${String(MAX_EDGES)} edges`, edges),
    );
  }
  return edges.map((edge: unknown, i) => {
    const where = `withdraws/${String(i)}`;
    if (!isObject(edge)) throw new PedigreeError('BAD_INPUT', required(`${where} must be an object`, edge));
    refuseUnknown(edge, ['type', 'from', 'to'], where);
    const type = parseType(edge.type, where);
    requireEnds(type, edge.from, edge.to, where);
    return { type, from: edge.from as string, to: edge.to as string };
  });
}

function parseEdge(edge: unknown, owner: Owner, where: string): CheckedEdge {
  if (!isObject(edge)) throw new PedigreeError('BAD_INPUT', required(`${where} must be an object`, edge));
  refuseUnknown(edge, ['type', 'from', 'to', 'props', 'toDigest', 'row'], where);
  const type = parseType(edge.type, where);
  const from = parseFrom(edge.from, owner, where);
  requireEnds(type, from, edge.to, where);
  const props = edge.props ?? {};
  if (!isUsualEdgeProps(type, props)) check(EDGE_PROPS[type], props, `${where}/props`);
  return {
    type,
    from,
    to: edge.to as string,
    props: props as JsonObject,
    ...(edge.toDigest === undefined ? {} : { toDigest: parseDigest(edge.toDigest, where) }),
    ...(edge.row === undefined ? {} : { row: parseRow(edge.row, type, where) }),
  };
}

function parseType(type: unknown, where: string): EdgeType {
  if (typeof type === 'string' && (EDGE_TYPES as readonly string[]).includes(type)) return type as EdgeType;
  throw new PedigreeError(
    'UNKNOWN_EDGE_TYPE',
    required(`${where}/type must be one of ${EDGE_TYPES.join(', ')}`, type),
  );
}

function parseFrom(from: unknown, owner: Owner, where: string): string {
  if (owner.kind === 'Attestation') {
    if (typeof from === 'string') return from;
    throw new PedigreeError(
      'BAD_INPUT',
      required(`${where}/from must be the id that the attested edge leaves`, from),
    );
  }
  if (from === undefined || from === owner.id) return owner.id;
  throw new PedigreeError(
    'EDGE_NOT_ALLOWED',
    required(`${where}/from: an artifact declares only its own edges`, from),
  );
}

function requireEnds(type: EdgeType, from: unknown, to: unknown, where: string): void {
  if (to === undefined || to === '') {
    throw new PedigreeError(
      'EDGE_WITHOUT_TARGET',
      `${where}/to: the id of the ${type} edge's target is required`,
    );
  }
  const rule = EDGE_RULES[type];
  const ends = { from: parseKnownUrn(from).kind, to: parseKnownUrn(to).kind };
  if (
    (rule.from as readonly string[]).includes(ends.from) &&
    (rule.to as readonly string[]).includes(ends.to)
  )
    return;
  throw new PedigreeError(
    'EDGE_NOT_ALLOWED',
    required(
      `${where}: ${type} goes from ${rule.from.join(' or ')} to ${rule.to.join(' or ')}`,
      `${ends.from} to ${ends.to}`,
    ),
  );
}

function parseDigest(digest: unknown, where: string): string {
  if (typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)) return digest;
  throw new PedigreeError(
    'BAD_INPUT',
    required(`${where}/toDigest must be 64 lower-case hex digits`, digest),
  );
}

function parseRow(row: unknown, type: EdgeType, where: string): RowKey {
  const valid =
    Array.isArray(row) &&
    row.length > 0 &&
    row.length <= 16 &&
    row.every((part) => ['string', 'number', 'boolean'].includes(typeof part));
  if (valid && type === 'SCORED') return row as RowKey;
  const what =
    type === 'SCORED'
      ? 'a list of 1 to 16 strings, numbers or booleans'
      : 'left out: only a SCORED edge names a row';
  throw new PedigreeError('BAD_INPUT', required(`${where}/row must be ${what}`, row));
}

/** The disclosures that a declaration consists of (docs/entry-format.md, Disclosures). */
import type { CheckedDeclaration, CheckedEdge } from '../domain/declaration.js';
import { canonicalJson } from '../domain/json.js';
import { concernsDecision, isPersonalField } from '../domain/personal.js';

/** One value to disclose: its path, its canonical JSON, and whose it is if it is personal. */
export interface Member {
  readonly path: string;
  readonly json: string;
  readonly subject?: string;
}

export interface Members {
  readonly head: string;
  readonly values: readonly Member[];
  readonly edges: readonly Member[];
}

/** A member whose value was erased with its key: what its entry committed to is all that is left of it. */
export interface ErasedMember {
  readonly path: string;
  /** d(path, value), as it was made with the key that is gone. */
  readonly digest: string;
}

/** Members of which some may have been erased: an entry can still be made again from them. */
export interface KeptMembers extends Omit<Members, 'values'> {
  readonly values: readonly (Member | ErasedMember)[];
}

/** Takes a declaration apart into what its entry commits to. */
export function membersOf(declaration: CheckedDeclaration): Members {
  const { id, kind, occurredAt } = declaration;
  return {
    head: canonicalJson({ id, kind, occurredAt }),
    values: [
      ...fieldMembers(declaration),
      ...featureMembers(declaration),
      ...subjectMembers(declaration),
      ...rowMembers(declaration),
    ],
    edges: [
      ...declaration.about.map((to) => ({ path: `edge/ABOUT/${to}`, json: '{"props":{}}' })),
      ...declaration.edges.map((edge) => edgeMember(edge, declaration.id)),
    ],
  };
}

function fieldMembers(declaration: CheckedDeclaration): Member[] {
  const fields: [string, unknown][] = Object.entries(declaration.fields);
  if (declaration.withdraws.length > 0) fields.push(['withdraws', declaration.withdraws]);
  return fields.map(([field, value]) => ({
    path: `value/${field}`,
    json: canonicalJson(value as never),
    ...owned(isPersonalField(declaration, field) ? declaration.subjects[0] : undefined),
  }));
}

function featureMembers({ features, subjects }: CheckedDeclaration): Member[] {
  return Object.entries(features).map(([name, { subject, ...feature }]) => ({
    path: `value/features/${name}`,
    json: canonicalJson(feature as never),
    ...owned(subject ?? subjects[0]),
  }));
}

function subjectMembers({ subjects }: CheckedDeclaration): Member[] {
  return subjects.map((subject, i) => ({
    path: `value/subjects/${String(i)}`,
    json: JSON.stringify(subject),
    subject,
  }));
}

function rowMembers(declaration: CheckedDeclaration): Member[] {
  const owner = concernsDecision(declaration) ? declaration.subjects[0] : undefined;
  return declaration.edges.flatMap((edge) =>
    edge.row === undefined
      ? []
      : [{ path: `row/${placeOf(edge, declaration.id)}`, json: canonicalJson(edge.row), ...owned(owner) }],
  );
}

function edgeMember(edge: CheckedEdge, owner: string): Member {
  const { props, toDigest } = edge;
  return {
    path: `edge/${placeOf(edge, owner)}`,
    json: canonicalJson({ props, ...(toDigest === undefined ? {} : { toDigest }) }),
  };
}

/** Where an edge stands in its entry; `from` is said where it is not the entry's own artifact. */
function placeOf({ type, to, from }: CheckedEdge, owner: string): string {
  return from === owner ? `${type}/${to}` : `${type}/${to}/from/${from}`;
}

function owned(subject: string | undefined): { subject?: string } {
  return subject === undefined ? {} : { subject };
}

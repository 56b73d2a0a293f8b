/** A checked declaration → what is written of it: entry, node properties, sealed values, edges, decision group. */
import { hash } from 'node:crypto';
import { columnFacts, type ColumnFacts } from '../domain/column-facts.js';
import type { CheckedDeclaration, CheckedEdge } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import { canonicalJson, type Json, type JsonObject } from '../domain/json.js';
import { kindOfUrn } from '../domain/urn.js';
import { ownersIn, type Owned } from '../domain/owners.js';
import { relationshipType, type ArtifactKind } from '../domain/kinds.js';
import { makeEntry, type Entry } from '../ledger/entry.js';
import { membersOf, type Member, type Members } from '../ledger/members.js';
import type { KeyStore, SubjectKey } from '../store/keys/key-store.js';
import type { GroupRef, PreparedEdge, PreparedEntry } from '../store/prepared-entry.js';
import { sealGroup, toSealed } from '../store/sealed-values.js';

/** Largest declaration, in characters of its members' canonical JSON. Larger values belong behind a digest. */
const MAX_DECLARATION_SIZE = 1_048_576;

/** The keys of all subjects of a batch; missing ones are created in one durable step. */
export function subjectKeysOf(
  declarations: readonly CheckedDeclaration[],
  keyStore: Pick<KeyStore, 'subjectKeys'>,
): Promise<ReadonlyMap<string, SubjectKey>> {
  return keyStore.subjectKeys([...new Set(declarations.flatMap((declaration) => declaration.subjects))]);
}

/** Everything about one declaration that can be computed before the log's lock is taken. Error: `ITEM_TOO_LARGE`. */
export function prepareEntry(
  declaration: CheckedDeclaration,
  principal: string,
  keyStore: Pick<KeyStore, 'currentLogKey' | 'logKey'>,
  subjectKeys: ReadonlyMap<string, SubjectKey>,
): PreparedEntry {
  const members = membersOf(declaration);
  refuseTooLarge(members);
  const k = keyStore.currentLogKey;
  const keyOf = (subject: string): SubjectKey => subjectKeys.get(subject) as SubjectKey;
  const entry = makeEntry(declaration.id, members, principal, {
    k,
    logKey: keyStore.logKey(k),
    subjectKey: (subject) => keyOf(subject).key,
  });
  return storedForm(declaration, members, { entry, principal, k, keyOf });
}

interface Made {
  readonly entry: Entry;
  readonly principal: string;
  /** Version of the log key. */
  readonly k: number;
  readonly keyOf: (subject: string) => SubjectKey;
}

/** What is stored of a declaration beside its entry. */
export function storedForm(
  declaration: CheckedDeclaration,
  members: Members,
  { entry, principal, k, keyOf }: Made,
): PreparedEntry {
  const { id, kind, about } = declaration;
  const used = keysUsed(members.values, keyOf);
  const kids = used.map(({ kid }) => kid);
  return {
    id,
    kind,
    entry,
    kids,
    keySerial: used.reduce((max, { serial }) => Math.max(max, serial), 0),
    props: {
      ...identityProps(declaration, principal, k, entry.digest),
      ...valueProps(id, members.values, keyOf),
      ...indexProps(declaration),
      ...sourcesOf(declaration),
      ...(kids.length === 0 ? {} : { kid: kids[0] }),
    },
    edges: declaration.edges.map(prepareEdge),
    about,
    ends: endsOf(declaration),
    ...columnsOf(declaration),
    ...ownersOf(declaration),
    ...scoreOf(declaration),
    ...(kind === 'Prediction' ? { group: groupOf(declaration) } : {}),
  };
}

/** The keys under which these members are sealed, each once. */
function keysUsed(members: readonly Member[], keyOf: (subject: string) => SubjectKey): SubjectKey[] {
  const subjects = members.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
  return [...new Set(subjects)].map(keyOf);
}

function columnsOf(declaration: CheckedDeclaration): { columns?: ColumnFacts } {
  // A decision says nothing about columns, and there are more decisions than of anything else.
  if (declaration.kind === 'Prediction') return {};
  const columns = columnFacts(declaration);
  return columns.columns.length === 0 ? {} : { columns };
}

function ownersOf(declaration: CheckedDeclaration): { owners?: readonly Owned[] } {
  const owners = ownersIn(declaration);
  return owners.length === 0 ? {} : { owners };
}

function refuseTooLarge({ values, edges }: Members): void {
  const size = [...values, ...edges].reduce((sum, { path, json }) => sum + path.length + json.length, 0);
  if (size <= MAX_DECLARATION_SIZE) return;
  throw new PedigreeError(
    'ITEM_TOO_LARGE',
    required(
      `a declaration may have at most ${String(MAX_DECLARATION_SIZE)} characters; refer to larger values by digest`,
      size,
    ),
  );
}

/** Where the edges of an attestation leave from: without it, finding them again would mean reading every edge. */
export function sourcesOf({
  kind,
  edges,
}: Pick<CheckedDeclaration, 'kind'> & { readonly edges: readonly { readonly from: string }[] }): {
  sources?: readonly string[];
} {
  if (kind !== 'Attestation' || edges.length === 0) return {};
  return { sources: [...new Set(edges.map((edge) => edge.from))].sort() };
}

/** A score that is not personal, to be stored as a float. */
export function scoreOf({ fields, personal }: Pick<CheckedDeclaration, 'fields' | 'personal'>): {
  score?: number;
} {
  return typeof fields.score === 'number' && !personal.includes('score') ? { score: fields.score } : {};
}

function identityProps(
  { id, namespace, name, version, occurredAt }: CheckedDeclaration,
  principal: string,
  k: number,
  digest: string,
): Record<string, unknown> {
  return { id, namespace, name, version, occurredAt, by: principal, k, digest };
}

/**
 * The values as the node keeps them: `values` is the canonical JSON of the open members by path, `sealed` the groups of
 * personal ones. Both together give back the entry's members, in any order.
 */
function valueProps(
  id: string,
  members: readonly Member[],
  keyOf: (subject: string) => SubjectKey,
): Record<string, unknown> {
  const open: string[] = [];
  const personal = new Map<string, Member[]>();
  for (const member of members) {
    const { path, json, subject } = member;
    const group = subject === undefined ? undefined : personal.get(subject);
    if (subject === undefined) open.push(`${JSON.stringify(path)}:${json}`);
    else if (group) group.push(member);
    else personal.set(subject, [member]);
  }
  const sealed = toSealed([...personal].map(([subject, group]) => sealGroup(id, group, keyOf(subject))));
  return {
    ...(open.length === 0 ? {} : { values: `{${open.join(',')}}` }),
    ...(sealed === null ? {} : { sealed }),
  };
}

/** Fields that are also typed properties, so that generated reads can filter, sort and return them. */
const INDEXED: Readonly<Record<string, readonly string[]>> = {
  Dataset: ['description', 'owner', 'location', 'contentDigest', 'rowCount', 'classification'],
  Transform: ['description', 'owner'],
  FeatureDef: ['description', 'owner', 'expression', 'type', 'unit', 'rationale', 'classification'],
  Model: ['description', 'owner', 'weightsDigest', 'architecture', 'framework', 'intendedUse'],
  Prediction: ['outcome', 'mode', 'endpoint'],
  Attestation: ['type', 'author', 'state'],
};

/** The typed properties that are indexes of the open fields; the entry answers for the fields and not for these. */
export function indexProps({
  kind,
  fields,
  personal,
}: Pick<CheckedDeclaration, 'kind' | 'fields' | 'personal'>): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  const open =
    personal.length === 0
      ? fields
      : Object.fromEntries(Object.entries(fields).filter(([field]) => !personal.includes(field)));
  for (const field of INDEXED[kind] ?? []) {
    if (field in open) props[field] = open[field];
  }
  const code = (open.code ?? open.preprocessing) as { repository: string; commit: string } | undefined;
  if (code !== undefined) Object.assign(props, { codeRepository: code.repository, codeCommit: code.commit });
  if (kind === 'Prediction') props.mode ??= 'LIVE';
  if (kind === 'Attestation' && isFinding(open)) props.finding = true;
  return props;
}

/** True if it speaks against what it is about: a failed check, drift, an incident. */
function isFinding({ type, passed, drifted }: JsonObject): boolean {
  if (type === 'CONTRACT_CHECK') return passed === false;
  return type === 'DRIFT' ? drifted === true : type === 'INCIDENT';
}

/** An edge as it is stored, but for the interval in which it holds. */
export function prepareEdge(edge: CheckedEdge): PreparedEdge {
  const { from, to, type, props, toDigest } = edge;
  const { role, input, split } = props as Record<string, string | undefined>;
  return {
    from,
    to,
    type: relationshipType(type, kindOfUrn(to) as ArtifactKind),
    props: {
      ...(Object.keys(props).length === 0 ? {} : { props: canonicalJson(props) }),
      ...(toDigest === undefined ? {} : { toDigest }),
      ...(role === undefined ? {} : { role }),
      ...(input === undefined ? {} : { input }),
      ...(split === undefined ? {} : { split }),
    },
  };
}

/** A binding replaces the earlier one from the same data set; a correction ends what it names. */
export function endsOf({
  fields,
  edges,
  withdraws,
}: Pick<CheckedDeclaration, 'fields' | 'edges' | 'withdraws'>): PreparedEntry['ends'] {
  const rebound = fields.type === 'RESOLVED' ? edges.filter((edge) => edge.type === 'RESOLVED_TO') : [];
  return [
    ...rebound.map(({ from, type }) => ({ from, type })),
    ...withdraws.map(({ type, from, to }) => ({
      from,
      to,
      type: relationshipType(type, kindOfUrn(to) as ArtifactKind),
    })),
  ];
}

/** The group of the decision before: mostly this one's, too. */
let lastGroup: { readonly text: string; readonly ref: GroupRef } = {
  text: '',
  ref: { key: '', model: '', datasets: [], mode: '' },
};

/** The decision group of a prediction. */
export function groupOf({ edges, fields }: Pick<CheckedDeclaration, 'edges' | 'fields'>): GroupRef {
  const model = edges.find((edge) => edge.type === 'MADE_BY')?.to as string;
  const datasets = [...new Set(edges.filter((edge) => edge.type === 'SCORED').map((edge) => edge.to))].sort();
  const mode = (fields.mode as string | undefined) ?? 'LIVE';
  const text = canonicalJson([model, datasets, mode] as Json);
  if (text !== lastGroup.text) {
    lastGroup = { text, ref: { key: hash('sha256', text, 'hex'), model, datasets, mode } };
  }
  return lastGroup.ref;
}

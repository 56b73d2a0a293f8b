/** One entry made again from its node and edges, compared with its leaf. Pure, but for the keys. */
import { indexProps, prepareEdge, scoreOf, sourcesOf } from '../../capture/prepare-entry.js';
import type { CheckedEdge } from '../../domain/declaration.js';
import { canonicalJson, type Json, type JsonObject } from '../../domain/json.js';
import { edgeTypeOf } from '../../domain/kinds.js';
import { kindOfUrn, parseUrn } from '../../domain/urn.js';
import { makeEntry, type Entry } from '../../ledger/entry.js';
import type { KeptMembers } from '../../ledger/members.js';
import type { KeysByName, KeyStore } from '../../store/keys/key-store.js';
import type { LabelledEntry } from '../../store/stored-entry-reader.js';
import { linkPath, storedMembers, type StoredLink } from '../../store/stored-entry.js';
import { sealedGroups, toSealed } from '../../store/sealed-values.js';
import { erasedPlaces, openValues, toErased, type StoredProps } from '../../store/stored-values.js';
import { compareMade } from './compare-made.js';
import { compareValues, type Finding } from './finding.js';
import { findAdded } from './find-added.js';

/** The log keys, and the subjects' keys that the entry's sealed values name. */
export interface FsckKeys extends Pick<KeyStore, 'logKey'> {
  readonly subjects: KeysByName;
}

/** The label of an artifact from which an edge was ended: walks of the present rely on it. */
export const AMENDED = 'Amended';

/** Properties that other checks answer for: the group of a decision, and the order of first mention. */
const CHECKED_ELSEWHERE = ['seq', 'group', 'ordinal'];

/** Everything in which a stored entry differs from its leaf, part by part. */
export function checkEntry(entry: LabelledEntry, leaf: Buffer, leafIndex: number, keys: FsckKeys): Finding[] {
  const { id, labels, props, edges } = entry;
  const expectedLabels = kindOfUrn(id) === 'Attestation' ? ['Attestation'] : ['Artifact', kindOfUrn(id)];
  return [
    ...compareValues(id, 'labels', kindLabels(labels), expectedLabels.toSorted()),
    ...compareValues(id, 'leafIndex', props.leafIndex, leafIndex),
    ...compareWithLeaf(entry, leaf, keys),
    ...guarded(id, 'values', () => compareStored(entry)),
    ...edges.flatMap((edge) => guarded(id, linkPath(id, edge), () => compareEdge(id, edge, leafIndex))),
  ];
}

/** The labels that say what a node is; whether its edges were amended is checked with its edges. */
export function kindLabels(labels: readonly string[]): string[] {
  return labels.filter((label) => label !== AMENDED).toSorted();
}

function compareWithLeaf(entry: LabelledEntry, leaf: Buffer, keys: FsckKeys): Finding[] {
  const { id, props } = entry;
  let members: KeptMembers | undefined;
  const entryKeys = (): Parameters<typeof makeEntry>[3] => ({
    k: props.k as number,
    logKey: keys.logKey(props.k as number),
    subjectKey: (kid) => keys.subjects.get(kid) as Uint8Array,
  });
  const make = (): Entry => {
    members = storedMembers(entry, keys.subjects);
    return makeEntry(id, members, props.by as string, entryKeys());
  };
  return compareMade(id, props, leaf, make, (group, logged) =>
    findAdded(id, members?.[group] ?? [], group, logged, entryKeys()),
  );
}

/** The properties that follow from others: identity, canonical texts, indexes. */
function compareStored({ id, props, edges }: LabelledEntry): Finding[] {
  const expected = expectedProps(id, props, edges);
  const names = new Set([...Object.keys(expected), ...Object.keys(props)]);
  return [...names]
    .filter((name) => !CHECKED_ELSEWHERE.includes(name))
    .flatMap((name) => compareValues(id, name, props[name], expected[name]));
}

function expectedProps(id: string, props: StoredProps, edges: readonly StoredLink[]): StoredProps {
  const kind = kindOfUrn(id);
  const fields = openFields(props);
  const { namespace, name, version } = parseUrn(id);
  const { score } = scoreOf({ fields, personal: [] });
  const stated = edges.filter((edge) => edge.type !== 'ABOUT');
  return {
    ...{ id, namespace, name, version, declared: true },
    ...pick(props, ['occurredAt', 'by', 'k', 'digest', 'leafIndex', 'recordedAt']),
    ...(props.values === undefined ? {} : { values: canonicalValues(props) }),
    ...canonicalSealed(props),
    ...keyNamed(props),
    ...indexProps({ kind, fields, personal: [] }),
    ...(kind === 'Prediction' && score !== undefined ? { score } : {}),
    ...sourcesOf({ kind, edges: stated }),
  };
}

/** The open fields of a stored entry: the values at `value/<field>`. */
export function openFields(props: StoredProps): JsonObject {
  return Object.fromEntries(
    [...openValues(props)]
      .filter(([path]) => /^value\/[^/]+$/.test(path))
      .map(([path, value]) => [path.slice('value/'.length), value]),
  );
}

function pick(props: StoredProps, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, props[name]]));
}

function canonicalValues(props: StoredProps): string {
  const members = [...openValues(props)].map(
    ([path, value]) => `${JSON.stringify(path)}:${canonicalJson(value)}`,
  );
  return `{${members.join(',')}}`;
}

/** Base64url has spare bits that no decoder looks at. */
function canonicalSealed(props: StoredProps): StoredProps {
  const sealed = sealedGroups(props).map((group) => ({
    ...group,
    ciphertext: Buffer.from(group.ciphertext, 'base64url').toString('base64url'),
  }));
  const texts = { sealed: toSealed(sealed), erased: toErased(erasedPlaces(props)) };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
}

/** The node's property that finds it by a key: the key of its first sealed value, erased or not. */
function keyNamed(props: StoredProps): StoredProps {
  const kids = [...sealedGroups(props), ...erasedPlaces(props)].map(({ kid }) => kid);
  return kids.length === 0 ? {} : { kid: kids.includes(props.kid as string) ? props.kid : kids[0] };
}

function compareEdge(owner: string, edge: StoredLink, leafIndex: number): Finding[] {
  const path = linkPath(owner, edge);
  // Until when it holds is checked with what ends it.
  const stored = Object.fromEntries(Object.entries(edge.props).filter(([name]) => name !== 'until'));
  const expected: StoredProps = { ...expectedEdge(edge), since: leafIndex };
  const names = new Set([...Object.keys(expected), ...Object.keys(stored)]);
  return [
    ...(edge.type === 'ABOUT' ? [] : compareValues(owner, `${path}: type`, edge.type, expectedType(edge))),
    ...(edge.type !== 'ABOUT' && edge.props.until === undefined
      ? compareValues(owner, `${path}: until`, undefined, 'a leaf index')
      : []),
    ...[...names].flatMap((name) => compareValues(owner, `${path}: ${name}`, stored[name], expected[name])),
  ];
}

function expectedEdge(edge: StoredLink): StoredProps {
  return edge.type === 'ABOUT' ? {} : prepareEdge(checkedEdge(edge)).props;
}

function expectedType(edge: StoredLink): string {
  return prepareEdge(checkedEdge(edge)).type;
}

/** A stored relationship as the declared edge. */
export function checkedEdge({ type, from, to, props }: StoredLink): CheckedEdge {
  const { props: text, toDigest } = props as { props?: string; toDigest?: string };
  return {
    type: edgeTypeOf(type),
    from,
    to,
    props: JSON.parse(text ?? '{}') as Readonly<Record<string, Json>>,
    ...(toDigest === undefined ? {} : { toDigest }),
  };
}

/** What cannot be read is a finding, and never the end of the whole check. */
function guarded(id: string, part: string, check: () => Finding[]): Finding[] {
  try {
    return check();
  } catch (error) {
    return [{ kind: 'altered', id, part, stored: `cannot be read: ${(error as Error).message}` }];
  }
}

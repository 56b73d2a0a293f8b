/** From the graph to the log: every node and every edge that is stored has an entry which says so. */
import { kindOfUrn, parseUrn } from '../../domain/urn.js';
import { OPEN_UNTIL } from '../../store/as-of.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckReader, ScannedArtifact } from '../../store/fsck-reader.js';
import type { LabelledEntry } from '../../store/stored-entry-reader.js';
import { linkPath, type StoredLink } from '../../store/stored-entry.js';
import { checkAwaiting } from './check-awaited.js';
import { AMENDED, kindLabels } from './check-entry.js';
import { compareValues, type Finding } from './finding.js';
import { storedEnds } from './stored-ends.js';
import type { SequenceNumbers } from './sequence-numbers.js';
import { scanned, type Step } from './step.js';

const PAGE = 500;

/** What the log says about the leaf indexes that a page of nodes and edges names. */
interface Logged {
  readonly size: number;
  readonly names: ReadonlyMap<number, string>;
  /** The attestations among them. */
  readonly attestations: ReadonlyMap<string, LabelledEntry>;
}

/** Checks all artifacts whose id comes after a given one. */
export function checkArtifacts(
  { reader, derived }: { readonly reader: FsckReader; readonly derived: DerivedReader },
  size: number,
  seqs: SequenceNumbers,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => reader.scanArtifacts(after, PAGE, size),
    placeOf: ({ id }) => id,
    async check(page) {
      const names = await reader.stored.namesAt(
        page.flatMap(({ props, edges }) => [
          props.leafIndex,
          ...edges.flatMap((edge) => [edge.props.since, edge.props.until]),
        ]),
      );
      const named = [...names.values()].filter((id) => id.startsWith('attestation:'));
      const logged = { size, names, attestations: await reader.stored.entries([...new Set(named)]) };
      const findings = page.flatMap((artifact) => [
        ...checkArtifact(artifact, logged, seqs.next),
        ...compareSeq(artifact, seqs, size),
      ]);
      return [...findings, ...(await checkAwaiting(derived, page))];
    },
  });
}

/** Checks all attestations whose id comes after a given one. */
export function checkAttestations(
  reader: FsckReader,
  size: number,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => reader.scanAttestations(after, PAGE),
    placeOf: ({ id }) => id,
    async check(page) {
      const names = await reader.stored.namesAt(page.map(({ leafIndex }) => leafIndex));
      return page.flatMap(({ id, leafIndex }) => checkNamed(id, leafIndex, { size, names }));
    },
  });
}

function checkArtifact(artifact: ScannedArtifact, logged: Logged, nextSeq: number): Finding[] {
  const { id, props, edges } = artifact;
  const isDeclared = props.leafIndex !== undefined || props.digest !== undefined;
  return [
    ...(isDeclared ? checkNamed(id, props.leafIndex, logged) : checkPlaceholder(artifact, nextSeq)),
    ...checkAmended(artifact, logged.size),
    ...edges.flatMap((edge) => checkEdge(edge, props.leafIndex, logged)),
  ];
}

/** Amended is an artifact from which an edge was ended, and no other. */
function checkAmended({ id, labels, edges }: ScannedArtifact, size: number): Finding[] {
  const stored = labels.includes(AMENDED);
  const ends = edges.map(({ props }) => props.until as number).filter((until) => until < OPEN_UNTIL);
  // What was ended while this runs is left to the next check.
  const expected = stored ? ends.length > 0 : ends.some((until) => until < size);
  return compareValues(id, `label ${AMENDED}`, stored, expected);
}

/** The log knows the node; what it says of it was compared from the log's side. */
function checkNamed(
  id: string,
  leafIndex: unknown,
  { size, names }: Omit<Logged, 'attestations'>,
): Finding[] {
  if (isLater(leafIndex, { size, names })) return [];
  if (names.get(leafIndex as number) === id) return [];
  const stored = `leaf ${JSON.stringify(leafIndex ?? null)}`;
  return [{ kind: 'added', id, part: 'the node: no entry of the log is about it', stored }];
}

/** A placeholder says nothing but its id, and something names it. */
function checkPlaceholder({ id, labels, props, known }: ScannedArtifact, nextSeq: number): Finding[] {
  let expected: Record<string, unknown>;
  try {
    const { namespace, name, version } = parseUrn(id);
    expected = { id, namespace, name, version, seq: props.seq, declared: false };
  } catch {
    return [{ kind: 'added', id, part: 'the node: its id is none' }];
  }
  const names = new Set([...Object.keys(expected), ...Object.keys(props)]);
  return [
    ...compareValues(id, 'labels', kindLabels(labels), ['Artifact', kindOfUrn(id)].toSorted()),
    ...[...names].flatMap((name) => compareValues(id, name, props[name], expected[name])),
    // One with a later number was named while this runs.
    ...(known || (props.seq as number) >= nextSeq
      ? []
      : [{ kind: 'added', id, part: 'the node: nothing names it' } as const]),
  ];
}

/** An edge that the artifact's own entry does not state, or that has ended. */
function checkEdge(edge: StoredLink, ownLeaf: unknown, logged: Logged): Finding[] {
  const { since, until } = edge.props;
  return [
    ...(since === ownLeaf && ownLeaf !== undefined ? [] : checkStated(edge, since, logged)),
    ...(until === OPEN_UNTIL ? [] : checkEnded(edge, until, logged)),
  ];
}

function checkStated(edge: StoredLink, since: unknown, logged: Logged): Finding[] {
  const { names, attestations } = logged;
  if (isLater(since, logged)) return [];
  const by = attestations.get(names.get(since as number) ?? '');
  const sources = by?.props.sources;
  if (Array.isArray(sources) && sources.includes(edge.from)) return [];
  const part = `${linkPath(edge.from, edge)}: no entry states it`;
  return [{ kind: 'added', id: edge.from, part, stored: `since ${JSON.stringify(since ?? null)}` }];
}

function checkEnded(edge: StoredLink, until: unknown, logged: Logged): Finding[] {
  const { names, attestations } = logged;
  if (isLater(until, logged)) return [];
  const by = attestations.get(names.get(until as number) ?? '');
  const ends = by ? storedEnds(by) : [];
  const isEnded = ends.some(
    ({ from, to, type }) => from === edge.from && type === edge.type && (to === undefined || to === edge.to),
  );
  if (isEnded && (edge.props.since as number) < (until as number)) return [];
  return compareValues(edge.from, `${linkPath(edge.from, edge)}: until`, until ?? 'nothing', OPEN_UNTIL);
}

/** Recorded while this runs: the next check looks at it. */
function isLater(leaf: unknown, { size, names }: Pick<Logged, 'size' | 'names'>): boolean {
  return typeof leaf === 'number' && leaf >= size && names.has(leaf);
}

function compareSeq({ id, props, known }: ScannedArtifact, seqs: SequenceNumbers, size: number): Finding[] {
  const { seq, leafIndex } = props;
  const isOld = known || (typeof leafIndex === 'number' && leafIndex < size);
  if (seqs.add(seq, isOld)) return [];
  const findings = compareValues(
    id,
    'seq',
    seq ?? 'nothing',
    'a number of its own among those that were given',
  );
  // Either the number or the head's count of them is wrong: which, nobody can tell.
  if (typeof seq !== 'number' || seq < seqs.next) return findings;
  return [...findings, ...compareValues('log', 'nextSeq', seqs.next, `more than ${String(seq)}`)];
}

/** The answer of an evidence file as the database gives it, and the entries that it rests on. */
import { PedigreeError, required } from '../../domain/errors.js';
import type { ClosureLinks, ClosureMember, EvidenceReader } from '../../store/evidence-reader.js';
import type { StoredEntryReader } from '../../store/stored-entry-reader.js';
import { answerOfEntries, compare, compareEdges, type NamedEntry } from '../../verify/ancestry.js';
import type { AnswerAttestation, EvidenceAnswer } from '../../verify/evidence-file.js';

export interface EvidenceClosure {
  readonly answer: EvidenceAnswer;
  /** Ids of the entries by leaf index, ascending. */
  readonly entries: readonly (readonly [leafIndex: number, id: string])[];
}

/** Where a closure is read from: the stored graph, or what a grant shows of it. */
export type ClosureSource = Pick<EvidenceReader, 'closure' | 'links'>;

/** Reads a closure with at most `max` entries. Errors: `NOT_FOUND`, `EVIDENCE_TOO_LARGE`. */
export async function readClosure(
  reader: ClosureSource,
  stored: StoredEntryReader,
  { of, asOf }: { readonly of: string; readonly asOf: number },
  max: number,
): Promise<EvidenceClosure> {
  const members = await reader.closure(of, asOf, max + 1);
  requireSize(members.length, max);
  const ids = members.map(({ id }) => id);
  const links = await reader.links(ids, asOf, max + 1);
  requireKnown(of, members, links);
  const answer = answerOf(members, links, asOf);
  const leaves = leavesOf(answer, links, asOf);
  requireSize(leaves.length, max);
  const names = await stored.namesAt(leaves);
  return { answer, entries: leaves.map((leaf) => [leaf, names.get(leaf) ?? ''] as const) };
}

/** An entry by where it lies in the log. */
export interface NamedLeaf {
  readonly id: string;
  readonly leafIndex: number;
}

/** Entries that are read at once. */
const PAGE = 500;

/** The answer about entries by themselves. Error: `EVIDENCE_TOO_LARGE`. */
export async function readNamed(
  stored: StoredEntryReader,
  named: readonly NamedLeaf[],
  max: number,
): Promise<EvidenceClosure> {
  if (named.length > max)
    throw new PedigreeError(
      'EVIDENCE_TOO_LARGE',
      `evidence may have at most ${String(max)} entries here, but ${String(named.length)} are named: ask GET /v1/evidence about single artifacts`,
      { max },
    );
  const told: NamedEntry[] = [];
  for (let i = 0; i < named.length; i += PAGE) {
    const page = named.slice(i, i + PAGE);
    const found = await stored.entries(page.map(({ id }) => id));
    for (const { id, leafIndex: index } of page) {
      const { props, edges = [] } = found.get(id) ?? {};
      const about = edges.filter(({ type }) => type === 'ABOUT').map(({ to }) => to);
      told.push({ id, index, type: typeof props?.type === 'string' ? props.type : '', about });
    }
  }
  const entries = named.map(({ id, leafIndex }) => [leafIndex, id] as const).sort(([a], [b]) => a - b);
  return { answer: answerOfEntries(told), entries };
}

/** A placeholder exists as far as something visible names it. */
function requireKnown(
  of: string,
  [root, ...rest]: readonly ClosureMember[],
  links: ReadonlyMap<string, ClosureLinks>,
): void {
  const { edges = [], attestations = [] } = links.get(of) ?? {};
  const isNamed = edges.length > 0 || attestations.length > 0 || rest.length > 0;
  if (root && (root.leafIndex !== undefined || isNamed)) return;
  throw new PedigreeError(
    'NOT_FOUND',
    required('an artifact that is known as of this point is required', of),
  );
}

function requireSize(entries: number, max: number): void {
  if (entries <= max) return;
  throw new PedigreeError(
    'EVIDENCE_TOO_LARGE',
    `evidence may have at most ${String(max)} entries here, but this ancestry has more: ask GET /v1/evidence, which streams, or ask about a nearer artifact`,
    { max },
  );
}

function answerOf(
  members: readonly ClosureMember[],
  links: ReadonlyMap<string, ClosureLinks>,
  asOf: number,
): EvidenceAnswer {
  const artifacts = members.toSorted((a, b) => a.depth - b.depth || compare(a.id, b.id));
  const edges = members.flatMap(({ id: from }) =>
    (links.get(from)?.edges ?? [])
      .filter(({ until }) => until === undefined || asOf <= until)
      .map(({ type, to, since }) => ({ from, type, to, leafIndex: since })),
  );
  return { artifacts, edges: edges.sort(compareEdges), attestations: attestationsOf(members, links) };
}

function attestationsOf(
  members: readonly ClosureMember[],
  links: ReadonlyMap<string, ClosureLinks>,
): AnswerAttestation[] {
  const found = new Map<string, AnswerAttestation & { readonly about: string[] }>();
  for (const { id } of members) {
    for (const attestation of links.get(id)?.attestations ?? []) {
      const known = found.get(attestation.id);
      if (known) known.about.push(id);
      else found.set(attestation.id, { ...attestation, about: [id] });
    }
  }
  const list = [...found.values()].sort((a, b) => a.leafIndex - b.leafIndex);
  return list.map((attestation) => ({ ...attestation, about: attestation.about.sort(compare) }));
}

/** Entries of the artifacts, of what was attested, and of whatever stated or ended an edge. */
function leavesOf(answer: EvidenceAnswer, links: ReadonlyMap<string, ClosureLinks>, asOf: number): number[] {
  const leaves = new Set<number>();
  for (const { leafIndex } of answer.artifacts) if (leafIndex !== undefined) leaves.add(leafIndex);
  for (const { leafIndex } of answer.attestations) leaves.add(leafIndex);
  for (const { edges } of links.values()) {
    for (const { since, until } of edges) {
      leaves.add(since);
      if (until !== undefined && until < asOf) leaves.add(until);
    }
  }
  return [...leaves].sort((a, b) => a - b);
}

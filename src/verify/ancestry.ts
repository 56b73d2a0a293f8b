/** The ancestry that opened entries make, as of a tree size: what holds, what was ended, what leads where. */
import type { Json } from '../domain/json.js';
import type { AnswerAttestation, AnswerEdge, EvidenceAnswer } from './evidence-file.js';
import type { OpenEntry } from './open-entry.js';

interface Interval extends AnswerEdge {
  /** Leaf index of the entry that ended it; left out while none has. */
  until?: number;
}

/** The answer to "what is upstream of this artifact?" from entries in leaf order. */
export function ancestryOf(of: string, entries: readonly OpenEntry[]): EvidenceAnswer {
  const edges = visibleEdges(entries);
  const depths = depthsFrom(of, edges);
  const leaves = new Map(entries.map(({ id, index }) => [id, index]));
  return {
    artifacts: [...depths]
      .map(([id, depth]) => {
        const leafIndex = leaves.get(id);
        return { id, depth, ...(leafIndex === undefined ? {} : { leafIndex }) };
      })
      .sort((a, b) => a.depth - b.depth || compare(a.id, b.id)),
    edges: [...edges.values()]
      .flat()
      .filter(({ from }) => depths.has(from))
      .sort(compareEdges),
    attestations: entries.flatMap((entry) => attestationOf(entry, depths)),
  };
}

/** An entry as an answer about entries by themselves tells it. */
export interface NamedEntry {
  readonly id: string;
  readonly index: number;
  /** Of an attestation, and the artifacts that it is about; not looked at in others. */
  readonly type: string;
  readonly about: readonly string[];
}

/** The answer to "are these entries in the log?": each by itself, and nothing of what leads from one to another. */
export function answerOfEntries(entries: readonly NamedEntry[]): EvidenceAnswer {
  const isAttestation = ({ id }: NamedEntry): boolean => id.startsWith('attestation:');
  return {
    artifacts: entries
      .filter((entry) => !isAttestation(entry))
      .map(({ id, index: leafIndex }) => ({ id, depth: 0, leafIndex }))
      .sort((a, b) => compare(a.id, b.id)),
    edges: [],
    attestations: entries
      .filter(isAttestation)
      .map(({ id, index: leafIndex, type, about }) => ({
        ...{ id, type, leafIndex },
        about: about.toSorted(compare),
      }))
      .sort((a, b) => a.leafIndex - b.leafIndex),
  };
}

/** What an opened entry tells of itself. */
export function namedEntry({ id, index, values, edges }: OpenEntry): NamedEntry {
  const about = edges.filter(({ type }) => type === 'ABOUT').map(({ to }) => to);
  return { id, index, type: textOf(values.get('value/type')), about };
}

/** By `from`, then type, then `to`, then the entry that states it. */
export function compareEdges(a: AnswerEdge, b: AnswerEdge): number {
  return (
    compare(a.from, b.from) || compare(a.type, b.type) || compare(a.to, b.to) || a.leafIndex - b.leafIndex
  );
}

/** By UTF-16 code units; ids are ASCII. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The edges that no entry has ended, by where they leave. */
function visibleEdges(entries: readonly OpenEntry[]): Map<string, AnswerEdge[]> {
  const edges = new Map<string, Interval[]>();
  for (const { index, edges: stated } of entries) {
    for (const { from, type, to } of stated) {
      if (type === 'ABOUT') continue;
      const list = edges.get(from) ?? [];
      list.push({ from, type, to, leafIndex: index });
      edges.set(from, list);
    }
  }
  for (const entry of entries) {
    for (const end of endsOf(entry)) {
      for (const edge of edges.get(end.from) ?? []) {
        const isMeant = edge.type === end.type && (end.to === undefined || end.to === edge.to);
        if (isMeant && edge.until === undefined && edge.leafIndex < entry.index) edge.until = entry.index;
      }
    }
  }
  return new Map([...edges].map(([from, list]) => [from, list.filter(({ until }) => until === undefined)]));
}

/** A binding replaces the earlier one from the same data set; a correction ends what it names. */
function endsOf({ values, edges }: OpenEntry): { from: string; type: string; to?: string }[] {
  const rebound =
    values.get('value/type') === 'RESOLVED' ? edges.filter(({ type }) => type === 'RESOLVED_TO') : [];
  const withdrawn = (values.get('value/withdraws') ?? []) as readonly Record<string, string>[];
  return [
    ...rebound.map(({ from, type }) => ({ from, type })),
    ...withdrawn.map(({ from = '', type = '', to = '' }) => ({ from, type, to })),
  ];
}

function depthsFrom(of: string, edges: ReadonlyMap<string, readonly AnswerEdge[]>): Map<string, number> {
  const depths = new Map([[of, 0]]);
  for (const [id, depth] of depths) {
    // A map goes on to the keys that are added while it is walked, in order: breadth first.
    for (const { to } of edges.get(id) ?? []) if (!depths.has(to)) depths.set(to, depth + 1);
  }
  return depths;
}

function attestationOf(
  { id, index, values, edges }: OpenEntry,
  depths: ReadonlyMap<string, number>,
): AnswerAttestation[] {
  const about = edges
    .filter(({ type, to }) => type === 'ABOUT' && depths.has(to))
    .map(({ to }) => to)
    .sort(compare);
  if (about.length === 0) return [];
  return [{ id, type: textOf(values.get('value/type')), leafIndex: index, about }];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

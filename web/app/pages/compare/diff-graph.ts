/**
 * Two ancestries as one graph, with what `diff` says of each artifact: only A comes from it, only B does, both do in
 * another version each, or both come from the same one. Without a page and without a server.
 */
import { joinLines, type Box, type Drawing } from '../../graph/drawing.js';
import { bridged, joinParts, type LineageGraph, type LoadedPart } from '../../graph/lineage-graph.js';
import { parseId } from '../../parts/artifact-id.js';

export const STATES = ['onlyA', 'onlyB', 'changed', 'shared'] as const;
export type DiffState = (typeof STATES)[number];

/** Ids of both versions; of what is shared they are the same, and of what only one has the other is missing. */
export interface DiffBox {
  readonly id: string;
  readonly state: DiffState;
  readonly a?: string;
  readonly b?: string;
}

export interface DiffGraph {
  readonly drawing: Drawing;
  /** The boxes by id, in the drawing's order: those that were compared first, then the nearest. */
  readonly boxes: ReadonlyMap<string, DiffBox>;
  /** How many there are and how many of them are drawn, without the two that were compared. */
  /** Ids of what has more lines than were asked for. */
  readonly unnamed: readonly string[];
  readonly counts: Readonly<Record<DiffState, { readonly drawn: number; readonly total: number }>>;
}

/** What `diff` says, as far as the graph needs it. */
export interface DiffLists {
  readonly byKind: readonly Readonly<Record<DiffState, number>>[];
  readonly onlyA: { readonly items: readonly { readonly id: string }[] };
  readonly onlyB: { readonly items: readonly { readonly id: string }[] };
  readonly changed: {
    readonly items: readonly { readonly a: { readonly id: string }; readonly b: { readonly id: string } }[];
  };
}

export interface Ancestries {
  readonly a: string;
  readonly b: string;
  readonly ofA: LoadedPart;
  readonly ofB: LoadedPart;
  /** All edges of those that have more than the answers above name. */
  readonly hubs: readonly LoadedPart[];
}

/** Shared artifacts that are drawn at most, the nearest: they are the frame of what differs. */
const MOST_SHARED = 150;

/** @param without what is left out of the drawing; lines through it are bridged */
export function diffGraph(
  diff: DiffLists,
  ancestries: Ancestries,
  without: ReadonlySet<DiffState>,
): DiffGraph {
  const { a, b, ofA, ofB, hubs } = ancestries;
  const graph = joinParts(a, [ofA, ofB, ...hubs]);
  const known = knownBoxes(diff, ancestries);
  const boxOf = new Map([...known].flatMap(([id, box]) => idsOf(box).map((each) => [each, id] as const)));
  const isShown = (id: string): boolean => {
    const box = known.get(boxOf.get(id) ?? '');
    return id === a || id === b || (box !== undefined && !without.has(box.state));
  };
  const shown = bridged(graph, ({ id }) => isShown(id));
  const boxes = new Map(
    [...known].filter(([id, box]) => isShown(id) && idsOf(box).some((each) => shown.stops.has(each))),
  );
  return {
    drawing: { boxes: [...boxes.values()].map((box) => drawnBox(box, [a, b])), lines: linesOf(shown, boxOf) },
    boxes,
    unnamed: [...shown.stops.values()].flatMap(({ id, unnamed }) => (unnamed?.UPSTREAM ? [id] : [])),
    counts: countsOf(
      diff,
      [...boxes.values()].filter(({ id }) => id !== a && id !== b),
    ),
  };
}

/** Of lists that are cut, what is not listed is known only if both ancestries have it. */
function knownBoxes(diff: DiffLists, { a, b, ofA, ofB }: Ancestries): Map<string, DiffBox> {
  const inB = new Set(ofB.stops.map(({ id }) => id));
  const listed: DiffBox[] = [
    { id: a, state: 'onlyA', a },
    ...(a === b ? [] : [{ id: b, state: 'onlyB' as const, b }]),
    ...diff.changed.items.map((pair) => ({
      id: pair.a.id,
      state: 'changed' as const,
      a: pair.a.id,
      b: pair.b.id,
    })),
    ...diff.onlyA.items.map(({ id }) => ({ id, state: 'onlyA' as const, a: id })),
    ...diff.onlyB.items.map(({ id }) => ({ id, state: 'onlyB' as const, b: id })),
  ];
  const boxes = new Map<string, DiffBox>();
  for (const box of listed) if (!boxes.has(box.id)) boxes.set(box.id, box);
  const taken = new Set(listed.flatMap(idsOf));
  const shared = ofA.stops.filter(({ id }) => inB.has(id) && !taken.has(id)).slice(0, MOST_SHARED);
  for (const { id } of shared) boxes.set(id, { id, state: 'shared', a: id, b: id });
  return boxes;
}

function idsOf({ a, b }: DiffBox): string[] {
  return [a, b].filter((id) => id !== undefined);
}

function drawnBox({ id, a, b, state }: DiffBox, compared: readonly string[]): Box {
  const { kind = 'Dataset', name } = parseId(id);
  const version = (of: string | undefined): string => parseId(of ?? '').version;
  const detail = state === 'changed' ? `A ${version(a)} · B ${version(b)}` : version(id);
  return { id, kind, title: name, detail, shape: 'artifact', isRoot: compared.includes(id) };
}

function linesOf({ links }: LineageGraph, boxOf: ReadonlyMap<string, string>): Drawing['lines'] {
  return joinLines(
    links.map(({ from, to, types }) => [boxOf.get(from) ?? from, boxOf.get(to) ?? to, types] as const),
  );
}

function countsOf({ byKind }: DiffLists, drawn: readonly DiffBox[]): DiffGraph['counts'] {
  const count = (state: DiffState): { drawn: number; total: number } => ({
    drawn: drawn.filter((box) => box.state === state).length,
    total: byKind.reduce((sum, kind) => sum + kind[state], 0),
  });
  return { onlyA: count('onlyA'), onlyB: count('onlyB'), changed: count('changed'), shared: count('shared') };
}

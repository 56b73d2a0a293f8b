/**
 * What a batch does to the graph, decided under the log's lock from what the database knows of the ids it mentions.
 * Pure: no I/O. A bad item never costs a good one.
 */
import { PedigreeError } from '../domain/errors.js';
import { kindOfUrn } from '../domain/urn.js';
import type { PreparedEntry } from './prepared-entry.js';

/** A node that exists: declared if it has a digest, else a placeholder. */
export interface KnownNode {
  readonly id: string;
  readonly seq?: number;
  readonly digest: string | null;
  readonly leafIndex: number | null;
}

export type ItemOutcome =
  | {
      readonly accepted: true;
      readonly digest: string;
      readonly leafIndex: number;
      readonly repeated: boolean;
    }
  | { readonly accepted: false; readonly error: PedigreeError };

/** Not written, because keys that it seals under are being erased: it has to be prepared again, under new ones. */
export interface StaleOutcome {
  readonly accepted: false;
  readonly erasedKids: readonly string[];
}

/** An entry that is written, with its place in the log. */
export interface PlacedEntry {
  readonly item: PreparedEntry;
  readonly leafIndex: number;
}

export interface BatchPlan {
  readonly outcomes: readonly ItemOutcome[];
  readonly placed: readonly PlacedEntry[];
  /** Sequence numbers given to ids that were mentioned for the first time, in order of mention. */
  readonly newNodes: ReadonlyMap<string, number>;
}

/** Every id that a batch mentions, apart for artifacts and attestations. */
export function mentionedIds(items: readonly PreparedEntry[]): {
  artifacts: string[];
  attestations: string[];
} {
  const artifacts = new Set<string>();
  const attestations = new Set<string>();
  for (const item of items) {
    (item.kind === 'Attestation' ? attestations : artifacts).add(item.id);
    for (const id of artifactsOf(item)) artifacts.add(id);
  }
  return { artifacts: [...artifacts], attestations: [...attestations] };
}

/**
 * Decides each item in order.
 *
 * @param known what exists of the mentioned ids
 * @param closesCycle says whether an item's edges would close a cycle, given the items accepted before it
 */
export function planBatch(
  items: readonly PreparedEntry[],
  known: ReadonlyMap<string, KnownNode>,
  head: { readonly size: number; readonly nextSeq: number },
  closesCycle: (item: PreparedEntry) => readonly string[] | undefined,
): BatchPlan {
  const declared = new Map<string, { digest: string; leafIndex: number }>();
  const newNodes = new Map<string, number>();
  const placed: PlacedEntry[] = [];
  const mention = (id: string): void => {
    if (!known.has(id) && !newNodes.has(id)) newNodes.set(id, head.nextSeq + newNodes.size);
  };
  const outcomes = items.map((item): ItemOutcome => {
    const first = declared.get(item.id) ?? declaredBefore(known.get(item.id));
    if (first)
      return first.digest === item.entry.digest
        ? { accepted: true, ...first, repeated: true }
        : conflict(item, first.digest);
    const cycle = closesCycle(item);
    if (cycle) return { accepted: false, error: cycleError(cycle) };
    const place = { digest: item.entry.digest, leafIndex: head.size + placed.length };
    declared.set(item.id, place);
    placed.push({ item, leafIndex: place.leafIndex });
    for (const id of mentionsOf(item)) mention(id);
    return { accepted: true, ...place, repeated: false };
  });
  return { outcomes, placed, newNodes };
}

function declaredBefore(node: KnownNode | undefined): { digest: string; leafIndex: number } | undefined {
  return node?.digest == null || node.leafIndex == null
    ? undefined
    : { digest: node.digest, leafIndex: node.leafIndex };
}

/** The artifacts that an item names, in the order in which they get their numbers: itself first, if it is one. */
export function mentionsOf(item: PreparedEntry): readonly string[] {
  return item.kind === 'Attestation' ? artifactsOf(item) : [item.id, ...artifactsOf(item)];
}

/** The artifacts that an item names besides itself; edges may only name artifacts. */
function artifactsOf(item: PreparedEntry): string[] {
  const ids = item.about.filter((id) => kindOfUrn(id) !== 'Attestation');
  for (const { from, to } of item.edges) ids.push(from, to);
  return ids;
}

function conflict(item: PreparedEntry, first: string): ItemOutcome {
  const error = new PedigreeError(
    'IMMUTABLE_CONFLICT',
    `${item.id} was declared before with other content and never changes: its digest is ${first}, but got: ${item.entry.digest}`,
    { id: item.id, declared: first, got: item.entry.digest },
  );
  return { accepted: false, error };
}

function cycleError(cycle: readonly string[]): PedigreeError {
  return new PedigreeError(
    'CYCLE',
    `lineage must not lead back to itself, but this would: ${cycle.join(' → ')}`,
    { cycle },
  );
}

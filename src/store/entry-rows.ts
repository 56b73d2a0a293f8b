/** The rows of the write statements, from a planned batch. */
import { kindOfUrn, parseUrn } from '../domain/urn.js';
import type { BatchPlan, KnownNode, PlacedEntry } from './batch-plan.js';
import type { DecisionPlaces } from './decision-groups.js';

export interface NodeRow {
  readonly id: string;
  readonly kind: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly score: number | null;
}

interface NodeRows {
  /** New artifacts and new placeholders. */
  readonly created: readonly NodeRow[];
  /** Declarations of artifacts that were placeholders. */
  readonly filled: readonly NodeRow[];
  readonly attested: readonly NodeRow[];
}

/**
 * The rows for these entries of a plan, and for the placeholders that the whole plan creates.
 *
 * @param entries left out: all of the plan
 */
export function nodeRows(
  { placed, newNodes }: BatchPlan,
  known: ReadonlyMap<string, KnownNode>,
  decisions: DecisionPlaces,
  at: number,
  entries: readonly PlacedEntry[] = placed,
): NodeRows {
  const declared = entries.map(({ item, leafIndex }) => ({
    id: item.id,
    kind: item.kind,
    props: {
      ...item.props,
      ...decisions.placeOf(item.id),
      leafIndex,
      recordedAt: at,
      declared: true,
      ...seqOf(newNodes, item.id),
    },
    score: item.score ?? null,
  }));
  const artifacts = declared.filter((row) => row.kind !== 'Attestation');
  const ids = new Set(placed.map(({ item }) => item.id));
  return {
    created: [...artifacts.filter((row) => !known.has(row.id)), ...placeholderRows(newNodes, ids)],
    filled: artifacts.filter((row) => known.has(row.id)),
    attested: declared.filter((row) => row.kind === 'Attestation'),
  };
}

/** What an entry ends holds up to and including its own leaf index: as of a later tree it is gone. */
export function endRows(
  placed: readonly PlacedEntry[],
): { from: string; to: string | null; type: string; until: number }[] {
  return placed.flatMap(({ item, leafIndex }) =>
    item.ends.map(({ from, to, type }) => ({ from, to: to ?? null, type, until: leafIndex })),
  );
}

function placeholderRows(newNodes: ReadonlyMap<string, number>, declared: ReadonlySet<string>): NodeRow[] {
  return [...newNodes]
    .filter(([id]) => !declared.has(id))
    .map(([id, seq]) => ({
      id,
      kind: kindOfUrn(id),
      props: { ...partsOf(id), id, seq, declared: false },
      score: null,
    }));
}

function seqOf(newNodes: ReadonlyMap<string, number>, id: string): { seq?: number } {
  const seq = newNodes.get(id);
  return seq === undefined ? {} : { seq };
}

function partsOf(id: string): { namespace: string; name: string; version: string } {
  const { namespace, name, version } = parseUrn(id);
  return { namespace, name, version };
}

/** What a walk through the graph follows and returns, and the parameters by which its statements are told. */
import { relationshipType, type ArtifactKind, type Classification, type EdgeType } from '../domain/kinds.js';
import { LINEAGE_LOG, OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import { readHead } from './log-head.js';

export type Direction = 'UPSTREAM' | 'DOWNSTREAM';

/** Which part of the graph is walked, and as of which tree size. */
export interface Walk {
  readonly of: string;
  readonly direction: Direction;
  readonly asOf: number;
  /** True if `asOf` was the present when it was taken, a moment ago; left out: not known. */
  readonly present?: boolean;
  /** Edge types followed; left out: all of the direction. */
  readonly edges?: readonly EdgeType[];
  /** Greatest depth returned; left out: unbounded. */
  readonly depth?: number;
  /** What is returned; the walk itself goes through everything. */
  readonly filter?: NodeFilter;
}

/** A walk of everything as of the present, whose point need not be known before. */
export type PresentWalk = Pick<Walk, 'of' | 'direction' | 'depth'>;

/** How a run ended, if it did. */
export type RunOutcome = 'COMPLETED' | 'FAILED' | 'ABORTED' | 'UNFINISHED';

/** Every member that is given must hold. What a node says about itself counts only once it is declared. */
export interface NodeFilter {
  readonly kinds?: readonly ArtifactKind[];
  readonly namespaces?: readonly string[];
  /** Milliseconds since the epoch: from, inclusive. */
  readonly occurredFrom?: number;
  /** Milliseconds since the epoch: to, exclusive. */
  readonly occurredTo?: number;
  readonly classifications?: readonly Classification[];
  /** False: placeholders only. */
  readonly declared?: boolean;
  /** Runs only. */
  readonly runStates?: readonly RunOutcome[];
}

/** True if the walk needs the statements with filters. */
export function isFiltered({ edges, filter }: Pick<Walk, 'edges' | 'filter'>): boolean {
  return edges !== undefined || Object.keys(filter ?? {}).length > 0;
}

interface PlainParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
}

export function plainParams({ of, asOf, depth }: Walk): PlainParams {
  return { of, asOf, maxDepth: depth ?? OPEN_UNTIL };
}

/** What the statements of the present take that look at no interval and at no point. */
export function presentWalkParams({
  of,
  depth,
}: PresentWalk): Omit<PlainParams, 'asOf'> & { readonly log: string } {
  return { log: LINEAGE_LOG, of, maxDepth: depth ?? OPEN_UNTIL };
}

type FilterParams = PlainParams & { readonly edges: readonly string[] | null } & {
  readonly [K in keyof NodeFilter]-?: Exclude<NodeFilter[K], undefined> | null;
};

export function filterParams(walk: Walk): FilterParams {
  return {
    ...plainParams(walk),
    edges: walk.edges === undefined ? null : relationshipsOf(walk.edges),
    kinds: null,
    namespaces: null,
    occurredFrom: null,
    occurredTo: null,
    classifications: null,
    declared: null,
    runStates: null,
    ...walk.filter,
  };
}

/** The relationship types as which edges of these types are stored. */
export function relationshipsOf(edges: readonly EdgeType[]): string[] {
  return [
    ...new Set(edges.flatMap((type) => [relationshipType(type, 'Dataset'), relationshipType(type, 'Model')])),
  ];
}

/** The same for the statements of the present, which take types of edges apart from the filters, if at all. */
export function presentParams(walk: Walk): Omit<FilterParams, 'edges'> & { readonly log: string } {
  return { ...filterParams(walk), log: LINEAGE_LOG };
}

/**
 * True if a walk may be tried as of the present, without looking at intervals: its point is the head, as far as is known.
 */
export async function isAtPresent({ asOf, present }: Walk, runner: StatementRunner): Promise<boolean> {
  return present ?? (await readHead(runner)).size === asOf;
}

/** The kind among a node's labels. The writers give every artifact exactly one. */
export function kindOfLabels(labels: readonly string[]): ArtifactKind {
  return labels.find((label) => label !== 'Artifact') as ArtifactKind;
}

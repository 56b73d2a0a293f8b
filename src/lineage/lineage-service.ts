/** `lineage`: the ancestry or the impact of one artifact, at any depth, in pages read at one as-of point. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { ArtifactKind, EdgeType } from '../domain/kinds.js';
import { parseUrn } from '../domain/urn.js';
import type { Position, WalkedGroup } from '../store/lineage-reader.js';
import type { KindCount } from '../store/lineage-totals.js';
import type { Present, PresentParts } from '../store/present-reader.js';
import { isFiltered, type Direction, type NodeFilter, type Walk } from '../store/walk.js';
import { isNow, type AsOfInput } from './as-of.js';
import type { ArtifactGraph, GraphSource, LineageGraph } from './lineage-graph.js';

export interface LineageArgs {
  readonly of: string;
  readonly direction: Direction;
  readonly depth?: number | null | undefined;
  readonly kinds?: readonly ArtifactKind[] | null | undefined;
  readonly edges?: readonly EdgeType[] | null | undefined;
  readonly filter?: FilterInput | null | undefined;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** The other filters; null is as good as left out. */
export type FilterInput = {
  readonly [K in Exclude<keyof NodeFilter, 'kinds'>]?: NodeFilter[K] | null | undefined;
};

/** An artifact at its shortest distance from the root, in edges. */
export interface LineageNode {
  readonly id: string;
  readonly depth: number;
  /** Where the answer stands: what is looked up for this node is looked up as of here, in this direction. */
  readonly asOf: number;
  readonly direction: Direction;
}

export interface LineagePage {
  readonly asOf: number;
  readonly root: LineageNode;
  readonly nodes: readonly LineageNode[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
  /** Totals over the whole closure, not only this page; empty if none were wanted. */
  readonly totals: readonly KindCount[];
}

/** How totals are to be counted. They cost a walk of the whole closure, which a page alone does not. */
export type TotalsWanted = 'NONE' | 'BY_KIND' | 'BY_DEPTH';

/** The parts of an answer that are asked for; what is not is not looked for. */
export interface LineageParts {
  /** The nodes of the page, or whether more follow. Of a hub, the nearest few cost as much as all its neighbours. */
  readonly page: boolean;
  readonly totals: TotalsWanted;
}

/** What is taken together: versions and runs of one name at one depth, or at whatever depth. */
export type Collapse = 'DEPTH' | 'NAME';

/** One page of groups, each with the oldest of its members. */
export interface LineageGroups {
  readonly asOf: number;
  readonly root: LineageNode;
  readonly groups: readonly (WalkedGroup & { readonly oldest: LineageNode })[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

const BEFORE_FIRST: Position = { depth: 0, seq: -1 };

export class LineageService {
  constructor(
    private readonly graphs: GraphSource,
    private readonly cursors: CursorSealer,
  ) {}

  /**
   * One page, nearest artifacts first, in an order that does not change.
   *
   * Errors: `BAD_URN`, `NOT_FOUND`, `BAD_CURSOR`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `TIMEOUT`.
   */
  async lineage(args: LineageArgs, reader: string, { page, totals }: LineageParts): Promise<LineagePage> {
    const byDepth = totals === 'BY_DEPTH';
    const ahead = {
      ...(page ? { first: args.first + 1 } : {}),
      ...(totals === 'NONE' ? {} : { byDepth }),
    };
    return this.read('lineage', args, reader, ahead, async ({ graph, walk, after, present, toPage }) => {
      const [found, counts] = await Promise.all([
        page ? (present?.page ?? graph.page(walk, after, args.first + 1)) : [],
        totals === 'NONE' ? [] : (present?.counts ?? graph.count(walk, byDepth)),
      ]);
      const { items, ...rest } = toPage(found);
      const { asOf, direction } = walk;
      // Whatever has a lineage is there.
      if (items.length + counts.length === 0) await requireArtifact(graph, args.of, asOf);
      const node = (id: string, depth: number): LineageNode => ({ id, depth, asOf, direction });
      return {
        ...rest,
        root: node(args.of, 0),
        nodes: items.map(({ id, depth }) => node(id, depth)),
        totals: counts,
      };
    });
  }

  /** The same with versions and runs of one name taken together; errors as above. */
  async groups(args: LineageArgs, collapse: Collapse, reader: string): Promise<LineageGroups> {
    return this.read(
      `lineageGroups ${collapse}`,
      args,
      reader,
      {},
      async ({ graph, walk, after, toPage }) => {
        const { items, ...page } = toPage(
          await graph.groups(walk, collapse === 'DEPTH', after, args.first + 1),
        );
        const { asOf, direction } = walk;
        if (items.length === 0) await requireArtifact(graph, args.of, asOf);
        const node = (id: string, depth: number): LineageNode => ({ id, depth, asOf, direction });
        const groups = items.map((group) => ({ ...group, oldest: node(group.id, group.oldestDepth) }));
        return { ...page, root: node(args.of, 0), groups };
      },
    );
  }

  /** Opens the cursor or takes the as-of point, with what can be read ahead of it, and reads one page from there. */
  private async read<T>(
    field: string,
    args: LineageArgs,
    reader: string,
    ahead: PresentParts,
    load: (opened: Opened) => Promise<T>,
  ): Promise<T> {
    checkArgs(args);
    const scope = { reader, question: questionOf(field, args) };
    const resumed = args.after == null ? undefined : this.cursors.open(args.after, scope);
    const isPresent = resumed === undefined && isNow(args.asOf);
    const way = toWay(args);
    const readsAhead = isPresent && Object.keys(ahead).length > 0 && !isFiltered(way);
    return this.graphs.read(async (graph) => {
      const present = readsAhead ? await graph.present?.(way, ahead) : undefined;
      const asOf = resumed?.asOf ?? present?.asOf ?? (await graph.asOf(args.asOf));
      const seal = ({ depth, seq }: Position): string =>
        this.cursors.seal({ asOf, position: [depth, seq] }, scope);
      return load({
        graph,
        // What was not found ahead is not tried without intervals again.
        walk: { ...way, asOf, ...(isPresent ? { present: present === undefined } : {}) },
        after: toPosition(resumed?.position),
        present,
        toPage: (found) => pageOf(found, args.first, asOf, seal),
      });
    });
  }
}

/** A question whose point is fixed. */
interface Opened {
  readonly graph: LineageGraph;
  readonly walk: Walk;
  readonly after: Position;
  /** What was read together with the point. */
  readonly present: Present | undefined;
  readonly toPage: ToPage;
}

interface Page<T> {
  readonly asOf: number;
  readonly items: readonly T[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

/** Makes a page of what was found, of which one more than the page holds was asked for. */
type ToPage = <T extends Position>(found: readonly T[]) => Page<T>;

function pageOf<T extends Position>(
  found: readonly T[],
  first: number,
  asOf: number,
  seal: (position: Position) => string,
): Page<T> {
  const items = found.slice(0, first);
  const last = items.at(-1);
  const hasNextPage = found.length > items.length;
  return { asOf, items, hasNextPage, ...(last ? { endCursor: seal(last) } : {}) };
}

/** Refuses an artifact that does not exist as of the tree size. Error: `NOT_FOUND`. */
export async function requireArtifact(
  graph: Pick<ArtifactGraph, 'nodes'>,
  id: string,
  asOf: number,
): Promise<void> {
  const nodes = await graph.nodes([id], asOf);
  if (!nodes.has(id)) throw notFound(id);
}

export function notFound(id: string): PedigreeError {
  return new PedigreeError('NOT_FOUND', `there is no artifact ${id} that you may read as of this point`, {
    id,
  });
}

function checkArgs({ of, depth }: LineageArgs): void {
  parseUrn(of);
  if (depth != null && depth < 1) {
    throw new PedigreeError('BAD_INPUT', required('depth must be 1 or more, or null for all of it', depth));
  }
}

/** Everything that decides which list the pages come from; the as-of point is in the cursor itself. */
function questionOf(field: string, args: LineageArgs): Json {
  const { of, direction, depth, edges } = args;
  const filter = Object.entries(filterOf(args)).map(([name, value]): Json => [
    name,
    Array.isArray(value) ? (value as string[]).toSorted() : (value as string),
  ]);
  return [field, of, direction, depth ?? 'unbounded', [...(edges ?? ['all'])].sort(), filter];
}

function toWay(args: LineageArgs): Omit<Walk, 'asOf'> {
  const { of, direction, depth, edges } = args;
  return {
    of,
    direction,
    filter: filterOf(args),
    ...(depth == null ? {} : { depth }),
    ...(edges == null ? {} : { edges }),
  };
}

/** What was given, in a fixed order. */
function filterOf({ kinds, filter }: LineageArgs): NodeFilter {
  const given = Object.entries({ ...filter, kinds }).filter(([, value]) => value != null);
  return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function toPosition(position: readonly number[] | undefined): Position {
  return position === undefined ? BEFORE_FIRST : { depth: position[0] ?? 0, seq: position[1] ?? -1 };
}

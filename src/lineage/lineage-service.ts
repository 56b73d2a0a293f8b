/** `lineage`: the ancestry or the impact of one artifact, at any depth, in pages read at one as-of point. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { ArtifactKind, EdgeType } from '../domain/kinds.js';
import { parseUrn } from '../domain/urn.js';
import type { Database } from '../store/database.js';
import { readHead } from '../store/log-head.js';
import {
  LineageReader,
  type DepthCount,
  type Direction,
  type Position,
  type Walk,
} from '../store/lineage-reader.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';

export interface LineageArgs {
  readonly of: string;
  readonly direction: Direction;
  readonly depth?: number | null | undefined;
  readonly kinds?: readonly ArtifactKind[] | null | undefined;
  readonly edges?: readonly EdgeType[] | null | undefined;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

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
  /** Totals over the whole closure, not only this page; counted when called. */
  readonly totals: () => Promise<readonly DepthCount[]>;
}

const BEFORE_FIRST: Position = { depth: 0, seq: -1 };

export class LineageService {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorSealer,
  ) {}

  /**
   * One page, nearest artifacts first, in an order that does not change.
   *
   * Errors: `BAD_URN`, `NOT_FOUND`, `BAD_CURSOR`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `TIMEOUT`.
   */
  async lineage(args: LineageArgs, reader: string): Promise<LineagePage> {
    checkArgs(args);
    const scope = { reader, question: questionOf(args) };
    const resumed = args.after == null ? undefined : this.cursors.open(args.after, scope);
    return this.database.read(async (runner) => {
      const graph = new LineageReader(runner);
      const asOf = resumed?.asOf ?? (await resolveAsOf(args.asOf, await readHead(runner), graph));
      const walk = toWalk(args, asOf);
      // Sent together: the page of an artifact that does not exist is empty and costs nothing.
      const [found] = await Promise.all([
        graph.page(walk, toPosition(resumed?.position), args.first + 1),
        requireArtifact(graph, args.of, asOf),
      ]);
      const page = found.slice(0, args.first);
      const last = page.at(-1);
      const node = (id: string, depth: number): LineageNode => ({
        id,
        depth,
        asOf,
        direction: args.direction,
      });
      return {
        asOf,
        root: node(args.of, 0),
        nodes: page.map(({ id, depth }) => node(id, depth)),
        hasNextPage: found.length > page.length,
        ...(last ? { endCursor: this.cursors.seal({ asOf, position: [last.depth, last.seq] }, scope) } : {}),
        totals: () => new LineageReader(this.database).counts(walk),
      };
    });
  }
}

/** Refuses an artifact that does not exist as of the tree size. Error: `NOT_FOUND`. */
export async function requireArtifact(graph: LineageReader, id: string, asOf: number): Promise<void> {
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
function questionOf({ of, direction, depth, kinds, edges }: LineageArgs): Json {
  return [
    'lineage',
    of,
    direction,
    depth ?? 'unbounded',
    [...(kinds ?? ['all'])].sort(),
    [...(edges ?? ['all'])].sort(),
  ];
}

function toWalk({ of, direction, depth, kinds, edges }: LineageArgs, asOf: number): Walk {
  return {
    of,
    direction,
    asOf,
    ...(depth == null ? {} : { depth }),
    ...(kinds == null ? {} : { kinds }),
    ...(edges == null ? {} : { edges }),
  };
}

function toPosition(position: readonly number[] | undefined): Position {
  return position === undefined ? BEFORE_FIRST : { depth: position[0] ?? 0, seq: position[1] ?? -1 };
}

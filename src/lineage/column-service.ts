/** `columnLineage`: which columns a column or a feature was made from, and which were made from it. */
import type { CursorSealer } from '../access/cursor.js';
import type { ColumnLink, ColumnRef } from '../domain/column-facts.js';
import { unversionedId } from '../domain/column-facts.js';
import { EVERY_COLUMN } from '../domain/columns.js';
import { PedigreeError, required } from '../domain/errors.js';
import { parseUrn } from '../domain/urn.js';
import { ColumnReader, type ColumnWalk } from '../store/column-reader.js';
import type { Database, StatementRunner } from '../store/database.js';
import type { Bounded } from '../store/lineage-reader.js';
import type { Direction } from '../store/walk.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';

export interface ColumnLineageArgs {
  readonly of: { readonly id: string; readonly column?: string | null | undefined };
  readonly direction: Direction;
  readonly depth?: number | null | undefined;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A column at its shortest distance from the root, with the links by which the lineage goes on from there. */
export interface ColumnNode extends ColumnRef {
  readonly depth: number;
  readonly links: Bounded<ColumnLink>;
}

export interface ColumnLineagePage {
  readonly asOf: number;
  readonly root: ColumnNode;
  readonly columns: readonly ColumnNode[];
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

/** Most links of one column in an answer; `total` says how many there are. */
const MAX_LINKS = 1_000;

export class ColumnService {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorSealer,
  ) {}

  /**
   * One page, nearest columns first, then by name. The answer is exact to the data set: it holds what was ever stated
   * of any version up to the as-of point.
   *
   * Errors: `BAD_URN`, `BAD_INPUT`, `NOT_FOUND`, `BAD_CURSOR`, `AS_OF_IN_FUTURE`, `TIMEOUT`.
   */
  async columnLineage(args: ColumnLineageArgs, reader: string): Promise<ColumnLineagePage> {
    const of = toColumn(args);
    const question = ['columnLineage', of.dataset, of.column, args.direction, args.depth ?? 'unbounded'];
    const scope = { reader, question };
    const resumed = args.after == null ? undefined : this.cursors.open(args.after, scope);
    return this.database.read(async (runner) => {
      const asOf = resumed?.asOf ?? (await asOfSize(args, runner));
      const columns = new ColumnReader(runner);
      if (!(await columns.exists(of, asOf))) throw unknownColumn(args);
      const skip = resumed?.position[0] ?? 0;
      const walk: ColumnWalk = {
        of,
        direction: args.direction,
        asOf,
        ...(args.depth == null ? {} : { depth: args.depth }),
      };
      const found = await columns.page(walk, skip, args.first + 1);
      const page = [{ ...of, depth: 0 }, ...found.slice(0, args.first)];
      const links = await columns.links(page, args.direction, asOf, MAX_LINKS);
      const nodes = page.map((column, i) => ({ ...column, links: links[i] as Bounded<ColumnLink> }));
      const position = [skip + page.length - 1];
      return {
        asOf,
        root: nodes[0] as ColumnNode,
        columns: nodes.slice(1),
        hasNextPage: found.length > args.first,
        ...(page.length === 1 ? {} : { endCursor: this.cursors.seal({ asOf, position }, scope) }),
      };
    });
  }
}

async function asOfSize({ asOf }: ColumnLineageArgs, runner: StatementRunner): Promise<number> {
  return resolveAsOf(asOf, runner);
}

function toColumn({ of: { id, column }, depth }: ColumnLineageArgs): ColumnRef {
  const { kind } = parseUrn(id);
  if (depth != null && depth < 1) {
    throw new PedigreeError('BAD_INPUT', required('depth must be 1 or more, or null for all of it', depth));
  }
  if (kind === 'FeatureDef' && column == null) return { dataset: unversionedId(id), column: EVERY_COLUMN };
  if (kind === 'Dataset' && column != null) return { dataset: unversionedId(id), column };
  throw new PedigreeError(
    'BAD_INPUT',
    required('columnLineage takes a data set with a column, or a feature definition without one', {
      id,
      column,
    }),
  );
}

function unknownColumn({ of: { id, column } }: ColumnLineageArgs): PedigreeError {
  const what = column == null ? id : `${id}, column ${column},`;
  return new PedigreeError('NOT_FOUND', `nothing is known of the columns of ${what} as of this point`, {
    id,
  });
}

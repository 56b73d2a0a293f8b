/** The plane of columns as lineage asks for it. */
import type { ColumnLink, ColumnRef } from '../domain/column-facts.js';
import { OPEN_UNTIL } from './as-of.js';
import { columnKey } from './column-key.js';
import type { StatementRunner } from './database.js';
import type { Bounded } from './lineage-reader.js';
import type { Direction } from './walk.js';
import {
  columnFindColumns,
  columnListLinksDownstream,
  columnListLinksUpstream,
  columnWalkDownstream,
  columnWalkUpstream,
} from './queries.gen.js';

export interface ColumnWalk {
  readonly of: ColumnRef;
  readonly direction: Direction;
  readonly asOf: number;
  /** Greatest depth returned; left out: unbounded. */
  readonly depth?: number;
}

export interface WalkedColumn extends ColumnRef {
  readonly depth: number;
}

export class ColumnReader {
  constructor(private readonly runner: StatementRunner) {}

  /** True if any entry before the tree size names the column. */
  async exists(column: ColumnRef, asOf: number): Promise<boolean> {
    const found = await this.runner.run(columnFindColumns, { keys: [columnKey(column)], asOf });
    return found.length > 0;
  }

  /** Columns of a walk, ordered by depth, then by data set and name, without the first `skip`; never the root. */
  async page(walk: ColumnWalk, skip: number, first: number): Promise<WalkedColumn[]> {
    const statement = walk.direction === 'UPSTREAM' ? columnWalkUpstream : columnWalkDownstream;
    const rows = await this.runner.run(statement, {
      of: columnKey(walk.of),
      asOf: walk.asOf,
      maxDepth: walk.depth ?? OPEN_UNTIL,
      skip,
      first,
    });
    return rows.map(({ dataset, column, depth }) => ({ dataset, column, depth }));
  }

  /** For each column, the links by which the walk goes on, by name, at most `first` each; in the order asked for. */
  async links(
    columns: readonly ColumnRef[],
    direction: Direction,
    asOf: number,
    first: number,
  ): Promise<Bounded<ColumnLink>[]> {
    const statement = direction === 'UPSTREAM' ? columnListLinksUpstream : columnListLinksDownstream;
    const rows = await this.runner.run(statement, { keys: columns.map(columnKey), asOf, first });
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return columns.map((own) => {
      const row = byKey.get(columnKey(own));
      const items = (row?.links ?? []).map(({ dataset, column, transformation, masking }): ColumnLink => {
        const other = { dataset, column };
        const ends = direction === 'UPSTREAM' ? { from: own, to: other } : { from: other, to: own };
        return { ...ends, transformation, masking };
      });
      return { items, total: row?.total ?? 0 };
    });
  }
}

/**
 * Writes the plane of columns in the transaction of the entries that state it. Most entries say what earlier ones said:
 * what is known to be committed is not sent again, so that an unchanged schema costs nothing.
 */
import type { ColumnLink, ColumnRef } from '../domain/column-facts.js';
import type { PlacedEntry } from './batch-plan.js';
import { columnKey } from './column-key.js';
import type { StatementRunner } from './database.js';
import { columnMergeColumns, columnMergeLinks } from './queries.gen.js';

/** Most columns and links that are remembered; beyond, all are forgotten and learnt again. */
const MAX_KNOWN = 200_000;

interface ColumnRow {
  readonly key: string;
  readonly dataset: string;
  readonly column: string;
  readonly since: number;
}

interface LinkRow extends Pick<ColumnLink, 'transformation' | 'masking'> {
  readonly from: string;
  readonly to: string;
  readonly since: number;
}

/** What one batch adds, by what identifies it. */
export interface ColumnRows {
  readonly columns: ReadonlyMap<string, ColumnRow>;
  readonly links: ReadonlyMap<string, LinkRow>;
}

export class ColumnWriter {
  private readonly known = new Set<string>();

  /** The columns and links of a batch that are not known yet, each with the first entry that states it. */
  rowsOf(placed: readonly PlacedEntry[]): ColumnRows {
    const columns = new Map<string, ColumnRow>();
    const links = new Map<string, LinkRow>();
    for (const { item, leafIndex: since } of placed) {
      for (const ref of item.columns?.columns ?? []) {
        const name = nameOf(ref);
        if (this.known.has(name) || columns.has(name)) continue;
        columns.set(name, { key: columnKey(ref), ...ref, since });
      }
      for (const { from, to, transformation, masking } of item.columns?.links ?? []) {
        const name = `${nameOf(from)}\n${nameOf(to)}\n${String(masking)} ${transformation}`;
        if (this.known.has(name) || links.has(name)) continue;
        links.set(name, { from: columnKey(from), to: columnKey(to), transformation, masking, since });
      }
    }
    return { columns, links };
  }

  /** Sends the rows, columns first: statements of one transaction run in the order in which they are sent. */
  write(tx: StatementRunner, { columns, links }: ColumnRows): Promise<unknown>[] {
    return [
      ...(columns.size === 0 ? [] : [tx.run(columnMergeColumns, { rows: [...columns.values()] })]),
      ...(links.size === 0 ? [] : [tx.run(columnMergeLinks, { rows: [...links.values()] })]),
    ];
  }

  /** To be called once the rows are committed, and not before. */
  remember({ columns, links }: ColumnRows): void {
    if (this.known.size + columns.size + links.size > MAX_KNOWN) this.known.clear();
    for (const key of [...columns.keys(), ...links.keys()]) this.known.add(key);
  }
}

/** Tells columns apart without a digest: an id has no space, and a column that could be taken for two is quoted. */
function nameOf({ dataset, column }: ColumnRef): string {
  return `${dataset} ${/^"|\n/.test(column) ? JSON.stringify(column) : column}`;
}

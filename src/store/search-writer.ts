/**
 * Writes what artifacts are found by, in the transaction of the entries that state it: their names with the newest
 * version, their owners and their columns. All of it can be made again from the entries: it is an index and nothing more.
 */
import { unversionedId } from '../domain/column-facts.js';
import { mentionsOf, type BatchPlan } from './batch-plan.js';
import type { ColumnRows } from './column-writer.js';
import type { StatementRunner } from './database.js';
import {
  searchAddTerms,
  searchNameArtifacts,
  type SearchAddTermsParams,
  type SearchNameArtifactsParams,
} from './queries.gen.js';
import { columnTerm, nameTerm, ownerTerm, type Term } from './search-terms.js';

/** Most terms that are remembered; beyond, all are forgotten and learnt again. */
const MAX_KNOWN = 100_000;

type NameRow = SearchNameArtifactsParams['rows'][number];
type TermRow = SearchAddTermsParams['rows'][number];

/** What one batch adds, by what identifies it. */
export interface SearchRows {
  readonly names: ReadonlyMap<string, NameRow>;
  readonly terms: ReadonlyMap<string, TermRow>;
}

export class SearchWriter {
  private readonly known = new Set<string>();

  /** The names of a batch, and those owners and columns that are not known yet. */
  rowsOf(plan: Pick<BatchPlan, 'placed' | 'newNodes'>, { columns }: ColumnRows): SearchRows {
    const terms = new Map<string, TermRow>();
    const add = (term: Term | undefined, since: number): void => {
      const key = JSON.stringify(term);
      if (term && !this.known.has(key) && !terms.has(key)) terms.set(key, { ...term, since });
    };
    for (const { item, leafIndex } of plan.placed) {
      for (const owned of item.owners ?? []) add(ownerTerm(owned), leafIndex);
    }
    for (const { dataset, column, since } of columns.values()) add(columnTerm({ dataset, column }), since);
    return { names: nameRows(plan), terms };
  }

  /** Sends the rows; statements of one transaction run in the order in which they are sent. */
  write(tx: StatementRunner, { names, terms }: SearchRows): Promise<unknown>[] {
    return [
      ...(names.size === 0 ? [] : [tx.run(searchNameArtifacts, { rows: [...names.values()] })]),
      ...(terms.size === 0 ? [] : [tx.run(searchAddTerms, { rows: [...terms.values()] })]),
    ];
  }

  /** To be called once the rows are committed, and not before. */
  remember({ terms }: SearchRows): void {
    if (this.known.size + terms.size > MAX_KNOWN) this.known.clear();
    for (const key of terms.keys()) this.known.add(key);
  }
}

/** Of each name what was mentioned first, by which entry, and the newest version. */
function nameRows({ placed, newNodes }: Pick<BatchPlan, 'placed' | 'newNodes'>): Map<string, NameRow> {
  const names = new Map<string, NameRow>();
  for (const { item, leafIndex } of placed) {
    for (const id of mentionsOf(item))
      if (newNodes.has(id)) addName(names, id, { since: leafIndex, newest: null, leafIndex: null });
    addName(names, item.id, { since: leafIndex, newest: item.id, leafIndex });
  }
  return names;
}

/** A later version replaces an earlier one as the newest; what was first stays. */
function addName(
  names: Map<string, NameRow>,
  id: string,
  { since, newest, leafIndex }: Pick<NameRow, 'since' | 'newest' | 'leafIndex'>,
): void {
  const key = unversionedId(id);
  const before = names.get(key);
  if (before) {
    if (newest !== null) names.set(key, { ...before, newest, leafIndex });
    return;
  }
  const term = nameTerm(id);
  if (!term) return;
  const { kind, namespace, name } = term;
  names.set(key, { kind, namespace, name, since, id, newest, leafIndex });
}

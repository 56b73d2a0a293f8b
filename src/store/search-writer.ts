/**
 * Writes what artifacts are found by, in the transaction of the entries that state it: their names with the newest
 * version, their owners and their columns. All of it can be made again from the entries: it is an index and nothing more.
 */
import { EVERY_COLUMN } from '../domain/columns.js';
import { kindOfUrn, parseKnownUrn } from '../domain/urn.js';
import type { BatchPlan } from './batch-plan.js';
import type { ColumnRows } from './column-writer.js';
import type { StatementRunner } from './database.js';
import {
  searchAddTerms,
  searchNameArtifacts,
  type SearchAddTermsParams,
  type SearchNameArtifactsParams,
} from './queries.gen.js';

/** Most terms that are remembered; beyond, all are forgotten and learnt again. */
const MAX_KNOWN = 100_000;

/** Longest text of a term, in code points: an index holds no longer keys than 8 kB. */
const MAX_TEXT = 500;

type NameRow = SearchNameArtifactsParams['rows'][number];
type TermRow = SearchAddTermsParams['rows'][number];

/** What one batch adds, by what identifies it. */
export interface SearchRows {
  readonly names: ReadonlyMap<string, NameRow>;
  readonly terms: ReadonlyMap<string, TermRow>;
}

/** The parts of an id that a name is known by. */
type Named = Pick<NameRow, 'kind' | 'namespace' | 'name'>;

export class SearchWriter {
  private readonly known = new Set<string>();

  /** The names of a batch, and those owners and columns that are not known yet. */
  rowsOf({ placed, newNodes }: BatchPlan, { columns }: ColumnRows): SearchRows {
    const names = new Map<string, NameRow>();
    const since = placed[0]?.leafIndex ?? 0;
    for (const id of newNodes.keys()) addName(names, id, { since, newest: null, leafIndex: null });
    for (const { item, leafIndex } of placed) {
      if (item.kind === 'Attestation' || item.kind === 'Prediction') continue;
      addName(names, item.id, { since: leafIndex, newest: item.id, leafIndex });
    }
    const terms = new Map<string, TermRow>();
    const add = (match: string, named: Named, text: string, first: number): void => {
      const shown = Array.from(text.slice(0, 2 * MAX_TEXT))
        .slice(0, MAX_TEXT)
        .join('');
      const key = JSON.stringify([match, named, shown]);
      if (shown === '' || this.known.has(key) || terms.has(key)) return;
      terms.set(key, { match, ...named, shown, since: first });
    };
    for (const { item, leafIndex } of placed) {
      for (const { of, owner } of item.owners ?? []) add('OWNER', namedBy(of), owner, leafIndex);
    }
    for (const { dataset, column, since: first } of columns.values()) {
      if (column !== EVERY_COLUMN) add('COLUMN', namedBy(`${dataset}@-`), column, first);
    }
    return { names, terms };
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

/** A later version replaces an earlier one as the newest; what was first stays. */
function addName(
  names: Map<string, NameRow>,
  id: string,
  version: Pick<NameRow, 'since' | 'newest' | 'leafIndex'>,
): void {
  if (kindOfUrn(id) === 'Prediction') return;
  const named = namedBy(id);
  const key = JSON.stringify(named);
  const before = names.get(key) ?? { ...named, since: version.since, id };
  names.set(key, { ...before, newest: version.newest, leafIndex: version.leafIndex });
}

function namedBy(id: string): Named {
  const { kind, namespace, name } = parseKnownUrn(id);
  return { kind, namespace, name };
}

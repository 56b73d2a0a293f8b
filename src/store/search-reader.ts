/** Finding artifacts by what somebody remembers of them. Orders are total, so that pages join. */
import type { ArtifactKind } from '../domain/kinds.js';
import type { StatementRunner } from './database.js';
import { searchFindIds, searchFindTerms } from './queries.gen.js';

/** By what an artifact was found. */
export type SearchMatch = 'ID' | 'NAME' | 'OWNER' | 'COLUMN';

/** A name that was found, and its place in the order: better matches first, then by name. */
export interface FoundName {
  readonly rank: number;
  readonly key: string;
  readonly match: SearchMatch;
  /** The text that matched, as it was declared. */
  readonly shown: string;
  /** Id of its newest version; of the first that was named, if none is declared. */
  readonly id: string;
}

export interface TextQuestion {
  /** In lower case. */
  readonly text: string;
  /** Its words; at least one. */
  readonly words: readonly string[];
  readonly kinds: readonly ArtifactKind[] | null;
  /** Names that were known as of this tree size. */
  readonly asOf: number;
  /** The present: their newest version is the newest as of this. */
  readonly now: number;
}

/** Greater than every character of an id. */
const AFTER_ALL = '\u{7f}';

export class SearchReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Names that have all words, after a place in the order, at most `first`. Decisions have no names of their own. */
  async names(
    { text, words, ...question }: TextQuestion,
    after: { readonly rank: number; readonly key: string },
    first: number,
  ): Promise<FoundName[]> {
    // The longest word leaves least to look at.
    const word = words.reduce((longest, next) => (next.length > longest.length ? next : longest));
    const rows = await this.runner.run(searchFindTerms, {
      ...question,
      ...{ whole: text, word, words, afterRank: after.rank, afterKey: after.key, first },
    });
    return rows.map((row) => ({ ...row, match: row.match as SearchMatch }));
  }

  /** Ids that begin with a text, after one of them, in the order of ids, at most `first`. */
  async ids(prefix: string, asOf: number, after: string, first: number): Promise<string[]> {
    const range = { from: after === '' ? prefix : after, end: `${prefix}${AFTER_ALL}` };
    const rows = await this.runner.run(searchFindIds, { ...range, asOf, after, first });
    return rows.map(({ id }) => id);
  }
}

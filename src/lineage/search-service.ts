/** `search`: artifacts by the beginning of an id, or by any part of a name, an owner or a column, as somebody types. */
import type { CursorContent, CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import { ARTIFACT_KINDS, type ArtifactKind } from '../domain/kinds.js';
import type { Database } from '../store/database.js';
import { readHead } from '../store/log-head.js';
import { SearchReader, type SearchMatch } from '../store/search-reader.js';

export interface SearchArgs {
  readonly text: string;
  readonly kinds?: readonly ArtifactKind[] | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface SearchHit {
  /** Id of the newest version of what was found; of a placeholder if none is declared. */
  readonly id: string;
  readonly match: SearchMatch;
  readonly matched: string;
  /** Where the artifact is shown. */
  readonly asOf: number;
}

export interface SearchPage {
  readonly asOf: number;
  readonly items: readonly SearchHit[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

const MIN_TEXT = 2;
const MAX_TEXT = 200;

interface Placed extends Omit<SearchHit, 'asOf'> {
  readonly rank: number;
  readonly key: string;
}

export class SearchService {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorSealer,
  ) {}

  /** One page, the best matches first. Errors: `BAD_INPUT`, `BAD_CURSOR`. */
  async search({ text, kinds, first, after }: SearchArgs, reader: string): Promise<SearchPage> {
    const wanted = checkText(text);
    const scope = { reader, question: ['search', wanted, [...(kinds ?? ['all'])].sort()] };
    const resumed = after == null ? undefined : this.cursors.open(after, scope);
    return this.database.read(async (runner) => {
      const { size: now } = await readHead(runner);
      const asOf = resumed?.asOf ?? now;
      const found = await find(
        new SearchReader(runner),
        wanted,
        kinds ?? null,
        { asOf, now },
        resumed,
        first + 1,
      );
      const items = found.slice(0, first);
      const last = items.at(-1);
      return {
        asOf,
        items: items.map(({ id, match, matched }) => ({ id, match, matched, asOf: now })),
        endCursor: last ? this.cursors.seal({ asOf, position: [last.rank], text: last.key }, scope) : null,
        hasNextPage: found.length > first,
      };
    });
  }
}

/** A text that begins like an id is one; every other is looked for in names, owners and columns. */
async function find(
  graph: SearchReader,
  text: string,
  kinds: readonly ArtifactKind[] | null,
  at: { readonly asOf: number; readonly now: number },
  resumed: CursorContent | undefined,
  first: number,
): Promise<Placed[]> {
  const kind = ARTIFACT_KINDS.find((candidate) => text.startsWith(`${candidate.toLowerCase()}:`));
  if (kind !== undefined) {
    if (kinds !== null && !kinds.includes(kind)) return [];
    const ids = await graph.ids(text, at.asOf, resumed?.text ?? '', first);
    return ids.map((id) => ({ id, match: 'ID', matched: id, rank: 0, key: id }));
  }
  const lower = text.toLowerCase();
  const words = lower.split(/\s+/);
  const after = { rank: resumed?.position[0] ?? 0, key: resumed?.text ?? '' };
  const names = await graph.names({ text: lower, words, kinds, ...at }, after, first);
  return names.map(({ shown, ...name }) => ({ ...name, matched: shown }));
}

function checkText(text: string): string {
  const wanted = text.trim().normalize('NFC');
  if (wanted.length >= MIN_TEXT && wanted.length <= MAX_TEXT) return wanted;
  throw new PedigreeError(
    'BAD_INPUT',
    required(
      `text must have ${String(MIN_TEXT)} to ${String(MAX_TEXT)} characters`,
      text.slice(0, MAX_TEXT + 1),
    ),
  );
}

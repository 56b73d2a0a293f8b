/** `pedigree search`: artifacts by name, owner, column, or the beginning of an id. */
import { Option, type Command } from 'commander';
import { renderTable } from '../output/table.js';
import { limitOption, moreNote, readPages, toCommand, type Page } from '../read/read-command.js';

interface Options {
  readonly kind?: readonly string[];
  readonly limit: number;
}

interface Hit {
  readonly match: string;
  readonly matched: string;
  readonly artifact: { readonly id: string; readonly kind: string; readonly declared: boolean };
}

const QUERY = `query ($text: String!, $kinds: [Kind!], $first: PageSize, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    items { match matched artifact { id kind declared } } hasNextPage endCursor
  }
}`;

const COLUMNS = ['id', 'kind', 'match', 'matched', 'declared'];

export function searchCommand(): Command {
  return toCommand<Options>({
    name: 'search',
    description: 'find artifacts by any part of a name, an owner or a column, or by the beginning of an id',
    parameters: { '<text...>': 'what to look for; several words must all be there' },
    options: [kindOption(), limitOption(50)],
    figures: ['hits'],
    examples: ['search credit', 'search --kind Model --json credit', 'search dataset:lending/part'],
    ask: async (ask, words, { kind: kinds, limit }) => {
      const text = words.join(' ');
      const { items, more } = await readPages<Hit>(limit, async (first, after) => {
        const data = await ask<{ search: Page<Hit> }>(QUERY, { text, kinds, first, after });
        return data.search;
      });
      const rows = items.map(({ match, matched, artifact }) => ({ ...artifact, match, matched }));
      return {
        json: items,
        rows,
        columns: COLUMNS,
        text: () => renderTable(rows, COLUMNS),
        figures: { hits: items.length },
        notes: [
          ...(items.length === 0 ? ['nothing was found'] : []),
          ...(more ? [moreNote(items.length, 'hits')] : []),
        ],
      };
    },
  });
}

export function kindOption(): Option {
  return new Option('--kind <kind...>', 'only these kinds').choices([
    'Dataset',
    'Transform',
    'FeatureDef',
    'Model',
    'Prediction',
  ]);
}

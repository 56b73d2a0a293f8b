/** `pedigree contract diff`: what changed in the columns of a data set, and whom that breaks. */
import type { Command } from 'commander';
import type { CommandAnswer } from '../../output/answer.js';
import { strong } from '../../output/style.js';
import { renderTable, type Row } from '../../output/table.js';
import { AS_OF, toCommand, type Ask } from '../../read/read-command.js';
import { parseAsOf } from '../../read/server-options.js';

interface Options {
  readonly asOf?: string;
}

interface Change {
  readonly column: string;
  readonly kind: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly breaking: boolean;
  readonly reaches: readonly { readonly dataset: string; readonly column: string | null }[];
}

interface SchemaChange {
  readonly breaking: number;
  readonly changes: readonly Change[];
  readonly consumers: readonly {
    readonly artifact: { readonly id: string };
    readonly edge: string;
    readonly columns: readonly string[];
    readonly certain: boolean;
  }[];
  readonly consumersTotal: number;
  readonly models: { readonly items: readonly string[]; readonly total: number };
}

const QUERY = `query ($from: ID!, $to: ID!, $asOf: AsOf) {
  schemaChange(from: $from, to: $to, asOf: $asOf) {
    asOf breaking changes { column kind before after breaking reaches { dataset column } reachesTruncated }
    consumers { artifact { id } edge columns certain } consumersTotal consumersTruncated
    models { items total truncated }
  }
}`;

const COLUMNS = ['record', 'id', 'what', 'before', 'after', 'breaking'];

export function contractDiffCommand(): Command {
  return toCommand<Options>({
    name: 'diff',
    description:
      'say what changed in the columns from one version of a data set to another, and whom that breaks',
    parameters: { '<from>': 'the earlier version', '<to>': 'the later one' },
    options: [AS_OF],
    figures: ['changes', 'breaking', 'consumers', 'models'],
    examples: [
      'contract diff dataset:lending/part-b@1 dataset:lending/part-b@2',
      "contract diff dataset:lending/part-b@1 dataset:lending/part-b@2 --fail-on 'breaking>0'",
    ],
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [from = '', to = '']: readonly string[],
  { asOf }: Options,
): Promise<CommandAnswer> {
  const { schemaChange } = await ask<{ schemaChange: SchemaChange }>(QUERY, {
    from,
    to,
    asOf: parseAsOf(asOf),
  });
  const { changes, consumers, consumersTotal, models, breaking } = schemaChange;
  const rows = rowsOf(schemaChange);
  return {
    json: schemaChange,
    rows,
    columns: COLUMNS,
    figures: { changes: changes.length, breaking, consumers: consumersTotal, models: models.total },
    text: () =>
      `${strong(`${String(changes.length)} changes, ${String(breaking)} of them breaking`)}, ${String(consumersTotal)} consumers and ${String(models.total)} models affected\n${renderTable(rows, COLUMNS)}`,
    notes:
      consumersTotal > consumers.length
        ? [`${String(consumers.length)} of ${String(consumersTotal)} consumers shown`]
        : [],
  };
}

function rowsOf({ changes, consumers, models }: SchemaChange): Row[] {
  return [
    ...changes.map(({ column, kind, before, after, breaking }) => {
      return { record: 'column', id: column, what: kind, before, after, breaking };
    }),
    ...changes.flatMap(({ column, reaches }) =>
      reaches.map((reached) => ({
        record: 'reaches',
        id: reached.column === null ? reached.dataset : `${reached.dataset} ${reached.column}`,
        what: column,
      })),
    ),
    ...consumers.map(({ artifact, edge, columns, certain }) => ({
      record: 'consumer',
      id: artifact.id,
      what: certain ? `${edge} ${columns.join(', ')}` : `${edge}, columns not said`,
      breaking: certain,
    })),
    ...models.items.map((id) => ({ record: 'model', id })),
  ];
}

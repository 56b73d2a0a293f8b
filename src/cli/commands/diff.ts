/** `pedigree diff`: what differs in the ancestries of two artifacts. */
import type { Command } from 'commander';
import { renderTable, type Row } from '../output/table.js';
import { AS_OF, toCommand } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface List<T> {
  readonly items: readonly T[];
  readonly total: number;
}

interface Field {
  readonly field: string;
  readonly a: unknown;
  readonly b: unknown;
}

interface Diff {
  readonly fields: readonly Field[];
  readonly onlyA: List<{ readonly id: string }>;
  readonly onlyB: List<{ readonly id: string }>;
  readonly changed: List<{
    readonly a: { readonly id: string };
    readonly b: { readonly id: string };
    readonly fields: readonly Field[];
  }>;
  readonly byKind: readonly Row[];
  readonly truncated: boolean;
}

const NODES = 'items { id kind depth } total truncated';
const QUERY = `query ($a: ID!, $b: ID!, $asOf: AsOf) {
  diff(a: $a, b: $b, asOf: $asOf, first: 1000) {
    asOf truncated fields { field a b } byKind { kind onlyA onlyB changed shared }
    onlyA { ${NODES} } onlyB { ${NODES} }
    changed { items { a { id } b { id } fields { field a b } } total truncated }
  }
}`;

const COLUMNS = ['record', 'a', 'b', 'field', 'valueA', 'valueB'];

export function diffCommand(): Command {
  return toCommand<{ readonly asOf?: string }>({
    name: 'diff',
    description: 'show what differs in the ancestries of two artifacts of one kind',
    parameters: { '<a>': 'one artifact', '<b>': 'the other' },
    options: [AS_OF],
    figures: ['fields', 'onlyA', 'onlyB', 'changed'],
    examples: [
      'diff dataset:lending/joined@1 dataset:lending/clean@1',
      'diff --csv dataset:lending/part-a@1 dataset:lending/part-b@1',
    ],
    ask: async (ask, [a = '', b = ''], { asOf }) => {
      const { diff } = await ask<{ diff: Diff }>(QUERY, { a, b, asOf: parseAsOf(asOf) });
      const { fields, onlyA, onlyB, changed } = diff;
      const rows = rowsOf(diff, a, b);
      const shown = onlyA.items.length + onlyB.items.length + changed.items.length;
      const total = onlyA.total + onlyB.total + changed.total;
      return {
        json: diff,
        rows,
        columns: COLUMNS,
        text: () =>
          `${renderTable(diff.byKind, ['kind', 'onlyA', 'onlyB', 'changed', 'shared'])}\n${renderTable(rows, COLUMNS)}`,
        figures: { fields: fields.length, onlyA: onlyA.total, onlyB: onlyB.total, changed: changed.total },
        notes: [
          ...(shown < total ? [`${String(shown)} of ${String(total)} differing artifacts shown`] : []),
          ...(diff.truncated ? ['the ancestries are too large to compare all of them'] : []),
        ],
      };
    },
  });
}

function rowsOf({ fields, onlyA, onlyB, changed }: Diff, a: string, b: string): Row[] {
  const field = (of: { a: string; b: string }, { field: name, a: valueA, b: valueB }: Field): Row => ({
    ...{ record: 'field', ...of, field: name, valueA, valueB },
  });
  return [
    ...fields.map((each) => field({ a, b }, each)),
    ...onlyA.items.map(({ id }) => ({ record: 'onlyA', a: id })),
    ...onlyB.items.map(({ id }) => ({ record: 'onlyB', b: id })),
    ...changed.items.flatMap((pair) => [
      { record: 'changed', a: pair.a.id, b: pair.b.id },
      ...pair.fields.map((each) => field({ a: pair.a.id, b: pair.b.id }, each)),
    ]),
  ];
}

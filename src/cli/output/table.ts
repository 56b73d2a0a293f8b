/** Rows as a table that one can read, and that other programs can cut at spaces: no frame. */
import Table from 'cli-table3';
import { cleanText, toCell } from './clean-text.js';
import { strong } from './style.js';

/** One record of an answer, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

const NO_FRAME = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    ['', '-left', '-right', '-mid'].map((corner) => [`${side}${corner}`, '']),
  ),
);

/** A heading and a line for each row; numbers are flush right. No rows, no heading: an empty text. */
export function renderTable(rows: readonly Row[], columns: readonly string[]): string {
  if (rows.length === 0) return '';
  const isNumber = (column: string): boolean => rows.every((row) => typeof row[column] === 'number');
  const table = new Table({
    head: columns.map((column) => strong(column)),
    colAligns: columns.map((column) => (isNumber(column) ? 'right' : 'left')),
    chars: { ...NO_FRAME, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  for (const row of rows) table.push(columns.map((column) => cleanText(toCell(row[column]))));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

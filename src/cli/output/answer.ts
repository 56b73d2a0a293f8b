/** What a command found, and the ways to print it: for people, as JSON, as lines of JSON, as CSV. */
import { stringify } from 'csv-stringify/sync';
import { toCell } from './clean-text.js';
import type { Row } from './table.js';

export interface CommandAnswer {
  /** The answer as the server gave it. */
  readonly json: unknown;
  /** The same as records: the lines of `--jsonl` and, under `columns`, of `--csv`. */
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
  /** For people. */
  readonly text: () => string;
  /** Figures that `--fail-on` may compare. */
  readonly figures: Readonly<Record<string, number>>;
  /** What a reader should know and a program should not have to read: for standard error. */
  readonly notes?: readonly string[];
}

/** How an answer is printed. */
export type Format = 'text' | 'json' | 'jsonl' | 'csv';

export function print(answer: CommandAnswer, format: Format): string {
  if (format === 'json') return `${JSON.stringify(answer.json, null, 2)}\n`;
  if (format === 'jsonl') return answer.rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (format === 'text') return answer.text();
  const { columns, rows } = answer;
  // RFC 4180.
  return stringify(
    rows.map((row) => columns.map((column) => toCell(row[column]))),
    { header: true, columns: [...columns], record_delimiter: 'windows' },
  );
}

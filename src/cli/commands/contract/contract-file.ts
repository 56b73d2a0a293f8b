/** A contract in a file of the user's, and rows in another. */
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse as parseCsv } from 'csv-parse';
import { PedigreeError, required } from '../../../domain/errors.js';
import { parseContract, parseContractYaml, type Contract, type Row } from '../../../sdk/index.js';

/** Error: `BAD_INPUT`, naming the file. */
export function readContract(path: string, table?: string): Contract {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new PedigreeError(
      'BAD_INPUT',
      required('the contract must be a file that can be read', path),
      {},
      error,
    );
  }
  return parseContract(parseContractYaml(text), table);
}

export interface RowFile {
  readonly rows: AsyncIterable<Row>;
  /** True if its cells are text. */
  readonly text: boolean;
}

/** Rows of a CSV file with a heading, or of NDJSON (`.ndjson`, `.jsonl`), read piece by piece; `-` is CSV from a pipe. */
export function readRows(path: string): RowFile {
  const input = path === '-' ? process.stdin : createReadStream(path);
  if (/\.(ndjson|jsonl)$/.test(path)) return { rows: jsonRows(path, input), text: false };
  return { rows: csvRows(path, input), text: true };
}

async function* csvRows(path: string, input: NodeJS.ReadableStream): AsyncGenerator<Row> {
  const parser = parseCsv({ columns: true, bom: true });
  input.once('error', (error: Error) => parser.destroy(error));
  try {
    for await (const row of input.pipe(parser)) yield row as Row;
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* jsonRows(path: string, input: NodeJS.ReadableStream): AsyncGenerator<Row> {
  try {
    let line = 0;
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() !== '') yield parseRow(text, line);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function parseRow(text: string, line: number): Row {
  const row: unknown = JSON.parse(text);
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Row;
  throw new Error(`line ${String(line)} is no object`);
}

function unreadable(path: string, error: unknown): PedigreeError {
  const why = error instanceof Error ? error.message : String(error);
  return new PedigreeError('BAD_INPUT', `the rows of ${path} cannot be read: ${why}`, {}, error);
}

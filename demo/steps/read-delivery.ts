import { parse } from 'csv-parse/sync';

import { COLUMNS, type Column, type DeliveredRow } from './application.js';

/** Reads a delivered CSV file. Its first column has no name and holds the row's key. */
export function readDelivery(csv: string): DeliveredRow[] {
  const [header = [], ...lines] = parse(csv);
  if (header.slice(1).join() !== COLUMNS.join()) {
    throw new Error(`the columns ${COLUMNS.join(', ')} are required, but got: ${header.slice(1).join(', ')}`);
  }
  return lines.map(([key = '', ...values]) => ({
    row: Number(key),
    text: Object.fromEntries(COLUMNS.map((column, i) => [column, values[i] ?? ''])) as Record<Column, string>,
  }));
}

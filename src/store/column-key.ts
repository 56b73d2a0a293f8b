import { hash } from 'node:crypto';
import type { ColumnRef } from '../domain/column-facts.js';

/** What identifies a column in the graph: SHA-256, in hex, of its data set and its name. */
export function columnKey({ dataset, column }: ColumnRef): string {
  return hash('sha256', JSON.stringify([dataset, column]));
}

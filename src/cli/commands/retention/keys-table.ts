/** Keys and what the retention rules say of them, as both commands print them. */
import type { CommandAnswer } from '../../output/answer.js';
import { strong } from '../../output/style.js';
import { renderTable, type Row } from '../../output/table.js';
import type { Ask, Page } from '../../read/read-command.js';
import { needing } from '../../read/scope-hint.js';

export interface RetentionRow extends Row {
  readonly action: 'ERASE' | 'RESTRICT' | 'KEEP';
}

export interface RetentionPage extends Page<RetentionRow> {
  readonly rules: string;
  readonly version: string;
}

export const PAGE_FIELDS = `rules version endCursor hasNextPage
  items { key action reason until by basis purpose declarations overdue restricted erasure }`;

/** A page of either root. Both ask for the same scope. */
export async function askPage(
  ask: Ask,
  query: string,
  root: 'retentionPreview' | 'runRetention',
  variables: Readonly<Record<string, unknown>>,
): Promise<RetentionPage> {
  const answer = await ask<Readonly<Record<string, RetentionPage>>>(query, variables).catch(
    needing('retention needs the scope ERASE_SUBJECTS: use a token with the role governance'),
  );
  return answer[root] as RetentionPage;
}

/** Most keys of a page: each costs a look at all that it sealed. */
export const KEYS_AT_ONCE = 100;

export const FIGURES = ['keys', 'erase', 'restrict', 'keep', 'overdue'];

const COLUMNS = [
  'key',
  'action',
  'reason',
  'until',
  'by',
  'declarations',
  'overdue',
  'restricted',
  'erasure',
];

export function toAnswer(
  rows: readonly RetentionRow[],
  json: object,
  notes: readonly string[],
): CommandAnswer {
  const count = (action: RetentionRow['action']): number =>
    rows.filter((row) => row.action === action).length;
  const figures = {
    keys: rows.length,
    erase: count('ERASE'),
    restrict: count('RESTRICT'),
    keep: count('KEEP'),
    overdue: rows.reduce((sum, { overdue }) => sum + Number(overdue), 0),
  };
  const { keys, erase, restrict, keep } = figures;
  return {
    json: { ...json, items: rows },
    rows,
    columns: COLUMNS,
    text: () =>
      `${strong(`${String(erase)} to erase, ${String(restrict)} to restrict, ${String(keep)} to keep`)}, of ${String(keys)} keys\n${renderTable(rows, COLUMNS)}`,
    figures,
    notes,
  };
}

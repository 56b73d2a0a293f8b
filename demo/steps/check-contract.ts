/** What a delivered application must look like, and who does not. */
import type { Column, DeliveredRow } from './application.js';

interface Rule {
  readonly column: Column;
  /** As the contract states it. */
  readonly rule: string;
  readonly holds: (text: string) => boolean;
}

const ratio = (column: Column, most: number): Rule => ({
  column,
  rule: `a number from 0 to ${most}`,
  holds: (text) => isNumber(text) && Number(text) >= 0 && Number(text) <= most,
});

const score = (column: Column, most: number): Rule => ({
  column,
  rule: `an integer from 1 to ${most}`,
  holds: (text) =>
    isNumber(text) && Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= most,
});

const oneOf = (column: Column, ...values: readonly string[]): Rule => ({
  column,
  rule: values.join(' or '),
  holds: (text) => values.includes(text),
});

const RULES: readonly Rule[] = [
  ratio('dir', 5),
  ratio('hir', 5),
  ratio('lvr', 3),
  score('ccs', 6),
  score('mcs', 4),
  oneOf('pbcr', 'yes', 'no'),
  oneOf('dmi', 'yes', 'no'),
  oneOf('self', 'yes', 'no'),
  oneOf('single', 'yes', 'no'),
  ratio('uria', 100),
  oneOf('comdominiom', '0', '1'),
  oneOf('black', 'yes', 'no'),
  oneOf('deny', 'yes', 'no'),
];

/** The contract's name; a change of any rule is a new version. */
export const CONTRACT_NAME = 'mortgage applications, version 1';

/** The contract as data: what each column must hold. */
export const CONTRACT = RULES.map(({ column, rule }) => ({ column, rule }));

export interface ColumnCheck {
  readonly column: Column;
  readonly rule: string;
  /** Keys of the rows that break the rule. */
  readonly failed: readonly number[];
}

export interface ContractCheck {
  readonly rowsChecked: number;
  /** Keys of the rows that break any rule, in order. */
  readonly failedRows: readonly number[];
  readonly checks: readonly ColumnCheck[];
}

/** Checks every row against every rule. */
export function checkContract(rows: readonly DeliveredRow[]): ContractCheck {
  const checks = RULES.map(({ column, rule, holds }) => ({
    column,
    rule,
    failed: rows.filter(({ text }) => !holds(text[column])).map(({ row }) => row),
  }));
  const failedRows = [...new Set(checks.flatMap(({ failed }) => failed))].sort((a, b) => a - b);
  return { rowsChecked: rows.length, failedRows, checks };
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** Checks rows against a contract where the data is: one pass, memory that does not grow with the rows. */
import type { Contract, Rule } from '../../domain/contract/contract.js';
import { fromText } from '../../domain/contract/logical-type.js';
import type { RowKey } from '../../domain/declaration.js';
import { stateOf, type Limits, type Row, type RuleOutcome } from './rule-states.js';

export interface CheckOptions extends Partial<Limits> {
  /** When the check is made, in milliseconds: freshness is measured from here. Now, if left out. */
  readonly at?: number;
  /** The cells are text, as a CSV file has them: they are read as the contract's types, empty ones as no value. */
  readonly text?: boolean;
}

export interface CheckedRule extends RuleOutcome {
  /** In words. */
  readonly rule: string;
  readonly column?: string;
  /** A breach is told and does not break the contract. */
  readonly advisory: boolean;
}

export interface ContractOutcome {
  readonly passed: boolean;
  readonly rowsChecked: number;
  /** Rows that break a rule which is no advice. */
  readonly rowsFailed: number;
  readonly rules: readonly CheckedRule[];
}

/** 20 keys show what is wrong; a million distinct values take some fifty megabytes. */
const LIMITS: Limits = { samples: 20, distinct: 1_000_000 };

/**
 * Reads all rows and says how each rule of the contract was kept. Rows that break a rule are named by the contract's key,
 * or by their position from 1 if it has none; no value is kept.
 *
 * @example const { passed, rules } = await checkContract(contract, rows)
 */
export async function checkContract(
  contract: Contract,
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: CheckOptions = {},
): Promise<ContractOutcome> {
  const checker = new ContractChecker(contract, options);
  for await (const row of rows) checker.add(row);
  return checker.outcome();
}

/** The same for a program that has its own loop: `add` each row, then ask for the `outcome`. */
export class ContractChecker {
  private readonly states;
  private rowsChecked = 0;
  private rowsFailed = 0;

  constructor(
    private readonly contract: Contract,
    private readonly options: CheckOptions = {},
  ) {
    const limits = {
      samples: options.samples ?? LIMITS.samples,
      distinct: options.distinct ?? LIMITS.distinct,
    };
    this.states = contract.rules.map((rule) => ({ rule, state: stateOf(rule, limits) }));
  }

  add(given: Row): void {
    const row = this.options.text ? readText(this.contract, given) : given;
    this.rowsChecked += 1;
    const key = (): RowKey => keyOf(this.contract.key, row) ?? [this.rowsChecked];
    let failed = false;
    for (const { rule, state } of this.states) {
      if (state.see(row, key) && !rule.advisory) failed = true;
    }
    if (failed) this.rowsFailed += 1;
  }

  outcome(): ContractOutcome {
    const at = this.options.at ?? Date.now();
    const rules = this.states.map(({ rule, state }): CheckedRule => {
      const column = columnOf(rule);
      const outcome = state.outcome(this.rowsChecked, at);
      return {
        rule: rule.text,
        ...(column === undefined ? {} : { column }),
        advisory: rule.advisory,
        ...outcome,
      };
    });
    return {
      passed: rules.every(({ passed, advisory }) => passed || advisory),
      rowsChecked: this.rowsChecked,
      rowsFailed: this.rowsFailed,
      rules,
    };
  }
}

function columnOf(rule: Rule): string | undefined {
  if ('column' in rule) return rule.column;
  return rule.form === 'UNIQUE' && rule.columns.length === 1 ? rule.columns[0] : undefined;
}

/** Undefined if a part of the key is missing, or is nothing that a key may hold. */
function keyOf(columns: readonly string[], row: Row): RowKey | undefined {
  const parts = columns.map((column) => row[column]);
  const usable = parts.every(
    (part) =>
      (typeof part === 'string' && part !== '') || typeof part === 'boolean' || Number.isSafeInteger(part),
  );
  return parts.length > 0 && usable ? (parts as unknown as RowKey) : undefined;
}

function readText({ columns }: Contract, row: Row): Row {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? fromText(types.get(name), value) : value,
    ]),
  );
}

import { toApplication, type Application, type DeliveredRow } from './application.js';
import { checkContract } from './check-contract.js';

export interface Cleaned {
  readonly kept: readonly DeliveredRow[];
  readonly applications: readonly Application[];
  /** Keys of the rows that were left out because they break the contract. */
  readonly dropped: readonly number[];
}

/** Leaves out the rows that break the contract and types the values of the others. Rows keep their keys. */
export function cleanApplications(rows: readonly DeliveredRow[]): Cleaned {
  const { failedRows: dropped } = checkContract(rows);
  const kept = rows.filter(({ row }) => !dropped.includes(row));
  return { kept, applications: kept.map(toApplication), dropped };
}

/** The contracts of data sets. */
import type { StatementRunner } from './database.js';
import type { Bounded } from './lineage-reader.js';
import { contractListContracts } from './queries.gen.js';
import type { StoredProps } from './stored-values.js';

export class ContractReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Contracts that were declared for any version of a data set (`dataset:namespace/name`), newest first. */
  async of(dataset: string, asOf: number, first: number): Promise<Bounded<StoredProps>> {
    const [row] = await this.runner.run(contractListContracts, { prefix: `${dataset}@`, asOf, first });
    return { total: row?.total ?? 0, items: row?.contracts ?? [] };
  }
}

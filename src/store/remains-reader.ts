/** What an erasure leaves: the data that decisions were made from, the models that may have learnt from it, and sums. */
import type { StatementRunner } from './database.js';
import {
  erasureCountAggregates,
  erasureListData,
  erasureListLearners,
  type ErasureCountAggregatesRow,
  type ErasureListDataRow,
} from './queries.gen.js';

export class RemainsReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Data sets behind the decisions whose values a key sealed, in the order of first mention, at most `first`. */
  datasets(kid: string, asOf: number, first: number): Promise<ErasureListDataRow[]> {
    return this.runner.run(erasureListData, { kid, asOf, first });
  }

  /** Ids of the models downstream of data sets, in the order of first mention, at most `first`. */
  async learners(ids: readonly string[], asOf: number, first: number): Promise<string[]> {
    return (await this.runner.run(erasureListLearners, { ids, asOf, first })).map(({ id }) => id);
  }

  /** Profiles, drift and checks about these artifacts, by type. */
  aggregates(ids: readonly string[], asOf: number): Promise<ErasureCountAggregatesRow[]> {
    return this.runner.run(erasureCountAggregates, { ids, asOf });
  }
}

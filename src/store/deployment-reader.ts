/** Deployments at an endpoint, by the times that their producers give. */
import { canonicalJson } from '../domain/json.js';
import type { StatementRunner } from './database.js';
import { accountabilityListDeployed } from './queries.gen.js';
import { openValues, type StoredProps } from './stored-values.js';

export interface DeployedModel {
  readonly model: string;
  readonly deployed: StoredProps;
  /** Empty where none was named. */
  readonly environment: string;
  /** What was attested about the model by the time asked about, oldest first. */
  readonly approvals: readonly StoredProps[];
  readonly retired: readonly StoredProps[];
}

export class DeploymentReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Deployments at an endpoint up to a time in milliseconds since the epoch, the latest first, at most `first`. */
  async at(endpoint: string, time: number, asOf: number, first: number): Promise<readonly DeployedModel[]> {
    const text = `"value/endpoint":${canonicalJson(endpoint)}`;
    const rows = await this.runner.run(accountabilityListDeployed, { endpoint: text, time, asOf, first });
    return rows.flatMap((row) => {
      const values = openValues(row.deployed);
      if (values.get('value/endpoint') !== endpoint) return [];
      const environment = values.get('value/environment');
      return [{ ...row, environment: typeof environment === 'string' ? environment : '' }];
    });
  }
}

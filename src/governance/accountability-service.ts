/** `servedAt`: which model version answered at an endpoint at a time, and whether it had been approved. */
import { holdsAt } from './accountability/approval-periods.js';
import { PedigreeError, required } from '../domain/errors.js';
import { resolveAsOf, type AsOfInput } from '../lineage/as-of.js';
import type { Database } from '../store/database.js';
import { DeploymentReader, type DeployedModel } from '../store/deployment-reader.js';
import { byHappening } from '../store/happening-order.js';
import type { StoredProps } from '../store/stored-values.js';

export interface ServedArgs {
  readonly endpoint: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly asOf?: AsOfInput | null | undefined;
}

/** A model version that answered in one environment. */
export interface ServedModel {
  readonly environment: string | null;
  readonly model: string;
  readonly since: number;
  readonly deployment: StoredProps;
  /** The last word on this version before it was deployed; undefined if there was none. */
  readonly approval: StoredProps | undefined;
  readonly approved: boolean;
}

export interface Served {
  readonly endpoint: string;
  readonly time: number;
  readonly asOf: number;
  readonly items: readonly ServedModel[];
}

/** Most deployments that are looked at: the latest ones decide. */
const MAX_DEPLOYMENTS = 1_000;

export class AccountabilityService {
  constructor(private readonly database: Database) {}

  /** Errors: `BAD_INPUT`, `AS_OF_IN_FUTURE`. */
  async servedAt({ endpoint, time, asOf }: ServedArgs): Promise<Served> {
    if (endpoint.trim() === '')
      throw new PedigreeError('BAD_INPUT', required('endpoint must have a name', endpoint));
    return this.database.read(async (runner) => {
      const size = await resolveAsOf(asOf, runner);
      const found = await new DeploymentReader(runner).at(endpoint, time, size, MAX_DEPLOYMENTS);
      const latest = new Map<string, DeployedModel[]>();
      for (const row of found) {
        const [first] = latest.get(row.environment) ?? [];
        // One attestation may deploy several models; an earlier attestation was replaced by it.
        if (first && first.deployed.id !== row.deployed.id) continue;
        latest.set(row.environment, [...(latest.get(row.environment) ?? []), row]);
      }
      const items = [...latest.values()].flat().filter((row) => !isRetired(row));
      return { endpoint, time, asOf: size, items: items.map(toServed) };
    });
  }
}

/** A version that was retired after it was deployed answers no more, and nothing takes its place. */
function isRetired({ deployed, retired }: DeployedModel): boolean {
  return retired.some((each) => byHappening(each, deployed) > 0);
}

function toServed({ environment, model, deployed, approvals }: DeployedModel): ServedModel {
  const approval = approvals.filter((each) => byHappening(each, deployed) <= 0).at(-1);
  return {
    environment: environment === '' ? null : environment,
    model,
    since: deployed.occurredAt as number,
    deployment: deployed,
    approval,
    approved: approval !== undefined && holdsAt(approval, deployed.occurredAt as number),
  };
}

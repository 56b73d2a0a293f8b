/**
 * Retiring a model: who still depends on it, and the attestation that says that it is out of use. What is checked may
 * change before the attestation is written, by somebody else's declaration; a later check shows it.
 */
import type { CaptureService } from '../../capture/capture-service.js';
import type { Producer } from '../../capture/producer.js';
import type { Clock } from '../../domain/clock.js';
import type { AcceptedReceipt } from '../../domain/declaration.js';
import { PedigreeError, required, type ErrorCode } from '../../domain/errors.js';
import { formatUrn, parseUrn } from '../../domain/urn.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import { notFound } from '../../lineage/lineage-service.js';
import type { Database, StatementRunner } from '../../store/database.js';
import { ImpactReader, type Deployment } from '../../store/impact-reader.js';
import { LineageReader } from '../../store/lineage-reader.js';
import { openValues } from '../../store/stored-values.js';
import type { AccountabilityService } from '../accountability-service.js';

export interface RetirementArgs {
  readonly model: string;
  readonly asOf?: AsOfInput | null | undefined;
}

export type Dependence =
  /** It answers at an endpoint, and nothing takes its place. */
  | 'SERVES'
  /** An ensemble in service has it as a member, at any distance. */
  | 'MEMBER_IN_SERVICE'
  /** Decisions of a model in service used its output. */
  | 'CASCADE_IN_SERVICE'
  /** An ensemble out of service has it as a member. */
  | 'MEMBER'
  /** Decisions of a model out of service used its output. */
  | 'CASCADE'
  /** A model was tuned from it, or from one that was. */
  | 'TUNED';

/** Somebody who depends on a model. */
export interface Dependent {
  readonly dependence: Dependence;
  /** The model that depends on it; for `SERVES` itself. */
  readonly model: string;
  readonly endpoint: string | null;
  /** True if the model cannot be retired without force. */
  readonly refuses: boolean;
}

export interface RetirementCheck {
  readonly model: string;
  readonly asOf: number;
  /** Those that refuse first, then by model. */
  readonly dependents: readonly Dependent[];
  /** True if there are more dependent models than are looked at. */
  readonly truncated: boolean;
}

export interface RetireArgs {
  readonly model: string;
  readonly reason: string;
  readonly force: boolean;
}

interface RetirementParts {
  readonly database: Database;
  readonly capture: Pick<CaptureService, 'declare'>;
  readonly accountability: Pick<AccountabilityService, 'servedAt'>;
  readonly clock: Clock;
}

/** Most dependent models, and most deployments of one, that are looked at. */
const MAX_DEPENDENTS = 100;

export class RetirementService {
  constructor(private readonly parts: RetirementParts) {}

  /** Who depends on a model. Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async check({ model, asOf: point }: RetirementArgs): Promise<RetirementCheck> {
    if (parseUrn(model).kind !== 'Model')
      throw new PedigreeError('URN_KIND_MISMATCH', required('only a model can be retired', model));
    const asOf = await resolveAsOf(point, this.parts.database);
    const related = await this.parts.database.read((runner) => relatedTo(runner, model, asOf));
    const dependents: Dependent[] = (await this.endpointsOf(model, asOf)).map((endpoint) => ({
      ...{ dependence: 'SERVES', model, endpoint, refuses: true },
    }));
    for (const [id, relation] of related.models) {
      const [endpoint] = await this.endpointsOf(id, asOf);
      dependents.push(toDependent(id, relation, endpoint));
    }
    return { model, asOf, dependents: dependents.sort(refusingFirst), truncated: related.truncated };
  }

  /**
   * Declares that a model is retired. Errors: as `check`; `STILL_IN_USE`, naming who depends on it, unless forced;
   * `BAD_INPUT`, and what a declaration may be refused for, such as `NAMESPACE_FORBIDDEN`.
   */
  async retire(
    { model, reason, force }: RetireArgs,
    producer: Producer,
  ): Promise<{ check: RetirementCheck; receipt: AcceptedReceipt }> {
    if (reason.trim() === '') throw new PedigreeError('BAD_INPUT', 'the reason must be a text');
    const check = await this.check({ model });
    const refusing = check.dependents.filter(({ refuses }) => refuses);
    if (refusing.length > 0 && !force) throw stillInUse(model, refusing);
    const occurredAt = this.parts.clock();
    const { namespace, name, version } = parseUrn(model);
    const id = formatUrn({
      kind: 'Attestation',
      namespace,
      name: `retirement-of-${name}`,
      version: `${version}-${String(occurredAt)}`,
    });
    const item = { id, kind: 'Attestation', type: 'RETIRED', about: [model], occurredAt, fields: { reason } };
    const [receipt] = await this.parts.capture.declare([item], producer);
    if (!receipt) throw new TypeError('a declaration without a receipt');
    if ('error' in receipt) throw new PedigreeError(receipt.error.code as ErrorCode, receipt.error.message);
    return { check, receipt };
  }

  /** Where a model answers now. */
  private async endpointsOf(model: string, asOf: number): Promise<string[]> {
    const { database, accountability, clock } = this.parts;
    const { items } = await new ImpactReader(database, asOf).deployments(model, MAX_DEPENDENTS);
    const own = items.filter((deployment) => deployment.model === model).flatMap(endpointOf);
    const served: string[] = [];
    for (const endpoint of new Set(own)) {
      const { items: serving } = await accountability.servedAt({
        endpoint,
        time: clock(),
        asOf: { treeSize: asOf },
      });
      if (serving.some((each) => each.model === model)) served.push(endpoint);
    }
    return served;
  }
}

type Relation = 'MEMBER' | 'CASCADE' | 'TUNED';

/** The models that depend on one, each by its closest tie: a member first, then a cascade, then tuning. */
async function relatedTo(
  runner: StatementRunner,
  model: string,
  asOf: number,
): Promise<{ models: ReadonlyMap<string, Relation>; truncated: boolean }> {
  const lineage = new LineageReader(runner);
  if (!(await lineage.nodes([model], asOf)).has(model)) throw notFound(model);
  const walk = { of: model, direction: 'DOWNSTREAM', asOf } as const;
  const begin = { depth: 0, seq: -1 };
  const members = await lineage.page({ ...walk, edges: ['MEMBER'] }, begin, MAX_DEPENDENTS + 1);
  const tuned = await lineage.page({ ...walk, edges: ['MEMBER', 'TUNED_FROM'] }, begin, MAX_DEPENDENTS + 1);
  const impact = new ImpactReader(runner, asOf);
  const own = (await impact.groupsOf([model])).filter(
    (group) => group.model === model && group.mode === 'LIVE',
  );
  const fed = (await impact.fedGroups(own.map(({ number }) => number))).map((group) => group.model);
  const all = new Map<string, Relation>();
  for (const [relation, ids] of [
    ['MEMBER', members.map(({ id }) => id)],
    ['CASCADE', fed],
    ['TUNED', tuned.map(({ id }) => id)],
  ] as const) {
    for (const id of ids) if (id !== model && !all.has(id)) all.set(id, relation);
  }
  return { models: new Map([...all].slice(0, MAX_DEPENDENTS)), truncated: all.size > MAX_DEPENDENTS };
}

function toDependent(model: string, relation: Relation, endpoint: string | undefined): Dependent {
  const inService = endpoint !== undefined && relation !== 'TUNED';
  return {
    dependence: inService ? `${relation}_IN_SERVICE` : relation,
    model,
    endpoint: endpoint ?? null,
    refuses: inService,
  };
}

function endpointOf({ attestation }: Deployment): string[] {
  const endpoint = openValues(attestation).get('value/endpoint');
  return typeof endpoint === 'string' ? [endpoint] : [];
}

function refusingFirst(a: Dependent, b: Dependent): number {
  return Number(b.refuses) - Number(a.refuses) || (a.model < b.model ? -1 : a.model > b.model ? 1 : 0);
}

function stillInUse(model: string, refusing: readonly Dependent[]): PedigreeError {
  const told = refusing
    .slice(0, 5)
    .map((each) => `${each.dependence} ${each.model}${each.endpoint === null ? '' : ` at ${each.endpoint}`}`);
  const more = refusing.length > 5 ? ` and ${String(refusing.length - 5)} more` : '';
  return new PedigreeError(
    'STILL_IN_USE',
    `${model} was not retired, because it is in use: ${told.join(', ')}${more}; end that first, or use force`,
    { dependents: refusing.slice(0, 100), total: refusing.length },
  );
}

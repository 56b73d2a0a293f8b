/** What was approved against what ran: live decisions and deployments of models, inside and outside their approvals. */
import { PedigreeError, required } from '../../domain/errors.js';
import { parseUrn } from '../../domain/urn.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import { notFound } from '../../lineage/lineage-service.js';
import type { Database, StatementRunner } from '../../store/database.js';
import { EstateReader } from '../../store/estate-reader.js';
import { ANY_TIME, ImpactReader } from '../../store/impact-reader.js';
import { LineageReader } from '../../store/lineage-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import { approvalPeriods, periodAt, type ApprovalPeriod } from './approval-periods.js';

export interface ApprovalArgs {
  /** Model versions; all of a namespace, or all there are, if left out. */
  readonly models?: readonly string[] | null | undefined;
  readonly namespace?: string | null | undefined;
  readonly asOf?: AsOfInput | null | undefined;
}

export interface CountedPeriod extends ApprovalPeriod {
  /** Live decisions that the model took in it. */
  readonly decisions: number;
}

export interface ReviewedDeployment {
  readonly deployment: StoredProps;
  /** What held of the model when it was deployed. */
  readonly period: ApprovalPeriod;
}

export interface ReviewedModel {
  readonly model: string;
  readonly periods: readonly CountedPeriod[];
  readonly deployments: readonly ReviewedDeployment[];
}

export interface ApprovalReview {
  readonly asOf: number;
  readonly items: readonly ReviewedModel[];
  /** True if there are more models than an answer holds. */
  readonly truncated: boolean;
}

/** Most models of an answer, and most attestations of one model. */
const MAX_MODELS = 200;
const MAX_ATTESTED = 10_000;

export class ApprovalService {
  constructor(private readonly database: Database) {}

  /** Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `BAD_INPUT`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async review(args: ApprovalArgs): Promise<ApprovalReview> {
    checkModels(args);
    return this.database.read(async (runner) => {
      const asOf = await resolveAsOf(args.asOf, runner);
      const lineage = new LineageReader(runner);
      const asked =
        args.models ?? (await new EstateReader(runner).models(args.namespace ?? undefined, MAX_MODELS + 1));
      const known = await lineage.nodes(asked.slice(0, MAX_MODELS), asOf);
      const unknown = args.models?.find((id) => !known.has(id));
      if (unknown !== undefined) throw notFound(unknown);
      const attested = await lineage.attestations([...known.keys()], asOf, MAX_ATTESTED);
      const items: ReviewedModel[] = [];
      for (const model of known.keys()) {
        items.push(await reviewed(runner, asOf, model, attested.get(model)?.items ?? []));
      }
      return { asOf, items, truncated: asked.length > MAX_MODELS };
    });
  }
}

async function reviewed(
  runner: StatementRunner,
  asOf: number,
  model: string,
  attested: readonly StoredProps[],
): Promise<ReviewedModel> {
  const periods = approvalPeriods(attested.filter(({ type }) => type === 'APPROVED' || type === 'RETIRED'));
  const deployments = attested.filter(({ type }) => type === 'DEPLOYED');
  return {
    model,
    periods: await countedPeriods(new ImpactReader(runner, asOf), model, periods),
    deployments: deployments.map((deployment) => ({
      deployment,
      period: periodAt(periods, deployment.occurredAt as number),
    })),
  };
}

/**
 * The last period, which is the longest of a model in use, is what the others leave of the total: the total costs one seek
 * a group, a window as much as it has decisions.
 */
async function countedPeriods(
  reader: ImpactReader,
  model: string,
  periods: readonly ApprovalPeriod[],
): Promise<CountedPeriod[]> {
  const groups = (await reader.groupsOf([model])).filter(
    (group) => group.mode === 'LIVE' && group.model === model,
  );
  const numbers = groups.map(({ number }) => number);
  const count = async (from = ANY_TIME.from, to = ANY_TIME.to): Promise<number> =>
    [...(await reader.counts(numbers, { from, to })).values()].reduce((sum, each) => sum + each, 0);
  const counted: CountedPeriod[] = [];
  for (const period of periods.slice(0, -1)) {
    counted.push({ ...period, decisions: await count(period.from, period.until) });
  }
  const before = counted.reduce((sum, { decisions }) => sum + decisions, 0);
  const last = periods.at(-1) as ApprovalPeriod;
  return [...counted, { ...last, decisions: (await count()) - before }];
}

function checkModels({ models, namespace }: ApprovalArgs): void {
  if (models == null) return;
  if (namespace != null) throw new PedigreeError('BAD_INPUT', 'models and a namespace cannot be given both');
  if (models.length === 0 || models.length > MAX_MODELS)
    throw new PedigreeError(
      'BAD_INPUT',
      required(`models must name 1 to ${String(MAX_MODELS)} models`, models.length),
    );
  const other = models.find((id) => parseUrn(id).kind !== 'Model');
  if (other !== undefined)
    throw new PedigreeError('URN_KIND_MISMATCH', required('models must be ids of models', other));
}

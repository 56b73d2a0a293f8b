/** `impact` and `impactedDecisions`: counts and pages of the impact service in the types of the schema. */
import type { DecisionCount } from '../../lineage/decision-count.js';
import type {
  Impact,
  ImpactArgs,
  ImpactedArgs,
  ImpactedDecision,
  ImpactedPage,
  ModelPage,
} from '../../lineage/impact-service.js';
import type { Deployment } from '../../store/impact-reader.js';
import { openValues } from '../../store/stored-values.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import { lookedIn, type RequestContext } from '../context.js';
import { artifactAsOf, toList } from './artifact.js';

interface PageOf {
  readonly first: number;
  readonly after?: string | null;
}

/** A decision with the point as of which it is shown. */
type ShownDecision = ImpactedDecision & { readonly asOf: number };

export const impactResolvers = {
  Query: {
    impact: (_: unknown, { asOf, ...args }: WithAsOf<ImpactArgs>, context: RequestContext): Promise<Impact> =>
      context.services.impact.impact({ ...args, asOf: toAsOf(asOf) }, lookedIn(context)),
    impactedDecisions: (
      _: unknown,
      { asOf, ...args }: WithAsOf<ImpactedArgs>,
      context: RequestContext,
    ): Promise<ImpactedPage> =>
      context.services.impact.decisions(
        { ...args, asOf: toAsOf(asOf) },
        context.principal.name,
        lookedIn(context),
      ),
  },
  Impact: {
    incomplete: ({ of }: Impact, _: unknown, { granted }: RequestContext) =>
      granted?.incomplete(of, 'DOWNSTREAM'),
    root: ({ of, asOf }: Impact, _: unknown, { loaders }: RequestContext) => artifactAsOf(loaders, of, asOf),
    artifacts: ({ artifacts }: Impact) => artifacts(),
    models: ({ models }: Impact, page: PageOf, { principal }: RequestContext) => models(page, principal.name),
    deployments: async ({ deployments }: Impact, { first }: PageOf) => toList(await deployments(first)),
    decisions: ({ decisions }: Impact) => decisions(),
  },
  DecisionCount: {
    byModel: ({ byModel }: DecisionCount, { first }: PageOf) =>
      toList({ items: byModel.slice(0, first), total: byModel.length }),
  },
  ImpactedModelPage: {
    items: ({ ids, asOf }: ModelPage, _: unknown, { loaders }: RequestContext) =>
      ids.map((id) => artifactAsOf(loaders, id, asOf)),
  },
  Deployment: {
    endpoint: ({ attestation }: Deployment) => openValues(attestation).get('value/endpoint'),
    environment: ({ attestation }: Deployment) => openValues(attestation).get('value/environment'),
    deployedAt: ({ attestation }: Deployment) => attestation.occurredAt,
  },
  ImpactedDecisionPage: {
    items: ({ items, asOf }: ImpactedPage): ShownDecision[] => items.map((item) => ({ ...item, asOf })),
  },
  ImpactedDecision: {
    decidedAt: ({ occurredAt }: ShownDecision) => occurredAt,
    artifact: ({ id, asOf }: ShownDecision, _: unknown, { loaders }: RequestContext) =>
      artifactAsOf(loaders, id, asOf),
  },
};

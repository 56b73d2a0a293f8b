/** The decisions below a lineage, those of each model as one group: counted by impact, never walked. */
import { kindOfUrn } from '../../domain/urn.js';
import type { Precision } from '../../lineage/affected-decisions.js';
import type { LineageNode } from '../../lineage/lineage-service.js';
import { lookedIn, type RequestContext } from '../context.js';
import { toList } from './artifact.js';

interface ModelDecisionGroup {
  /** The artifact that affects them. */
  readonly of: string;
  readonly asOf: number;
  readonly model: string;
  readonly count: number;
}

export type ModelDecisionGroupList = ReturnType<typeof toList<ModelDecisionGroup>> & {
  readonly precision: Precision;
  readonly decisions: number;
};

/** What lies upstream of an artifact is no decision of a group, and below a decision there are only cascades. */
export async function decisionsBelow(
  { id: of, asOf, direction }: LineageNode,
  { first }: { readonly first: number },
  context: RequestContext,
): Promise<ModelDecisionGroupList> {
  if (direction === 'UPSTREAM' || kindOfUrn(of) === 'Prediction') {
    return { precision: 'EXACT', decisions: 0, ...toList<ModelDecisionGroup>({ items: [], total: 0 }) };
  }
  const impact = await context.services.impact.impact({ of, asOf: { treeSize: asOf } }, lookedIn(context));
  const { total: decisions, precision, byModel } = await impact.decisions();
  const items = byModel.slice(0, first).map(({ model, count }) => ({ of, asOf, model, count }));
  return { precision, decisions, ...toList({ items, total: byModel.length }) };
}

export const decisionGroupResolvers = {
  ModelDecisionGroup: {
    cursor: (
      { of, asOf, model }: ModelDecisionGroup,
      _: unknown,
      { services, principal }: RequestContext,
    ): string => services.impact.firstCursor(of, model, asOf, principal.name),
  },
};

/** `approvalReview`: what was approved against what ran. */
import type {
  ApprovalArgs,
  ApprovalReview,
  ReviewedDeployment,
  ReviewedModel,
} from '../../governance/accountability/approval-service.js';
import type { StoredProps } from '../../store/stored-values.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

export const approvalResolvers = {
  Query: {
    approvalReview: (
      _: unknown,
      { asOf, ...question }: WithAsOf<ApprovalArgs>,
      { services }: RequestContext,
    ): Promise<ApprovalReview> => services.approvals.review({ ...question, asOf: toAsOf(asOf) }),
  },
  ApprovalReview: {
    decisions: ({ items }: ApprovalReview): number => sum(items.map(decisionsOf)),
    unapproved: ({ items }: ApprovalReview): number => sum(items.map(unapprovedOf)),
  },
  ReviewedModel: { decisions: decisionsOf, unapproved: unapprovedOf },
  ReviewedDeployment: {
    approved: ({ period }: ReviewedDeployment): boolean => period.approved,
    ruling: ({ period }: ReviewedDeployment): StoredProps | undefined => period.ruling,
  },
};

function decisionsOf({ periods }: ReviewedModel): number {
  return sum(periods.map(({ decisions }) => decisions));
}

function unapprovedOf({ periods }: ReviewedModel): number {
  return sum(periods.map(({ approved, decisions }) => (approved ? 0 : decisions)));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

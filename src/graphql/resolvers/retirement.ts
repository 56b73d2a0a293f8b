/** `retirementCheck` and `retireModel`. */
import type {
  RetireArgs,
  RetirementArgs,
  RetirementCheck,
} from '../../governance/accountability/retirement-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

interface Retirement {
  readonly check: RetirementCheck;
  readonly id: string;
  readonly digest: string;
  readonly leafIndex: number;
}

export const retirementResolvers = {
  Query: {
    retirementCheck: (
      _: unknown,
      { asOf, ...question }: WithAsOf<RetirementArgs>,
      { services }: RequestContext,
    ): Promise<RetirementCheck> => services.retirement.check({ ...question, asOf: toAsOf(asOf) }),
  },
  Mutation: {
    retireModel: async (
      _: unknown,
      args: RetireArgs,
      { services, principal }: RequestContext,
    ): Promise<Retirement> => {
      await services.limits.take(principal.tokenId, { items: 1, bytes: Buffer.byteLength(args.reason) });
      const { check, receipt } = await services.retirement.retire(args, principal);
      const { id, digest, leafIndex } = receipt;
      return { check, id, digest, leafIndex };
    },
  },
};

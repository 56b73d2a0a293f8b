/** `declare`: hands the items to the one write path. */
import type { Receipt } from '../../domain/declaration.js';
import type { RequestContext } from '../context.js';

export const declarationResolvers = {
  Mutation: {
    declare: async (
      _: unknown,
      { items }: { items: unknown[] },
      { services, principal }: RequestContext,
    ): Promise<Receipt[]> => {
      const bytes = Buffer.byteLength(JSON.stringify(items));
      await services.limits.take(principal.tokenId, { items: items.length, bytes });
      return services.capture.declare(items, principal);
    },
  },
};

/** `declare`: hands the items to the one write path. */
import type { Receipt } from '../../domain/declaration.js';
import type { RequestContext } from '../context.js';

export const declarationResolvers = {
  Mutation: {
    declare: (
      _: unknown,
      { items }: { items: unknown[] },
      { services, principal }: RequestContext,
    ): Promise<Receipt[]> => services.capture.declare(items, principal),
  },
};

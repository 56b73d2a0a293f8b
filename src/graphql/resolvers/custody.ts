/** `custody`: the chain of custody of an artifact. */
import type { Custody, CustodyArgs, CustodyEvent } from '../../governance/accountability/custody.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

export const custodyResolvers = {
  Query: {
    custody: (
      _: unknown,
      { asOf, ...question }: WithAsOf<CustodyArgs>,
      { services }: RequestContext,
    ): Promise<Custody> => services.custody.custody({ ...question, asOf: toAsOf(asOf) }),
  },
  CustodyEvent: {
    entry: ({ props }: CustodyEvent) => props.id,
    digest: ({ props }: CustodyEvent) => props.digest,
    leafIndex: ({ props }: CustodyEvent) => props.leafIndex,
    by: ({ props }: CustodyEvent) => props.by,
    occurredAt: ({ props }: CustodyEvent) => props.occurredAt,
    recordedAt: ({ props }: CustodyEvent) => props.recordedAt,
  },
};
